// The Media section: what callers can hear, where it is used, new sounds.
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { useServerEvents } from '@/api/events';
import { usePages } from '@/api/pages';
import { path } from '@/api/request';
import type { Media } from '@/api/types';
import { Editor, useLoadedContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { useChosen } from '@/seats/use-chosen';
import { useAccount, useMay } from '@/session/account';
import { LookOnly } from '@/session/look-only';
import { Page } from '@/ui/page';
import { PagedTable } from '@/ui/paged-table';
import { SearchField } from '@/ui/search-field';
import { toast } from '@/ui/toasts';
import { WaitingPanel } from '@/ui/waiting-panel';
import { DropArea } from './drop-area';
import { FileButton } from './file-button';
import { useMediaColumns } from './media-columns';
import { MediaDetail } from './media-detail';
import { RecordButton } from './record-button';
import { megabytes } from './size';
import { SpeakButton } from './speak-button';
import { UploadList } from './upload-list';
import { UPLOAD_BYTES_MAX, useUploads } from './uploads';

function DropHint() {
  const { t } = useTranslation();
  return (
    <div className="m-6 rounded-card border border-line2 border-dashed p-5 text-center max-sm:hidden">
      <p className="font-medium">{t('Drop audio files here')}</p>
      <p className="t-small text-ink3">
        {t('wav, mp3, flac, ogg or opus; up to 10 minutes and {{max}}', {
          max: megabytes(UPLOAD_BYTES_MAX),
        })}
      </p>
    </div>
  );
}

function useMediaPage() {
  const { t } = useTranslation();
  const account = useAccount().id;
  useServerEvents(account);
  const [search, setSearch] = useState('');
  const pages = usePages<Media>([account, 'media'], path`/accounts/${account}/media`, { search });
  const [chosen, choose] = useChosen('/media/{-$id}');
  const uploads = useUploads(account);
  const take = async (files: File[]) => {
    const last = files.at(-1);
    for (const file of files) {
      await uploads.send({ file, onSent: ({ id }) => file === last && choose(id) });
    }
  };
  const replace = (replaced: Media, file: File) =>
    uploads.send({
      file,
      replaced,
      onSent: ({ name }) => toast({ tone: 'ok', title: t('{{name}} has a new sound', { name }) }),
    });
  return { account, pages, search, setSearch, chosen, choose, uploads, take, replace };
}

export default function MediaPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { account, pages, search, setSearch, chosen, choose, uploads, take, replace } =
    useMediaPage();
  const context = useLoadedContext(account);
  const dated = pages.rows.some((one) => one.changed_ms !== undefined);
  const columns = useMediaColumns(account, chosen, choose, dated);
  const detail = chosen ? context.names.media.get(chosen) : undefined;
  const gone = chosen && context.names.media.size > 0 && !detail;
  const bytes = pages.rows.reduce((sum, one) => sum + one.original_bytes, 0);
  const note = !pages.more && !pages.loading && (
    <span className="max-sm:hidden">
      {t('{{count}} files', { count: pages.rows.length })}, {megabytes(bytes)}
    </span>
  );
  const deeds = may.edit ? (
    <>
      <RecordButton onSound={(file) => void take([file])} />
      <SpeakButton account={account} onMade={(media) => choose(media.id)} />
      <FileButton
        words={t('Upload')}
        fileWords={t('Audio file')}
        Icon={Upload}
        look="btn-primary"
        several
        onFiles={(files) => void take(files)}
      />
    </>
  ) : (
    <LookOnly />
  );
  return (
    <Editor.Provider value={context}>
      <Page title={t('Media')} note={note} deeds={deeds}>
        <DropArea allowed={may.edit} onFiles={(files) => void take(files)}>
          <div className="min-w-0 flex-1 overflow-y-auto">
            <div className="px-6 py-4 max-sm:px-4">
              <SearchField label={t('Search media')} onSearch={setSearch} />
              <UploadList list={uploads.list} forget={uploads.forget} />
            </div>
            <PagedTable
              label={t('Media')}
              pages={pages}
              columns={columns}
              keyOf={(one) => one.id}
              empty={
                search
                  ? t('Nothing found')
                  : t('No sounds yet. Callers hear them in Play, Menu and Response.')
              }
              chosen={chosen}
            />
            {may.edit && <DropHint />}
          </div>
          {gone && (
            <WaitingPanel
              title={t('Media')}
              error={new Error(t('This sound is not here any more.'))}
              onClose={() => choose(null)}
            />
          )}
          {detail && (
            <MediaDetail
              key={detail.id}
              account={account}
              media={detail}
              replace={(file) => void replace(detail, file)}
              close={() => choose(null)}
            />
          )}
        </DropArea>
      </Page>
    </Editor.Provider>
  );
}
