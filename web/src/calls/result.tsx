// How a call ended.
import { useTranslation } from 'react-i18next';
import type { Call } from '@/api/types';
import { isCut } from './calls';

const ODD = ['abandoned', 'failed', 'no_route'];

export function Result({ call }: { call: Call }) {
  const { t } = useTranslation();
  if (isCut(call)) return <span className="pill pill-warn">{t('Cut off')}</span>;
  return (
    <span className={`pill ${ODD.includes(call.disposition) ? 'pill-warn' : ''} max-w-52`}>
      <b>{call.code || '–'}</b> <span className="truncate">{call.phrase}</span>
    </span>
  );
}
