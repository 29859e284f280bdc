// The Media section: what callers can hear, where it is used, new sounds.
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, Search, Upload, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerEvents } from '@/api/events';
import { mediaQuery } from '@/api/queries';
import type { Media } from '@/api/types';
import { minutes } from '@/callflow/face';
import { Editor, useLoadedContext } from '@/editor/context';
import { useAccount } from '@/session/account';
import { MediaDetail } from './media-detail';
import { PlayButton } from './play-button';
import { RecordButton } from './record-button';
import { megabytes } from './size';
import { ACCEPTED_AUDIO, type UploadState, useUploads } from './uploads';

function UploadRow({ one, forget }: { one: UploadState; forget: () => void }) {
  const { t } = useTranslation();
  return (
    <li className="flex items-center gap-3 border-line border-t px-3 py-2.5 first:border-t-0">
      {one.error ? <CircleAlert aria-hidden className="text-err" /> : <Upload aria-hidden />}
      <div className="min-w-0 flex-1">
        <div className="flex">
          <span className="flex-1 truncate font-medium">{one.name}</span>
          {!one.error && (
            <span className="t-small text-ink3">
              {megabytes(one.sent)} / {megabytes(one.total)}
            </span>
          )}
        </div>
        {one.error ? (
          <p className="t-small text-err">
            {one.error} {t('Use wav, mp3, flac, ogg or opus.')}
          </p>
        ) : (
          <progress className="h-1 w-full accent-accent" value={one.sent} max={one.total || 1} />
        )}
      </div>
      <button
        type="button"
        className="btn btn-ghost btn-icon btn-sm"
        aria-label={one.error ? t('Close') : t('Cancel the upload')}
        onClick={() => (one.error ? forget() : one.cancel())}
      >
        <X aria-hidden />
      </button>
    </li>
  );
}

function Row({
  one,
  account,
  on,
  choose,
}: {
  one: Media;
  account: string;
  on: boolean;
  choose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const day = one.changed_ms ? new Date(one.changed_ms).toLocaleDateString(i18n.language) : '';
  const used = one.used_by ?? 0;
  return (
    <tr className={on ? 'bg-accent-tint' : 'hover:bg-hover'}>
      <td>
        <span className="flex items-center gap-2.5">
          <PlayButton account={account} media={one.id} name={one.name} plain={!on} />
          <button type="button" className="truncate font-medium" onClick={choose}>
            {one.name}
          </button>
        </span>
      </td>
      <td className="text-ink2 max-sm:hidden">{one.source}</td>
      <td className="text-right tabular-nums">{minutes(one.duration_ms)}</td>
      <td className="text-ink2 max-sm:hidden">
        {used ? (
          t('{{count}} blocks', { count: used })
        ) : (
          <span className="text-ink3">{t('Not used')}</span>
        )}
      </td>
      <td className="text-ink3 max-lg:hidden">{day}</td>
    </tr>
  );
}

export default function MediaPage() {
  const { t } = useTranslation();
  const account = useAccount();
  const context = useLoadedContext(account.id);
  useServerEvents(account.id);
  const { data = [], isLoading } = useQuery(mediaQuery(account.id));
  const { list, send, forget } = useUploads(account.id);
  const picker = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const take = async (files: FileList | null) => {
    for (const file of [...(files ?? [])]) {
      const media = await send(file);
      if (media) setChosen(media.id);
    }
  };
  const shown = data.filter((one) => one.name.toLowerCase().includes(search.trim().toLowerCase()));
  const detail = data.find((one) => one.id === chosen);
  const bytes = data.reduce((sum, one) => sum + one.original_bytes, 0);
  return (
    <Editor.Provider value={context}>
      <main
        className="flex min-w-0 flex-1 flex-col max-sm:pb-16"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void take(event.dataTransfer.files);
        }}
      >
        <header className="panel-head border-line border-b !px-6">
          <h1 className="t-title">{t('Media')}</h1>
          <span className="flex-1 text-ink3">
            {t('{{count}} files', { count: data.length })}, {megabytes(bytes)}
          </span>
          <RecordButton
            onSound={(file) => void send(file).then((one) => one && setChosen(one.id))}
          />
          <button type="button" className="btn btn-primary" onClick={() => picker.current?.click()}>
            <Upload aria-hidden />
            {t('Upload')}
          </button>
          <input
            ref={picker}
            type="file"
            multiple
            accept={ACCEPTED_AUDIO}
            className="hidden"
            aria-label={t('Audio file')}
            onChange={(event) => void take(event.target.files)}
          />
        </header>
        <div className="flex min-h-0 flex-1">
          <div className="min-w-0 flex-1 overflow-y-auto">
            <div className="px-6 py-4">
              <div className="field field-sm max-w-[280px]">
                <Search aria-hidden />
                <input
                  value={search}
                  placeholder={t('Search media')}
                  aria-label={t('Search media')}
                  onChange={(event) => setSearch(event.target.value)}
                />
              </div>
              {list.length > 0 && (
                <ul className="mt-3 rounded-card border border-line">
                  {list.map((one) => (
                    <UploadRow key={one.key} one={one} forget={() => forget(one.key)} />
                  ))}
                </ul>
              )}
            </div>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('Name')}</th>
                  <th scope="col" className="max-sm:hidden">
                    {t('As uploaded')}
                  </th>
                  <th scope="col" className="!text-right">
                    {t('Length')}
                  </th>
                  <th scope="col" className="max-sm:hidden">
                    {t('Used in')}
                  </th>
                  <th scope="col" className="max-lg:hidden">
                    {t('Changed')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.map((one) => (
                  <Row
                    key={one.id}
                    one={one}
                    account={account.id}
                    on={one.id === chosen}
                    choose={() => setChosen(one.id)}
                  />
                ))}
              </tbody>
            </table>
            {!isLoading && shown.length === 0 && (
              <p className="p-8 text-center text-ink3">{t('Nothing found')}</p>
            )}
            <div className="m-6 rounded-card border border-line2 border-dashed p-5 text-center">
              <p className="font-medium">{t('Drop audio files here')}</p>
              <p className="t-small text-ink3">{t('wav, mp3, flac, ogg or opus')}</p>
            </div>
          </div>
          {detail && (
            <MediaDetail
              key={detail.id}
              account={account.id}
              media={detail}
              close={() => setChosen(null)}
            />
          )}
        </div>
      </main>
    </Editor.Provider>
  );
}
