// Who answers what.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerEvents } from '@/api/events';
import { numbersQuery } from '@/api/queries';
import type { NumberEntry } from '@/api/types';
import { plainNumber, shownNumber } from '@/callflow/numbers';
import { useAccount } from '@/session/account';

function Answer({ one }: { one: NumberEntry }) {
  const { t } = useTranslation();
  if (!one.callflow) return <span className="pill">{t('Spare')}</span>;
  return (
    <span className="flex items-center gap-2">
      <Link
        to="/callflows/$id"
        params={{ id: one.callflow }}
        className="font-medium text-accent-ink hover:underline"
      >
        {one.callflow_name || one.callflow}
      </Link>
      {one.live === false && <span className="pill pill-warn">{t('Draft only')}</span>}
    </span>
  );
}

export default function NumbersPage() {
  const { t } = useTranslation();
  const account = useAccount();
  useServerEvents(account.id);
  const { data = [], isLoading } = useQuery(numbersQuery(account.id));
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = data.filter(
    (one) =>
      one.number.includes(plainNumber(wanted)) ||
      (one.callflow_name ?? '').toLowerCase().includes(wanted),
  );
  const kinds: Record<NumberEntry['kind'], string> = {
    extension: t('Extension'),
    phone: t('Phone number'),
    pattern: t('Pattern'),
    no_match: t('Everything else'),
  };
  return (
    <main className="flex min-w-0 flex-1 flex-col max-sm:pb-16">
      <header className="panel-head border-line border-b !px-6">
        <h1 className="t-title">{t('Numbers')}</h1>
        <span className="text-ink3">{data.length}</span>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="px-6 py-4">
          <div className="field field-sm max-w-[280px]">
            <Search aria-hidden />
            <input
              value={search}
              placeholder={t('Number or callflow')}
              aria-label={t('Search numbers')}
              onChange={(event) => setSearch(event.target.value)}
            />
          </div>
        </div>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('Number')}</th>
              <th scope="col">{t('Kind')}</th>
              <th scope="col">{t('Answered by')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={`${one.kind}${one.number}${one.callflow}`} className="hover:bg-hover">
                <td className="font-medium tabular-nums">{shownNumber(one.number)}</td>
                <td className="text-ink2">{kinds[one.kind]}</td>
                <td>
                  <Answer one={one} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {!isLoading && shown.length === 0 && (
          <p className="p-8 text-center text-ink3">{t('Nothing found')}</p>
        )}
      </div>
    </main>
  );
}
