// A note for the people who look after the callflow. Callers never get to know it.
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from '@/language/translate';

interface Props {
  value: string;
  onChange: (value: string) => void;
}

export function NoteField({ value, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState(value !== '');
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <div>
      <button
        type="button"
        className="flex min-h-6 items-center gap-2 font-medium text-ink2"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Arrow aria-hidden className="!h-3.5 !w-3.5" />
        {t('Note')}
      </button>
      {open && (
        <div className="field mt-1.5">
          <textarea
            id={id}
            rows={3}
            className="w-full resize-y bg-transparent py-2 outline-none"
            aria-label={t('Note')}
            placeholder={t('For your colleagues; callers never see it')}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      )}
    </div>
  );
}
