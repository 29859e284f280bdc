// Calls: those in progress, and the history with its search.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useServerEvents } from '@/api/events';
import { callflowsQuery } from '@/api/queries';
import { plainNumber } from '@/callflow/numbers';
import { Editor, useLoadedContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { useAccount } from '@/session/account';
import { LookOnly } from '@/session/look-only';
import { Page } from '@/ui/page';
import { SearchField } from '@/ui/search-field';
import { LiveCalls } from './live-calls';
import { PastCalls } from './past-calls';
import { useCalls } from './use-calls';

function CallflowChoice({
  account,
  value,
  onChange,
}: {
  account: string;
  value: string;
  onChange: (callflow: string) => void;
}) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(callflowsQuery(account));
  return (
    <div className="field field-sm !w-auto max-w-60">
      <select
        aria-label={t('Callflow')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{t('All callflows')}</option>
        {data.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name || one.id}
          </option>
        ))}
      </select>
    </div>
  );
}

export default function CallsPage() {
  const { t } = useTranslation();
  const account = useAccount().id;
  useServerEvents(account);
  const context = useLoadedContext(account);
  const [search, setSearch] = useState('');
  const [callflow, setCallflow] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const toggle = (id: string) => setOpen(id === open ? null : id);
  const { live, past } = useCalls(account, { search: plainNumber(search), callflow });
  return (
    <Editor.Provider value={context}>
      <Page title={t('Calls')} deeds={<LookOnly />}>
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="flex flex-wrap gap-2 px-6 py-4 max-sm:px-4">
            <SearchField
              label={t('Search calls')}
              hint={t('Number, name, code or Call-ID')}
              onSearch={setSearch}
            />
            <CallflowChoice account={account} value={callflow} onChange={setCallflow} />
          </div>
          <LiveCalls calls={live} open={open} toggle={toggle} />
          <PastCalls pages={past} open={open} toggle={toggle} />
        </div>
      </Page>
    </Editor.Provider>
  );
}
