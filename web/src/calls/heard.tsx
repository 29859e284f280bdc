// What the caller heard of every media, and why not more.

import type { Call, PlayedMedia } from '@/api/types';
import { useEditorContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { PlayButton } from '@/media/play-button';
import { Facts } from '@/ui/facts';

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function Sound({ played }: { played: PlayedMedia }) {
  const { t } = useTranslation();
  const { account, names } = useEditorContext();
  const media = names.media.get(played.id);
  const facts = { sent: seconds(played.sent_ms), why: played.skipped };
  return (
    <li className="flex items-center gap-3 rounded-card border border-line bg-surface px-3 py-2.5">
      {media && <PlayButton account={account} media={media} />}
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{media?.name ?? played.id}</span>
        <span className="block t-small text-ink3">
          {!played.skipped && t('Heard to the end: {{sent}}', facts)}
          {played.skipped && played.sent_ms > 0 && t('{{sent}} were heard: {{why}}', facts)}
          {played.skipped && played.sent_ms === 0 && t('Not heard: {{why}}', facts)}
        </span>
      </span>
      <span className="t-small text-ink3 tabular-nums">
        {t('{{count}} packets', { count: played.packets })}
      </span>
    </li>
  );
}

export function Heard({ call }: { call: Call }) {
  const { t } = useTranslation();
  const facts: [string, string][] = [
    [t('Kind'), call.answered_ms ? t('Answered') : t('Early media, not answered')],
    [t('Reason'), call.reasons?.join(', ') || '–'],
    [t('From'), call.source ?? ''],
    ['Call-ID', call.call_id ?? ''],
  ];
  if (call.user_agent) facts.push([t('Phone'), call.user_agent]);
  return (
    <section className="p-5" aria-label={t('Audio to the caller')}>
      <h3 className="t-strong mb-3">{t('Audio to the caller')}</h3>
      <ul className="mb-4 flex flex-col gap-2">
        {call.media.map((played, index) => (
          <Sound key={`${index}-${played.id}`} played={played} />
        ))}
      </ul>
      {call.complete && call.media.length === 0 && (
        <p className="mb-4 text-ink3">{t('No media was played.')}</p>
      )}
      <Facts facts={facts} />
      {call.intended_code ? (
        <p className="mt-4 rounded-control bg-warn-tint px-3 py-2.5 text-warn">
          {t(
            'The call had been answered, so it ended with BYE; {{code}} went along as the Reason.',
            {
              code: call.intended_code,
            },
          )}
        </p>
      ) : null}
    </section>
  );
}
