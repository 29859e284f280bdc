// What can be done with all numbers: choose which are shown, ask, find a free one, add.
import { PhoneIncoming, Plus, SearchCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/session/account';

export type Opened = { kind: 'add' } | { kind: 'free' } | { kind: 'assign'; number: string };
export type State = 'all' | 'used' | 'spare';

interface FilterProps {
  state: State;
  choose: (state: State) => void;
}

export function Filter({ state, choose }: FilterProps) {
  const { t } = useTranslation();
  const states: { id: State; label: string }[] = [
    { id: 'all', label: t('All') },
    { id: 'used', label: t('Answered') },
    { id: 'spare', label: t('Spare') },
  ];
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">{t('Show')}</legend>
      {states.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          className="btn btn-ghost"
          aria-pressed={state === id}
          onClick={() => choose(id)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

interface DeedsProps {
  onAsk: () => void;
  open: (opened: Opened) => void;
}

export function PageDeeds({ onAsk, open }: DeedsProps) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <>
      <button type="button" className="btn max-lg:w-(--h-touch) max-lg:px-0" onClick={onAsk}>
        <PhoneIncoming aria-hidden />
        <span className="max-lg:sr-only">{t('What happens if …')}</span>
      </button>
      {may.edit && (
        <button
          type="button"
          className="btn max-lg:w-(--h-touch) max-lg:px-0"
          onClick={() => open({ kind: 'free' })}
        >
          <SearchCheck aria-hidden />
          <span className="max-lg:sr-only">{t('Free extension')}</span>
        </button>
      )}
      {may.administer && (
        <button type="button" className="btn btn-primary" onClick={() => open({ kind: 'add' })}>
          <Plus aria-hidden />
          {t('Add number')}
        </button>
      )}
    </>
  );
}
