// Calls in progress: who, to whom, where in the flow, since when.

import type { Call, PathStep } from '@/api/types';
import { minutes } from '@/callflow/face';
import { useEditorContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { useMay } from '@/session/account';
import { type Column, PagedTable } from '@/ui/paged-table';
import { Tile } from '@/ui/tile';
import { CallDetail } from './call-detail';
import { Caller } from './caller';
import { lengthOf, userOf } from './calls';
import { EndButton } from './end-button';
import { Opener } from './opener';
import { useNow } from './use-calls';

function Where({ step, call }: { step: PathStep | undefined; call: Call }) {
  const { catalog, names } = useEditorContext();
  if (!step) return '–';
  const action = catalog.get(step.module);
  const callflow = names.callflows.get(step.callflow ?? '') ?? call.callflow_name;
  return (
    <span className="flex items-center gap-2.5">
      <Tile module={step.module} group={action?.group} size="s" />
      <span className="min-w-0">
        <span className="block font-medium">{action?.title ?? step.module}</span>
        <span className="block truncate t-small text-ink3">{callflow}</span>
      </span>
    </span>
  );
}

interface Props {
  calls: Call[];
  open: string | null;
  toggle: (id: string) => void;
}

export function LiveCalls({ calls, open, toggle }: Props) {
  const { t } = useTranslation();
  const { account } = useEditorContext();
  const may = useMay();
  const now = useNow(calls.length > 0);
  if (calls.length === 0) return null;
  const columns: Column<Call>[] = [
    {
      title: t('Caller'),
      cell: (call) => (
        <Opener open={open === call.id} toggle={() => toggle(call.id)}>
          <Caller call={call} />
        </Opener>
      ),
    },
    { title: t('Called'), cell: (call) => userOf(call.to), from: 'sm', look: 'tabular-nums' },
    { title: t('Is at'), cell: (call) => <Where step={call.path.at(-1)} call={call} /> },
    {
      title: t('For'),
      cell: (call) => minutes(lengthOf(call, now)),
      from: 'sm',
      look: 'tabular-nums',
    },
  ];
  if (may.edit) {
    columns.push({
      title: t('End'),
      cell: (call) => <EndButton account={account} call={call} />,
      right: true,
    });
  }
  return (
    <section aria-label={t('In progress')} className="pb-6">
      <h2 className="flex items-center gap-2 px-6 pb-2 t-strong max-sm:px-4">
        <span className="dot text-live motion-safe:animate-pulse" />
        {t('{{count}} in progress', { count: calls.length })}
      </h2>
      <PagedTable
        label={t('In progress')}
        pages={{ rows: calls, loading: false, problem: null, more: null, fetching: false }}
        columns={columns}
        keyOf={(call) => call.id}
        empty=""
        chosen={open}
        below={(call) => <CallDetail call={call} />}
      />
    </section>
  );
}
