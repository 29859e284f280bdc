// One media: hear, rename, replace, see where it is used, delete.
import { useQuery } from '@tanstack/react-query';
import { Download, RefreshCw, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { audioAddress, mediaUsesQuery } from '@/api/queries';
import type { Media } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { useMay } from '@/session/account';
import { Facts } from '@/ui/facts';
import { SidePanel } from '@/ui/side-panel';
import { useTimeWords } from '@/ui/time-words';
import { FileButton } from './file-button';
import { MediaName } from './media-name';
import { MediaPlayer } from './media-player';
import { megabytes } from './size';
import { UsedIn } from './used-in';

const DeletePop = lazy(() => import('./delete-pop'));

interface Props {
  account: string;
  media: Media;
  replace: (file: File) => void;
  close: () => void;
}

export function MediaDetail({ account, media, replace, close }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const { moment } = useTimeWords();
  const [deleting, setDeleting] = useState(false);
  const { data: uses = [] } = useQuery(mediaUsesQuery(account, media.id));
  const facts: [string, string][] = [
    [t('Uploaded as'), `${media.source}, ${megabytes(media.original_bytes)}`],
    [t('Callers hear'), t('G.711, 8 kHz, as you hear it here')],
    ...(media.changed_ms ? [[t('Changed'), moment(media.changed_ms)] as [string, string]] : []),
    [t('Id'), media.id],
  ];
  const heading = may.edit && <MediaName key={media.name} account={account} media={media} />;
  const footer = (
    <>
      {may.edit && (
        <FileButton
          words={t('Replace audio')}
          fileWords={t('New audio file')}
          Icon={RefreshCw}
          onFiles={([file]) => file && replace(file)}
        />
      )}
      <a className="btn" href={audioAddress(account, media)} download={`${media.name}.wav`}>
        <Download aria-hidden />
        {t('Download')}
      </a>
      {may.edit && (
        <button
          type="button"
          className="btn btn-ghost ml-auto"
          aria-haspopup="dialog"
          onClick={() => setDeleting(true)}
        >
          <Trash2 aria-hidden />
          {t('Delete')}
        </button>
      )}
    </>
  );
  return (
    <SidePanel title={media.name} heading={heading || undefined} onClose={close} footer={footer}>
      <div className="p-5">
        <MediaPlayer account={account} media={media} />
      </div>
      <Facts facts={facts} look="border-line border-t p-5" />
      <section className="border-line border-t p-5">
        <h3 className="t-strong">
          {t('Used in')}{' '}
          <span className="font-normal text-ink3">
            {uses.length ? t('{{count}} blocks', { count: uses.length }) : t('no callflow')}
          </span>
        </h3>
        <UsedIn uses={uses} />
      </section>
      {deleting && (
        <Suspense fallback={null}>
          <DeletePop
            account={account}
            media={media}
            uses={uses}
            onClose={() => setDeleting(false)}
            onDeleted={close}
          />
        </Suspense>
      )}
    </SidePanel>
  );
}
