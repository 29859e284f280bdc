// A bypassed block says so before it is edited.
import { EyeOff } from 'lucide-react';
import { useTranslation } from '@/language/translate';
import type { BlockForm } from './block-form';

export function BypassNote({ form }: { form: BlockForm }) {
  const { t } = useTranslation();
  if (!form.skipped) return null;
  return (
    <div className="flex items-center gap-2.5 rounded-card bg-warn-tint px-3 py-2 text-warn">
      <EyeOff aria-hidden />
      <span className="flex-1">{t('Bypassed: calls go on to the next block.')}</span>
      <button type="button" className="btn btn-sm" onClick={form.runAgain}>
        {t('Run this block again')}
      </button>
    </div>
  );
}
