// What is typed over a saved document, until that is saved, too, or dropped.
import { useState } from 'react';
import { sameJson } from '@/callflow/document';
import { useUnsaved } from '@/ui/unsaved';

function membersOf<Document extends object>(whole: Document, like: Partial<Document>) {
  const keys = Object.keys(like) as (keyof Document)[];
  return Object.fromEntries(keys.map((key) => [key, whole[key]])) as Partial<Document>;
}

// Only the members that are something else in `other`.
export function withoutSame<Document extends object>(part: Partial<Document>, other: Document) {
  const keys = Object.keys(part) as (keyof Document)[];
  const left = keys.filter((key) => part[key] !== other[key]);
  return Object.fromEntries(left.map((key) => [key, part[key]])) as Partial<Document>;
}

// `meanwhile`: somebody else has saved something else for what is edited here.
// `onDrop`: whatever was said about it is then beside the point. `more`: something beside the
// document is not saved either.
export function useEdits<Document extends object>(
  saved: Document,
  onDrop: () => void,
  more = false,
) {
  const [edits, setEdits] = useState<Partial<Document>>({});
  const [seen, setSeen] = useState<Partial<Document>>({}); // what stood there when its edit began
  const put = (part: Partial<Document>) => {
    setEdits((before) => ({ ...before, ...part }));
    setSeen((before) => ({ ...membersOf(saved, part), ...before }));
  };
  const edited = Object.keys(edits).length > 0;
  const settle = useUnsaved(edited || more);
  const drop = () => {
    setEdits({});
    setSeen({});
    settle();
    onDrop();
  };
  // What was typed while it was sent is not saved yet.
  const arrived = (sent: Document) => {
    setEdits((before) => withoutSame(before, sent));
    setSeen((before) => ({ ...before, ...membersOf(sent, before) }));
    settle();
    onDrop();
  };
  const keys = Object.keys(edits) as (keyof Document)[];
  const meanwhile = keys.some(
    (key) => !sameJson(saved[key], seen[key]) && !sameJson(saved[key], edits[key]),
  );
  return { document: { ...saved, ...edits }, edited, meanwhile, put, drop, arrived };
}
