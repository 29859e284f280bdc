// The blocks that a call passed, and the way to see them drawn.
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import type { Call, PathStep } from '@/api/types';
import { branchWords } from '@/callflow/branches';
import { useEditorContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { Tile } from '@/ui/tile';
import { noteWords } from './notes';

// `home`: the callflow that the call began in; a block of another one says so.
function Step({ step, home, last }: { step: PathStep; home?: string; last: boolean }) {
  const { t } = useTranslation();
  const { catalog, names } = useEditorContext();
  const action = catalog.get(step.module);
  const { cap, words } = branchWords(action, step.exit ?? '', t);
  const elsewhere = step.callflow !== home && names.callflows.get(step.callflow ?? '');
  const said = [elsewhere, noteWords(step.note)].filter(Boolean).join(', ');
  return (
    <li className="flex gap-2.5">
      <span className="flex flex-col items-center">
        <Tile module={step.module} group={action?.group} size="s" />
        {!last && <span className="w-0.5 flex-1 bg-accent" />}
      </span>
      <span className={`min-w-0 flex-1 ${last ? '' : 'pb-3'}`}>
        <span className="block font-medium">{action?.title ?? step.module}</span>
        {said && <span className="block t-small text-ink3">{said}</span>}
        {!last && (cap || words) && (
          <span className="pill mt-1.5">
            {cap && <span className="kbd">{cap}</span>}
            {words}
          </span>
        )}
      </span>
      <span className="t-small text-ink3 tabular-nums">{(step.at_ms / 1000).toFixed(3)}</span>
    </li>
  );
}

export function PathSteps({ path }: { path: readonly PathStep[] }) {
  const { t } = useTranslation();
  if (path.length === 0) {
    return <p className="text-ink3">{t('No callflow answers this number.')}</p>;
  }
  return (
    <ol>
      {path.map((step, index) => (
        <Step
          key={`${index}-${step.block}`}
          step={step}
          {...(path[0]?.callflow ? { home: path[0].callflow } : {})}
          last={index === path.length - 1}
        />
      ))}
    </ol>
  );
}

export function CallPath({ call }: { call: Call }) {
  const { t } = useTranslation();
  return (
    <section className="p-5" aria-label={t('Path')}>
      <div className="mb-3 flex items-center">
        <h3 className="t-strong flex-1">
          {t('Path')}{' '}
          <span className="font-normal text-ink3">
            {t('version {{version}}', { version: call.revision })}
          </span>
        </h3>
        {call.callflow && (
          <Link
            to="/callflows/$id"
            params={{ id: call.callflow }}
            search={{ revision: call.revision, call: call.id }}
            className="btn btn-link"
          >
            {t('Open in diagram')}
            <ArrowRight aria-hidden className="!h-3.5 !w-3.5" />
          </Link>
        )}
      </div>
      <PathSteps path={call.path} />
    </section>
  );
}
