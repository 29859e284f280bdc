// One call: the blocks that it passed, its SIP messages, what was heard.
import { useTranslation } from 'react-i18next';
import type { Call } from '@/api/types';
import { CallPath } from './call-path';
import { Heard } from './heard';
import { Ladder } from './ladder';
import { Transfers } from './transfers';

export function CallDetail({ call }: { call: Call }) {
  const { t } = useTranslation();
  return (
    <div className="grid bg-sunk xl:grid-cols-[340px_minmax(0,1fr)_340px]">
      <CallPath call={call} />
      <section className="border-line p-5 xl:border-x" aria-label={t('SIP messages')}>
        <h3 className="t-strong mb-3">{t('SIP messages')}</h3>
        {call.ladder.length > 0 ? (
          <Ladder ladder={call.ladder} media={call.media} />
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
        <Transfers call={call} />
      </section>
      <Heard call={call} />
    </div>
  );
}
