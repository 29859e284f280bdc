// One call: the blocks that it passed, its SIP messages, what was heard.
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Call } from '@/api/types';
import { branchWords, type Say } from '@/callflow/branches';
import { useLoadedContext } from '@/editor/context';
import { useAccount } from '@/session/account';
import { Tile } from '@/ui/tile';
import { Ladder } from './ladder';

function Path({ call }: { call: Call }) {
  const { t } = useTranslation();
  const { catalog } = useLoadedContext(useAccount().id);
  return (
    <section className="p-5">
      <div className="mb-3 flex">
        <h3 className="t-strong flex-1">
          {t('Path')}{' '}
          <span className="font-normal text-ink3">
            {t('version {{version}}', { version: call.revision })}
          </span>
        </h3>
        <Link to="/callflows/$id" params={{ id: call.callflow }} className="btn btn-link">
          {t('Open in diagram')}
          <ArrowRight aria-hidden className="!h-3.5 !w-3.5" />
        </Link>
      </div>
      <ol className="flex flex-col gap-2">
        {call.path.map((step, index) => {
          const action = catalog.get(step.module);
          const { cap, words } = branchWords(action, step.exit ?? '', t as Say);
          return (
            <li key={`${index}-${step.block}`} className="flex items-center gap-2.5">
              <Tile module={step.module} group={action?.group} size="s" />
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{action?.title ?? step.module}</span>
                <span className="block t-small text-ink3">
                  {[cap || words, step.note].filter(Boolean).join(', ')}
                </span>
              </span>
              <span className="t-small text-ink3 tabular-nums">
                {(step.at_ms / 1000).toFixed(3)}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

export function CallDetail({ call }: { call: Call }) {
  const { t } = useTranslation();
  const facts: [string, string][] = [
    [t('Kind'), call.answered_ms ? t('Answered') : t('Early media, not answered')],
    [t('Packets'), String(call.media.reduce((sum, one) => sum + one.packets, 0))],
    ...(call.intended_code
      ? [[t('Configured code'), String(call.intended_code)] as [string, string]]
      : []),
    [t('Reason'), (call.reasons ?? []).join(', ') || '–'],
    [t('From'), call.source ?? ''],
    ['Call-ID', call.call_id ?? ''],
  ];
  return (
    <div className="grid bg-sunk xl:grid-cols-[340px_minmax(0,1fr)_320px]">
      <Path call={call} />
      <section className="border-line p-5 xl:border-x">
        <h3 className="t-strong mb-3">{t('SIP messages')}</h3>
        <Ladder ladder={call.ladder} media={call.media} />
      </section>
      <section className="p-5">
        <h3 className="t-strong mb-3">{t('Audio to the caller')}</h3>
        <dl className="grid grid-cols-[110px_1fr] gap-y-1.5">
          {facts.map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-ink3">{label}</dt>
              <dd className="break-all">{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
