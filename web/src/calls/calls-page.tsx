// Calls, newest first, each with its path and its SIP messages.
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight, Search } from 'lucide-react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerEvents } from '@/api/events';
import { callsQuery } from '@/api/queries';
import type { Call } from '@/api/types';
import { minutes } from '@/callflow/face';
import { shownNumber } from '@/callflow/numbers';
import { useLoadedContext } from '@/editor/context';
import { useAccount } from '@/session/account';
import { CallDetail } from './call-detail';

export function userOf(uri: string): string {
  const match = /sips?:([^@;>]+)@/.exec(uri);
  return match?.[1] ? shownNumber(decodeURIComponent(match[1])) : uri;
}

function Result({ call }: { call: Call }) {
  const { t } = useTranslation();
  if (call.disposition === 'running') {
    return (
      <span className="pill pill-live">
        <span className="dot" />
        {t('In progress')}
      </span>
    );
  }
  const tone = call.disposition === 'abandoned' || call.disposition === 'failed' ? 'pill-warn' : '';
  return (
    <span className={`pill ${tone} max-w-52`}>
      <b>{call.code || '–'}</b> <span className="truncate">{call.phrase}</span>
    </span>
  );
}

export default function CallsPage() {
  const { t, i18n } = useTranslation();
  const account = useAccount();
  useServerEvents(account.id);
  const { catalog } = useLoadedContext(account.id);
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const { data, isLoading } = useQuery(callsQuery(account.id, search.trim()));
  const calls = data?.items ?? [];
  const live = calls.filter((one) => one.disposition === 'running').length;
  const titleOf = (module: string | undefined) =>
    module ? (catalog.get(module)?.title ?? module) : '–';
  return (
    <main className="flex min-w-0 flex-1 flex-col max-sm:pb-16">
      <header className="panel-head border-line border-b !px-6">
        <h1 className="t-title">{t('Calls')}</h1>
        {live > 0 && (
          <span className="pill pill-live">
            <span className="dot" />
            {t('{{count}} in progress', { count: live })}
          </span>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="px-6 py-4">
          <div className="field field-sm max-w-[320px]">
            <Search aria-hidden />
            <input
              value={search}
              placeholder={t('Number, name, code or Call-ID')}
              aria-label={t('Search calls')}
              onChange={(event) => setSearch(event.target.value)}
            />
          </div>
        </div>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('Time')}</th>
              <th scope="col">{t('Caller')}</th>
              <th scope="col">{t('Called')}</th>
              <th scope="col" className="max-lg:hidden">
                {t('Callflow')}
              </th>
              <th scope="col" className="max-lg:hidden">
                {t('Last block')}
              </th>
              <th scope="col" className="max-sm:hidden">
                {t('Length')}
              </th>
              <th scope="col">{t('Result')}</th>
            </tr>
          </thead>
          <tbody>
            {calls.map((call) => {
              const shown = open === call.id;
              const Arrow = shown ? ChevronDown : ChevronRight;
              const length = (call.ended_ms ?? Date.now()) - call.started_ms;
              return (
                <Fragment key={call.id}>
                  <tr className={shown ? 'bg-accent-tint' : 'hover:bg-hover'}>
                    <td>
                      <button
                        type="button"
                        className="flex items-center gap-2 tabular-nums"
                        aria-expanded={shown}
                        onClick={() => setOpen(shown ? null : call.id)}
                      >
                        <Arrow aria-hidden className="!h-3.5 !w-3.5 text-ink3" />
                        {new Date(call.started_ms).toLocaleTimeString(i18n.language)}
                      </button>
                    </td>
                    <td className="font-medium tabular-nums">{userOf(call.from)}</td>
                    <td className="tabular-nums">{userOf(call.to)}</td>
                    <td className="text-ink2 max-lg:hidden">
                      {call.callflow_name || call.callflow}
                    </td>
                    <td className="text-ink2 max-lg:hidden">{titleOf(call.path.at(-1)?.module)}</td>
                    <td className="tabular-nums max-sm:hidden">{minutes(length)}</td>
                    <td>
                      <Result call={call} />
                    </td>
                  </tr>
                  {shown && (
                    <tr>
                      <td colSpan={7} className="!p-0">
                        <CallDetail call={call} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              );
            })}
          </tbody>
        </table>
        {!isLoading && calls.length === 0 && (
          <p className="p-8 text-center text-ink3">{t('No calls found')}</p>
        )}
      </div>
    </main>
  );
}
