// Rules and rule sets of Time of Day, and which of them apply now or at another time.
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useServerEvents } from '@/api/events';
import { usePages } from '@/api/pages';
import { path } from '@/api/request';
import { type Preview, previewQuery, type RuleSetSummary, type RuleSummary } from '@/api/schedule';
import { useTranslation } from '@/language/translate';
import { OfficeFrame } from '@/seats/office-frame';
import { useAccount, useMay } from '@/session/account';
import { LookOnly } from '@/session/look-only';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { NothingYet } from '@/ui/nothing-yet';
import { type Column, PagedTable } from '@/ui/paged-table';
import { NewRuleDialog, NewRuleSetDialog } from './new-dialogs';
import { type Chosen, SchedulePanel } from './schedule-panel';
import { useChosenRule } from './use-chosen-rule';
import { useTimeWords } from './words';

interface Listed {
  id: string;
  name: string;
  used_by?: number;
}

function useColumns<Row extends Listed>(
  kind: Chosen['kind'],
  chosen: Chosen | null,
  choose: (chosen: Chosen) => void,
  what: Column<Row>,
  preview: Preview | undefined,
): Column<Row>[] {
  const { t } = useTranslation();
  const applying = kind === 'temporal_rules' ? preview?.rules : preview?.sets;
  return [
    {
      title: t('Name'),
      look: 'max-w-0 w-1/2',
      cell: ({ id, name }) => (
        <button
          type="button"
          className="max-w-full truncate text-left font-medium"
          aria-expanded={chosen?.kind === kind && chosen.id === id}
          onClick={() => choose({ kind, id })}
        >
          {name}
        </button>
      ),
    },
    what,
    {
      title: t('Applies'),
      cell: ({ id }) => {
        const found = applying?.find((one) => one.id === id);
        if (!found) return '';
        return found.applies ? <strong>{t('Yes')}</strong> : t('No');
      },
    },
    {
      title: t('Used by'),
      from: 'lg',
      look: 'text-ink2 tabular-nums',
      cell: ({ used_by }) => used_by ?? 0,
    },
  ];
}

interface TimeProps {
  at: string;
  setAt: (at: string) => void;
  preview: Preview | undefined;
}

// Empty: now.
function PreviewTime({ at, setAt, preview }: TimeProps) {
  const { t } = useTranslation();
  return (
    <div className="max-w-[320px] px-6 py-4 max-sm:px-4">
      <Labelled
        label={t('What applies at')}
        hint={
          preview && (
            <Hint>
              {preview.at.replace('T', ' ').slice(0, 16)}, {preview.timezone}
            </Hint>
          )
        }
      >
        {(ids) => (
          <input
            {...ids}
            type="datetime-local"
            value={at}
            onChange={({ target }) => setAt(target.value)}
          />
        )}
      </Labelled>
    </div>
  );
}

interface ListProps {
  account: string;
  chosen: Chosen | null;
  choose: (chosen: Chosen) => void;
  preview: Preview | undefined;
}

function Rules({ account, chosen, choose, preview }: ListProps) {
  const { t } = useTranslation();
  const words = useTimeWords();
  const to = path`/accounts/${account}/temporal_rules`;
  const pages = usePages<RuleSummary>([account, 'temporal_rules'], to);
  const forced = ({ enabled }: RuleSummary) => {
    if (enabled === undefined) return '';
    return enabled ? `, ${t('forced on')}` : `, ${t('forced off')}`;
  };
  const what: Column<RuleSummary> = {
    title: t('Repeats'),
    cell: (rule) => `${words.cycles[rule.cycle]}${forced(rule)}`,
  };
  return (
    <PagedTable
      label={t('Rules')}
      pages={pages}
      columns={useColumns('temporal_rules', chosen, choose, what, preview)}
      keyOf={(rule) => rule.id}
      chosen={chosen?.kind === 'temporal_rules' ? chosen.id : null}
      empty={
        <NothingYet title={t('No rules yet')}>
          {t('A rule says when it is opening time, or a holiday. Time of Day blocks ask it.')}
        </NothingYet>
      }
    />
  );
}

function RuleSets({ account, chosen, choose, preview }: ListProps) {
  const { t } = useTranslation();
  const to = path`/accounts/${account}/temporal_rule_sets`;
  const pages = usePages<RuleSetSummary>([account, 'temporal_rule_sets'], to);
  const what: Column<RuleSetSummary> = {
    title: t('Rules'),
    look: 'tabular-nums',
    cell: (set) => set.rules,
  };
  const columns = useColumns('temporal_rule_sets', chosen, choose, what, preview);
  if (!pages.loading && pages.rows.length === 0) return null;
  return (
    <>
      <h2 className="px-6 pt-6 pb-2 font-medium max-sm:px-4">{t('Rule sets')}</h2>
      <PagedTable
        label={t('Rule sets')}
        pages={pages}
        columns={columns}
        keyOf={(set) => set.id}
        chosen={chosen?.kind === 'temporal_rule_sets' ? chosen.id : null}
        empty={null}
      />
    </>
  );
}

export default function TimeOfDayPage() {
  const { t } = useTranslation();
  const account = useAccount().id;
  const may = useMay();
  useServerEvents(account);
  const [at, setAt] = useState('');
  const [chosen, setChosen] = useChosenRule();
  const [adding, setAdding] = useState<'rule' | 'set' | null>(null);
  const { data: preview } = useQuery(previewQuery(account, at));
  const close = (made?: Chosen) => {
    setAdding(null);
    if (made) setChosen(made);
  };
  const deeds = may.edit && (
    <>
      <button type="button" className="btn" onClick={() => setAdding('set')}>
        {t('New rule set')}
      </button>
      <button type="button" className="btn btn-primary" onClick={() => setAdding('rule')}>
        <Plus aria-hidden />
        {t('New rule')}
      </button>
    </>
  );
  const list = { account, chosen, choose: setChosen, preview };
  return (
    <OfficeFrame deeds={deeds} note={<LookOnly />}>
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1 overflow-y-auto">
          <PreviewTime at={at} setAt={setAt} preview={preview} />
          <Rules {...list} />
          <RuleSets {...list} />
        </div>
        {chosen && (
          <SchedulePanel
            key={`${chosen.kind}/${chosen.id}`}
            account={account}
            chosen={chosen}
            close={() => setChosen(null)}
          />
        )}
      </div>
      {adding === 'rule' && <NewRuleDialog account={account} close={close} />}
      {adding === 'set' && <NewRuleSetDialog account={account} close={close} />}
    </OfficeFrame>
  );
}
