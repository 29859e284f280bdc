// One call: the blocks that it passed, its SIP messages, what was heard.

import type { Call } from '@/api/types';
import { Ladder } from '@/ladder/ladder';
import { Legs } from '@/ladder/legs';
import { useTranslation } from '@/language/translate';
import { CallPath } from './call-path';
import { Heard } from './heard';
import { Transfers } from './transfers';

export function CallDetail({ call }: { call: Call }) {
  const { t } = useTranslation();
  return (
    <div className="grid bg-sunk [--ladder-ground:var(--panel-sunk)] xl:grid-cols-[320px_minmax(0,1fr)_320px]">
      <CallPath call={call} />
      <section className="min-w-0 border-line p-5 xl:border-x" aria-label={t('SIP messages')}>
        <h3 className="t-strong mb-3">{t('SIP messages')}</h3>
        {call.ladder.length > 0 ? (
          <Ladder source={call} />
        ) : (
          <p className="text-ink3">{t('They are kept when the call is over.')}</p>
        )}
        {call.ladder_dropped ? (
          <p className="mt-2 t-small text-ink3">
            {t('{{count}} more messages were not kept.', { count: call.ladder_dropped })}
          </p>
        ) : null}
        {call.transcoded ? (
          <p className="mt-2 t-small text-ink3">
            {t('Transcoded: the caller spoke {{caller}}, the phone {{callee}}.', call.transcoded)}
          </p>
        ) : null}
        <Legs legs={call.legs} />
        <Transfers call={call} />
      </section>
      <Heard call={call} />
    </div>
  );
}
