// Whom the call rang, what each of them answered, and why.

import { useState } from 'react';
import type { CallLeg } from '@/api/types';
import { noteWords } from '@/calls/notes';
import { useTranslation } from '@/language/translate';
import { placeOfLeg, resultOfLeg, titleOfLeg } from './columns';

const AT_ONCE = 6;

function Leg({ leg }: { leg: CallLeg }) {
  const { t } = useTranslation();
  const who = [placeOfLeg(leg, t), leg.device, leg.user_agent];
  const why = [noteWords(leg.note), ...(leg.reasons ?? [])].filter(Boolean).join('; ');
  return (
    <li className="flex items-start gap-3 rounded-card border border-line bg-surface px-3 py-2.5">
      <span className="min-w-0 flex-1 break-words">
        <span className="block font-medium">{titleOfLeg(leg, t)}</span>
        <span className="block t-small text-ink3">{who.filter(Boolean).join(' · ')}</span>
        {why && <span className="block t-small text-ink2">{why}</span>}
      </span>
      <span className="t-small text-ink3 tabular-nums">{resultOfLeg(leg) || t('no answer')}</span>
    </li>
  );
}

export function Legs({ legs }: { legs: CallLeg[] | undefined }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (!legs?.length) return null;
  const shown = all ? legs : legs.slice(0, AT_ONCE);
  return (
    <section className="mt-5" aria-label={t('Rung')}>
      <h3 className="t-strong mb-3">{t('Rung')}</h3>
      <ul className="flex flex-col gap-2">
        {shown.map((leg) => (
          <Leg key={leg.number} leg={leg} />
        ))}
      </ul>
      {shown.length < legs.length && (
        <button type="button" className="btn btn-link mt-2" onClick={() => setAll(true)}>
          {t('Show all {{count}}', { count: legs.length })}
        </button>
      )}
    </section>
  );
}
