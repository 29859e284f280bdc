// Who changed what, newest first.
import { useState } from 'react';
import { usePages } from '@/api/pages';
import { path } from '@/api/request';
import type { AuditEntry } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { useAccount, useMay } from '@/session/account';
import { SettingsFrame } from '@/settings/settings-frame';
import { Choice } from '@/ui/choice';
import { type Column, PagedTable } from '@/ui/paged-table';
import { SearchField } from '@/ui/search-field';
import { useTimeWords } from '@/ui/time-words';
import { AuditTarget } from './audit-target';
import { useActionWords, useNoteWords } from './words';

function useColumns(): Column<AuditEntry>[] {
  const { t } = useTranslation();
  const { moment } = useTimeWords();
  const words = useActionWords();
  const noteWords = useNoteWords();
  return [
    {
      title: t('When'),
      cell: (entry) => (
        <span className="text-ink2 tabular-nums sm:whitespace-nowrap">{moment(entry.at_ms)}</span>
      ),
    },
    {
      title: t('Who'),
      cell: (entry) => <span className="font-medium">{entry.who || t('Nobody')}</span>,
    },
    {
      title: t('What'),
      look: '[overflow-wrap:anywhere]',
      cell: (entry) => (
        <>
          {words(entry.action)} <AuditTarget target={entry.target} />
          {entry.note && <span className="block t-small text-ink3">{noteWords(entry.note)}</span>}
        </>
      ),
    },
    {
      title: t('From'),
      from: 'lg',
      cell: (entry) => <span className="text-ink3 tabular-nums">{entry.address}</span>,
    },
  ];
}

export default function AuditPage() {
  const { t } = useTranslation();
  const account = useAccount().id;
  const may = useMay();
  const [search, setSearch] = useState('');
  const [ofSystem, setOfSystem] = useState(false);
  const to = ofSystem ? '/audit' : path`/accounts/${account}/audit`;
  const pages = usePages<AuditEntry>([account, 'audit', to], to, { search });
  const columns = useColumns();
  return (
    <SettingsFrame>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="flex flex-wrap gap-2 px-6 py-4 max-sm:px-4">
          <SearchField
            label={t('Search the audit log')}
            hint={t('User, action or object')}
            onSearch={setSearch}
          />
          {may.system && (
            <Choice
              label={t('Show')}
              all={[
                { id: 'account', label: t('This account') },
                { id: 'system', label: t('Sign-ins and users') },
              ]}
              chosen={ofSystem ? 'system' : 'account'}
              choose={(id) => setOfSystem(id === 'system')}
            />
          )}
        </div>
        <PagedTable
          label={t('Audit log')}
          pages={pages}
          columns={columns}
          keyOf={(entry) => entry.id}
          empty={t('Nothing found')}
        />
      </div>
    </SettingsFrame>
  );
}
