// Who had the call transferred, to whom, and what came of it.

import type { Call, Transfer } from '@/api/types';
import type { Translate } from '@/language/translate';
import { useTranslation } from '@/language/translate';

export function transferText(one: Transfer, t: Translate): string {
  const who = one.by === 0 ? t('the caller') : t('phone {{number}}', { number: one.by });
  const facts = { who, to: one.to || '–' };
  return one.kind === 'attended'
    ? t('{{who}} connected the other party with {{to}}', facts)
    : t('{{who}} sent the other party to {{to}}', facts);
}

export function Transfers({ call }: { call: Call }) {
  const { t } = useTranslation();
  if (!call.transfers?.length) return null;
  return (
    <section className="mt-5" aria-label={t('Transfers')}>
      <h3 className="t-strong mb-3">{t('Transfers')}</h3>
      <ul className="flex flex-col gap-2">
        {call.transfers.map((one) => (
          <li
            key={`${one.at_ms}-${one.to}`}
            className="flex items-center gap-3 rounded-card border border-line bg-surface px-3 py-2.5"
          >
            <span className="min-w-0 flex-1">{transferText(one, t)}</span>
            <span className="t-small text-ink3 tabular-nums">
              {one.code ? `${one.code} ${one.phrase ?? ''}` : t('In progress')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
