// One media: hear, rename, replace, see where it is used, delete.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, Download, Info, RefreshCw, Trash2, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { audioAddress, mediaUsesQuery, peaksQuery } from '@/api/queries';
import { ApiProblem, path, request } from '@/api/request';
import type { Media, Use } from '@/api/types';
import { upload } from '@/api/upload';
import { useEditorContext } from '@/editor/context';
import { ask } from '@/ui/confirm';
import { Tile } from '@/ui/tile';
import { toast } from '@/ui/toasts';
import { Player } from './player';
import { megabytes } from './size';
import { ACCEPTED_AUDIO } from './uploads';

interface Props {
  account: string;
  media: Media;
  close: () => void;
}

function UsedIn({ uses }: { uses: Use[] }) {
  const { t } = useTranslation();
  const { catalog } = useEditorContext();
  return (
    <section className="border-line border-t p-5">
      <h3 className="t-strong">
        {t('Used in')}{' '}
        <span className="font-normal text-ink3">
          {t('{{count}} blocks', { count: uses.length })}
        </span>
      </h3>
      <ul>
        {uses.map((use) => (
          <li key={`${use.callflow}${use.block}${use.pointer}`}>
            <Link
              to="/callflows/$id"
              params={{ id: use.callflow }}
              className="mt-2 flex items-center gap-3 rounded-control p-1.5 hover:bg-hover"
            >
              <Tile module={use.module ?? ''} group={catalog.get(use.module ?? '')?.group} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{use.name}</span>
                <span className="block truncate t-small text-ink3">
                  {catalog.get(use.module ?? '')?.title ?? use.module}
                </span>
              </span>
              <ChevronRight aria-hidden className="text-ink3" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function MediaDetail({ account, media, close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(media.name);
  const { data: uses = [] } = useQuery(mediaUsesQuery(account, media.id));
  const { data: peaks } = useQuery(peaksQuery(account, media.id));
  const address = audioAddress(account, media.id);
  const fresh = () => cache.invalidateQueries({ queryKey: [account, 'media'] });
  const failed = (error: unknown) =>
    toast({ tone: 'err', title: error instanceof Error ? error.message : String(error) });

  const rename = async () => {
    const wanted = name.trim();
    if (!wanted || wanted === media.name) return;
    try {
      const to = path`/accounts/${account}/media/${media.id}`;
      const { etag } = await request<Media>(to);
      await request<Media>(to, { method: 'PUT', body: { name: wanted }, ifMatch: etag });
      await fresh();
    } catch (error) {
      failed(error);
    }
  };
  const replace = async (file: File | undefined) => {
    if (!file) return;
    try {
      const to = path`/accounts/${account}/media/${media.id}/audio`;
      await upload({ method: 'PUT', path: to, ifMatch: '*' }, file, () => undefined).done;
      await fresh();
      toast({ tone: 'ok', title: t('{{name}} has a new sound', { name: media.name }) });
    } catch (error) {
      failed(error);
    }
  };
  const remove = async () => {
    const yes = await ask({
      title: t('Delete {{name}}?', { name: media.name }),
      text: t('The sound is gone then. No callflow uses it.'),
      yes: t('Delete'),
      no: t('Keep it'),
      danger: true,
    });
    if (!yes) return;
    try {
      await request(path`/accounts/${account}/media/${media.id}`, {
        method: 'DELETE',
        ifMatch: '*',
      });
      await fresh();
      close();
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 409) await fresh();
      failed(error);
    }
  };
  const facts: [string, string][] = [
    [t('Uploaded as'), `${media.source}, ${megabytes(media.original_bytes)}`],
    [t('Id'), media.id],
  ];
  return (
    <aside
      className="flex w-[420px] flex-none flex-col overflow-y-auto border-line border-l max-lg:fixed
        max-lg:inset-0 max-lg:z-30 max-lg:w-full max-lg:bg-panel"
      aria-label={media.name}
    >
      <div className="panel-head border-line border-b">
        <input
          className="t-title min-w-0 flex-1 bg-transparent"
          aria-label={t('Name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onBlur={rename}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
        <button
          type="button"
          className="btn btn-ghost btn-icon btn-sm"
          aria-label={t('Close')}
          onClick={close}
        >
          <X aria-hidden />
        </button>
      </div>
      <div className="p-5">
        <Player address={address} peaks={peaks?.peaks} durationMs={media.duration_ms} />
      </div>
      <dl className="grid grid-cols-[120px_1fr] gap-y-2 border-line border-t p-5">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink3">{label}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      <UsedIn uses={uses} />
      <div className="mt-auto border-line border-t p-5">
        <div className="flex flex-wrap gap-2">
          <button type="button" className="btn" onClick={() => picker.current?.click()}>
            <RefreshCw aria-hidden />
            {t('Replace audio')}
          </button>
          <a className="btn" href={address} download={`${media.name}.wav`}>
            <Download aria-hidden />
            {t('Download')}
          </a>
          <button
            type="button"
            className="btn btn-ghost ml-auto"
            disabled={uses.length > 0}
            onClick={remove}
          >
            <Trash2 aria-hidden />
            {t('Delete')}
          </button>
        </div>
        {uses.length > 0 && (
          <p className="mt-2 flex gap-1.5 t-small text-ink3">
            <Info aria-hidden className="!h-3.5 !w-3.5" />
            {t('In use, so it can’t be deleted. Replacing keeps the blocks working.')}
          </p>
        )}
        <input
          ref={picker}
          type="file"
          accept={ACCEPTED_AUDIO}
          className="hidden"
          aria-label={t('Audio file')}
          onChange={(event) => void replace(event.target.files?.[0])}
        />
      </div>
    </aside>
  );
}
