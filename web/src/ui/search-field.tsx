// Searches a moment after the last key, not at every one.
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';

const WAIT_MS = 200;

interface Props {
  label: string;
  hint?: string; // shown while the field is empty; the label, where there is none
  onSearch: (text: string) => void;
}

export function SearchField({ label, hint = label, onSearch }: Props) {
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => onSearch(text.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  return (
    <div className="field field-sm sm:max-w-[320px]">
      <Search aria-hidden />
      <input
        value={text}
        placeholder={hint}
        aria-label={label}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}
