// Delete a media. One that blocks play needs another to take its place.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { mediaQuery } from '@/api/queries';
import { ApiProblem, path, reasonOf, request } from '@/api/request';
import type { Media, Use } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { Modal } from '@/ui/modal';
import { toast } from '@/ui/toasts';
import { UsedIn } from './used-in';

interface Props {
  account: string;
  media: Media;
  uses: Use[];
  onClose: () => void;
  onDeleted: () => void;
}

function Instead({
  account,
  media,
  value,
  onChange,
}: {
  account: string;
  media: Media;
  value: string;
  onChange: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(mediaQuery(account));
  const others = data.filter((one) => one.id !== media.id);
  const hint = t('Each of these callflows gets a new version; live ones change at once.');
  return (
    <Labelled label={t('Played instead')} hint={<Hint>{hint}</Hint>}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('Choose a media')}</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

export default function DeletePop({ account, media, uses, onClose, onDeleted }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const form = useId();
  const [known, setKnown] = useState(uses);
  const [instead, setInstead] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const used = known.length > 0;
  const remove = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    try {
      await request(path`/accounts/${account}/media/${media.id}`, {
        method: 'DELETE',
        ifMatch: '*',
        query: { replace_with: instead },
      });
      onDeleted();
      toast({ tone: 'ok', title: t('{{name}} is deleted', { name: media.name }) });
      await cache.invalidateQueries({ queryKey: [account] });
    } catch (error) {
      // Somebody began to use it while this was open.
      if (error instanceof ApiProblem) setKnown(error.problem.used_by ?? known);
      setProblem(reasonOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      title={t('Delete {{name}}?', { name: media.name })}
      width={460}
      onClose={onClose}
      footer={
        <>
          <span className="flex-1" />
          <button type="button" className="btn btn-lg" onClick={onClose}>
            {t('Keep it')}
          </button>
          <button
            type="submit"
            form={form}
            className="btn btn-lg btn-danger"
            disabled={busy || (used && !instead)}
          >
            <Trash2 aria-hidden />
            {used ? t('Replace and delete') : t('Delete')}
          </button>
        </>
      }
    >
      <form id={form} className="flex flex-col gap-4 p-5" onSubmit={remove}>
        {used ? (
          <>
            <div>
              <p>{t('{{count}} blocks play it, so it can’t just go.', { count: known.length })}</p>
              <div className="mt-1 max-h-56 overflow-y-auto px-1.5">
                <UsedIn uses={known} />
              </div>
            </div>
            <Instead account={account} media={media} value={instead} onChange={setInstead} />
          </>
        ) : (
          <p>{t('The sound is gone then. No callflow uses it.')}</p>
        )}
        {problem && <Hint tone="err">{problem}</Hint>}
      </form>
    </Modal>
  );
}
