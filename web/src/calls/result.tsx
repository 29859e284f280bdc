// How a call ended.

import type { Call } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { hasNoEnd } from './calls';

const ODD = ['abandoned', 'failed', 'no_route'];

export function Result({ call }: { call: Call }) {
  const { t } = useTranslation();
  if (hasNoEnd(call)) return <span className="pill pill-warn">{t('No end recorded')}</span>;
  return (
    <span className={`pill ${ODD.includes(call.disposition) ? 'pill-warn' : ''} max-w-52`}>
      <b>{call.code || '–'}</b> <span className="truncate">{call.phrase}</span>
    </span>
  );
}
