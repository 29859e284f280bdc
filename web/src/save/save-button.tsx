// Save: inactive until something differs from what is saved.
import { ChevronDown } from 'lucide-react';
import { lazy } from 'react';
import { useTranslation } from '@/language/translate';
import { OnDemand } from '@/ui/on-demand';
import { useDirty } from './saving';

const SaveMenu = lazy(() => import('./save-menu'));

export function SaveButton() {
  const { t } = useTranslation();
  const dirty = useDirty();
  const face = (
    <>
      {t('Save')}
      <ChevronDown aria-hidden className="!h-3.5 !w-3.5" />
    </>
  );
  return (
    <OnDemand className="btn btn-primary ml-1" face={face} disabled={!dirty} key={String(dirty)}>
      <SaveMenu face={face} />
    </OnDemand>
  );
}
