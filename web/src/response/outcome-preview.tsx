// What the caller gets: the phone's display, the course of the call, the literal message.
import { CircleAlert, CircleCheck, Copy, TriangleAlert } from 'lucide-react';
import type { Media } from '@/api/types';
import { minutes } from '@/callflow/face';
import { useTranslation } from '@/language/translate';
import { Waveform } from '@/media/waveform';
import { copyText } from '@/ui/copy';
import { carriersThen } from './carriers';
import type { CodeFacts } from './codes';

export interface Judgement {
  tone: 'ok' | 'warn' | 'err';
  head: string;
  text: string;
}

const LOOKS = {
  ok: { box: 'bg-ok-tint text-ok', Icon: CircleCheck },
  warn: { box: 'bg-warn-tint text-warn', Icon: TriangleAlert },
  err: { box: 'bg-err-tint text-err', Icon: CircleAlert },
};

interface Props {
  account: string;
  callflow: string;
  facts: CodeFacts | null;
  message: string;
  media: Media | undefined;
  lines: string[];
  judgement: Judgement;
}

function PhoneDisplay({ callflow, words }: { callflow: string; words: string }) {
  const { t } = useTranslation();
  return (
    <div
      className="w-[172px] flex-none rounded-control bg-[#dbe5d8] px-3 py-2 font-mono text-[#141a14]
      text-[12px] leading-[18px] shadow-inner"
    >
      <div className="truncate">{callflow || t('Callflow')}</div>
      <div className="font-bold">{t('Call ended')}</div>
      <div className="truncate">{words}</div>
    </div>
  );
}

function Course({
  account,
  facts,
  words,
  media,
}: Omit<Props, 'lines' | 'judgement' | 'callflow'> & { words: string }) {
  const seconds = media ? media.duration_ms / 1000 : 0;
  const rows = 'grid grid-cols-[44px_34px_minmax(0,1fr)] items-center gap-1';
  return (
    <div className="flex flex-col gap-2 rounded-card border border-line bg-surface p-3 t-small">
      {media && (
        <>
          <div className={rows}>
            <span className="text-ink3">0.0 s</span>
            <b className="font-mono">183</b>
            <span>Session Progress</span>
          </div>
          <div className={rows}>
            <span className="text-ink3">0.0 s</span>
            <span className="col-span-2 flex items-center gap-2 text-ink3">
              <Waveform
                account={account}
                media={media.id}
                bars={30}
                height={18}
                className="text-ok"
              />
              {minutes(media.duration_ms)}
            </span>
          </div>
        </>
      )}
      <div className={rows}>
        <span className="text-ink3">{seconds.toFixed(1)} s</span>
        <b className="font-mono text-accent-ink">{facts?.code ?? '–'}</b>
        <span className="truncate">{words}</span>
      </div>
    </div>
  );
}

// What the networks in between make of the code.
function Networks({ facts }: { facts: CodeFacts }) {
  const { t } = useTranslation();
  const { registered } = facts;
  const rows: [string, string][] = [
    [t('Carriers'), t(carriersThen(facts.code))],
    [
      'Q.850',
      registered?.q850
        ? `${registered.q850.cause}, ${registered.q850.text}`
        : t('No cause belongs to this code'),
    ],
    [t('Registered'), registered ? `${registered.phrase}, RFC ${registered.rfc}` : t('No')],
  ];
  return (
    <dl className="grid grid-cols-[72px_1fr] gap-x-2 gap-y-1 px-1 t-small">
      {rows.map(([label, text]) => (
        <div key={label} className="contents">
          <dt className="text-ink3">{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

export function OutcomePreview(props: Props) {
  const { t } = useTranslation();
  const { account, callflow, facts, message, media, lines, judgement } = props;
  const words = message || facts?.phrase || '';
  const { box, Icon } = LOOKS[judgement.tone];
  return (
    <div className="flex flex-col gap-3">
      <h3 className="font-semibold text-[12px] text-ink3">{t('What the caller gets')}</h3>
      <div className="flex items-center gap-3 rounded-card border border-line bg-surface p-3">
        <PhoneDisplay callflow={callflow} words={words} />
        <p className="t-small text-ink3">
          {t('Long messages are cut. Some phones show their own words for the code.')}
        </p>
      </div>
      <Course account={account} facts={facts} message={message} media={media} words={words} />
      {facts && <Networks facts={facts} />}
      <div className="flex items-center">
        <h3 className="flex-1 font-semibold text-[12px] text-ink3">{t('SIP response')}</h3>
        <button
          type="button"
          className="btn btn-link"
          onClick={() => void copyText(lines.join('\r\n'))}
        >
          <Copy aria-hidden className="!h-3.5 !w-3.5" />
          {t('Copy')}
        </button>
      </div>
      <pre
        data-preview
        className="overflow-x-auto rounded-card border border-line bg-surface py-2 t-code text-ink2"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways by keyboard
        tabIndex={0}
      >
        {lines.map((line, index) => (
          <div key={line} className={`px-3 ${index === 0 ? 'bg-accent-tint text-ink' : ''}`}>
            {line}
          </div>
        ))}
      </pre>
      <div className={`flex gap-2.5 rounded-card px-3 py-2.5 ${box}`} role="status">
        <Icon aria-hidden className="mt-0.5" />
        <p>
          <b>{judgement.head}</b> {judgement.text}
        </p>
      </div>
    </div>
  );
}
