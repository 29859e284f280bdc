// Calls that are over, newest first.

import type { Pages } from '@/api/pages';
import type { Call } from '@/api/types';
import { minutes } from '@/callflow/face';
import { useEditorContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { type Column, PagedTable } from '@/ui/paged-table';
import { useTimeWords } from '@/ui/time-words';
import { CallDetail } from './call-detail';
import { Caller } from './caller';
import { hasNoEnd, lengthOf, userOf } from './calls';
import { Opener } from './opener';
import { Result } from './result';

interface Props {
  pages: Pages<Call>;
  open: string | null;
  toggle: (id: string) => void;
}

export function PastCalls({ pages, open, toggle }: Props) {
  const { t } = useTranslation();
  const { catalog } = useEditorContext();
  const { clock } = useTimeWords();
  const titleOf = (module: string | undefined) =>
    module ? (catalog.get(module)?.title ?? module) : '–';
  const columns: Column<Call>[] = [
    {
      title: t('Time'),
      cell: (call) => (
        <Opener open={open === call.id} toggle={() => toggle(call.id)}>
          {clock(call.started_ms)}
        </Opener>
      ),
    },
    { title: t('Caller'), cell: (call) => <Caller call={call} />, look: 'tabular-nums' },
    { title: t('Called'), cell: (call) => userOf(call.to), from: 'sm', look: 'tabular-nums' },
    {
      title: t('Callflow'),
      cell: (call) => call.callflow_name || call.callflow || '–',
      from: 'lg',
      look: 'text-ink2',
    },
    {
      title: t('Last block'),
      cell: (call) => titleOf(call.path.at(-1)?.module),
      from: 'lg',
      look: 'text-ink2',
    },
    {
      title: t('Length'),
      cell: (call) => (hasNoEnd(call) ? '–' : minutes(lengthOf(call, call.started_ms))),
      from: 'sm',
      right: true,
      look: 'tabular-nums',
    },
    { title: t('Result'), cell: (call) => <Result call={call} /> },
  ];
  return (
    <PagedTable
      label={t('Calls')}
      pages={pages}
      columns={columns}
      keyOf={(call) => call.id}
      empty={t('No calls found')}
      chosen={open}
      below={(call) => <CallDetail call={call} />}
    />
  );
}
