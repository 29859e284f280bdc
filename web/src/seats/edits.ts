// What is typed over a saved document, until that is saved, too, or dropped.
import { useState } from 'react';

// `onDrop`: whatever was said about it is then beside the point.
export function useEdits<Document extends object>(saved: Document, onDrop: () => void) {
  const [edits, setEdits] = useState<Partial<Document>>({});
  const put = (part: Partial<Document>) => setEdits((before) => ({ ...before, ...part }));
  const drop = () => {
    setEdits({});
    onDrop();
  };
  const edited = Object.keys(edits).length > 0;
  return { document: { ...saved, ...edits }, edited, put, drop };
}
