// What is typed over a saved document, until that is saved, too, or dropped.
import { useState } from 'react';
import { useUnsaved } from '@/ui/unsaved';

// `onDrop`: whatever was said about it is then beside the point. `more`: something beside the
// document is not saved either.
export function useEdits<Document extends object>(
  saved: Document,
  onDrop: () => void,
  more = false,
) {
  const [edits, setEdits] = useState<Partial<Document>>({});
  const put = (part: Partial<Document>) => setEdits((before) => ({ ...before, ...part }));
  const edited = Object.keys(edits).length > 0;
  const settle = useUnsaved(edited || more);
  const drop = () => {
    setEdits({});
    settle();
    onDrop();
  };
  return { document: { ...saved, ...edits }, edited, put, drop };
}
