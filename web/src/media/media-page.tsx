// The Media section: what callers can hear, where it is used, new sounds.
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerEvents } from '@/api/events';
import { usePages } from '@/api/pages';
import { path } from '@/api/request';
import type { Media } from '@/api/types';
import { Editor, useLoadedContext } from '@/editor/context';
import { useAccount } from '@/session/account';
import { Page } from '@/ui/page';
import { PagedTable } from '@/ui/paged-table';
import { SearchField } from '@/ui/search-field';
import { useMediaColumns } from './media-columns';
import { MediaDetail } from './media-detail';
import { RecordButton } from './record-button';
import { megabytes } from './size';
import { UploadList } from './upload-list';
import { ACCEPTED_AUDIO, useUploads } from './uploads';

export default function MediaPage() {
  const { t } = useTranslation();
  const account = useAccount();
  const context = useLoadedContext(account.id);
  useServerEvents(account.id);
  const [search, setSearch] = useState('');
  const pages = usePages<Media>([account.id, 'media'], path`/accounts/${account.id}/media`, {
    search,
  });
  const { list, send, forget } = useUploads(account.id);
  const picker = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const columns = useMediaColumns(account.id, chosen, setChosen);
  const take = async (files: FileList | null) => {
    for (const file of [...(files ?? [])]) {
      const media = await send(file);
      if (media) setChosen(media.id);
    }
  };
  const detail = pages.rows.find((one) => one.id === chosen);
  const bytes = pages.rows.reduce((sum, one) => sum + one.original_bytes, 0);
  const note = !pages.more && (
    <>
      {t('{{count}} files', { count: pages.rows.length })}, {megabytes(bytes)}
    </>
  );
  const deeds = (
    <>
      <RecordButton onSound={(file) => void send(file).then((one) => one && setChosen(one.id))} />
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
    </>
  );
  return (
    <Editor.Provider value={context}>
      <Page title={t('Media')} note={note} deeds={deeds}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the button Upload does the same */}
        <div
          className="flex min-h-0 flex-1"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            void take(event.dataTransfer.files);
          }}
        >
          <div className="min-w-0 flex-1 overflow-y-auto">
            <div className="px-6 py-4">
              <SearchField label={t('Search media')} onSearch={setSearch} />
              <UploadList list={list} forget={forget} />
            </div>
            <PagedTable
              label={t('Media')}
              pages={pages}
              columns={columns}
              keyOf={(one) => one.id}
              empty={t('Nothing found')}
              chosen={chosen}
            />
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
      </Page>
    </Editor.Provider>
  );
}
