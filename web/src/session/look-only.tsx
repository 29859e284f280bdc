// Why a page offers no changes.
import { Eye } from 'lucide-react';
import { useTranslation } from '@/language/translate';
import { useAccount, useMay } from './account';

export function LookOnly({ need = 'edit' }: { need?: 'edit' | 'administer' }) {
  const { t } = useTranslation();
  const { name, id } = useAccount();
  const may = useMay();
  if (may[need]) return null;
  const account = name || id;
  const why =
    need === 'edit'
      ? t('You are a viewer of {{account}}: you may look at this, not change it.', { account })
      : t('Only admins of {{account}} may change this.', { account });
  return (
    <span className="pill" title={why}>
      <Eye aria-hidden className="!h-3.5 !w-3.5" />
      {t('View only')}
      <span className="sr-only">{why}</span>
    </span>
  );
}
