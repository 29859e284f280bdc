// What can be done with all numbers: ask, find a free one, add.
import { PhoneIncoming, Plus, SearchCheck } from 'lucide-react';
import { useTranslation } from '@/language/translate';
import { useMay } from '@/session/account';

export type Opened = { kind: 'add' } | { kind: 'free' } | { kind: 'assign'; number: string };

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
