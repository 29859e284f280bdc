// Deleting a whole callflow: asks, and says which others run it when that forbids it.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem, path, request } from '@/api/request';
import type { Use } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { dropDraft } from '@/save/drafts';
import { Hint } from '@/ui/hint';
import { Modal } from '@/ui/modal';
import { toast } from '@/ui/toasts';
import { useEditorContext } from './context';
import { useEditor } from './store';

const usesQuery = (account: string, id: string) => ({
  queryKey: [account, 'callflow', id, 'used-by'],
  queryFn: async () => {
    const to = path`/accounts/${account}/callflows/${id}/used-by`;
    return (await request<{ items: Use[] }>(to)).value.items;
  },
});

function Uses({ uses }: { uses: readonly Use[] }) {
  const { t } = useTranslation();
  const callflows = new Map(uses.map((one) => [one.callflow, one.name || one.callflow]));
  return (
    <>
      <p>{t('Other callflows run this one. Take it out of them first:')}</p>
      <ul className="mt-2 flex flex-col gap-1">
        {[...callflows].map(([id, name]) => (
          <li key={id}>
            <Link to="/callflows/$id" params={{ id }} className="btn btn-link">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

export default function DeleteDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { account } = useEditorContext();
  const { id, etag, saved, published } = useEditor.getState();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState('');
  const callflow = id ?? '';
  const { data: uses, refetch } = useQuery(usesQuery(account, callflow));
  const name = saved.name || t('No name');
  const remove = async () => {
    try {
      const to = path`/accounts/${account}/callflows/${callflow}`;
      await request(to, { method: 'DELETE', ifMatch: etag });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error.problem.detail);
      if (error.status === 409) await refetch();
      return;
    }
    dropDraft(account, id);
    useEditor.setState({ document: useEditor.getState().saved }); // nothing is left to be lost
    close();
    toast({ tone: 'neutral', title: t('{{name}} deleted', { name }) });
    await navigate({ to: '/callflows' });
    await cache.invalidateQueries({ queryKey: [account] });
  };
  const free = uses?.length === 0;
  return (
    <Modal
      title={t('Delete {{name}}?', { name })}
      width={460}
      onClose={close}
      footer={
        <>
          <button type="button" className="btn btn-lg ml-auto" onClick={close}>
            {t('Keep it')}
          </button>
          <button type="button" className="btn btn-lg btn-danger" disabled={!free} onClick={remove}>
            {t('Delete callflow')}
          </button>
        </>
      }
    >
      <div className="p-5">
        {uses && uses.length > 0 && <Uses uses={uses} />}
        {free && (
          <p>
            {published > 0 && `${t('It takes calls now; its numbers will find nobody.')} `}
            {t('All its versions go. This can’t be undone.')}
          </p>
        )}
        {problem && <Hint tone="err">{problem}</Hint>}
      </div>
    </Modal>
  );
}
