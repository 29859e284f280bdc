// A callflow from a file: stored as a draft, with what lint says about it.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { ApiProblem, path, request } from '@/api/request';
import { detailOf, hintOf, textOf } from '@/api/said';
import type { Finding, SavedCallflow } from '@/api/types';
import { translate, useTranslation } from '@/language/translate';
import { Modal } from '@/ui/modal';
import { type Outcome, useImporting } from './importing';

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info };
const TONES = { error: 'text-err', warning: 'text-warn', info: 'text-ink3' };

function Findings({ list }: { list: readonly Finding[] }) {
  return (
    <ul className="mt-3 flex max-h-72 flex-col gap-2 overflow-y-auto">
      {list.map((one) => {
        const Icon = ICONS[one.severity];
        return (
          <li key={`${one.code}${one.pointer}`} className="flex gap-2">
            <Icon aria-hidden className={`mt-0.5 ${TONES[one.severity]}`} />
            <span className="min-w-0">
              {textOf(one)} <span className="text-ink3">{hintOf(one)}</span>
              {one.pointer && <span className="block t-code text-ink3">{one.pointer}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

// Without its id a document becomes a callflow of its own.
async function withoutId(file: File): Promise<Blob> {
  const document: unknown = JSON.parse(await file.text());
  const { id: _, _id: __, ...rest } = document as Record<string, unknown>;
  return new Blob([JSON.stringify(rest)], { type: 'application/json' });
}

async function send(account: string, file: File, asCopy: boolean): Promise<Outcome> {
  try {
    const body = asCopy ? await withoutId(file) : new Blob([file], { type: 'application/json' });
    const to = path`/accounts/${account}/callflows`;
    const query = { note: translate('Imported from {{name}}', { name: file.name }) };
    return { stored: (await request<SavedCallflow>(to, { method: 'POST', body, query })).value };
  } catch (error) {
    if (error instanceof ApiProblem) return { problem: error.problem };
    throw error;
  }
}

function useSending(account: string, file: File) {
  const cache = useQueryClient();
  const { stage } = useImporting();
  const run = useCallback(
    async (asCopy: boolean) => {
      useImporting.setState({ stage: 'sent' });
      useImporting.setState({ stage: await send(account, file, asCopy) });
      await cache.invalidateQueries({ queryKey: [account] });
    },
    [account, cache, file],
  );
  useEffect(() => {
    if (useImporting.getState().stage === 'chosen') void run(false);
  }, [run]);
  return { outcome: typeof stage === 'string' ? null : stage, run };
}

function Stored({ stored }: { stored: SavedCallflow }) {
  const { t } = useTranslation();
  const { findings, document } = stored;
  const errors = findings.filter((one) => one.severity === 'error').length;
  return (
    <>
      <p>
        <b className="font-semibold">{document.name || t('No name')}</b>{' '}
        {errors > 0
          ? t('is stored as a draft. It can go live when its errors are mended.')
          : t('is stored as a draft. Open it, look at it, then make it live.')}
      </p>
      <Findings list={findings} />
    </>
  );
}

export default function ImportDialog({ account, file }: { account: string; file: File }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { outcome, run } = useSending(account, file);
  const close = () => useImporting.setState({ file: null });
  const stored = outcome && 'stored' in outcome ? outcome.stored : null;
  const problem = outcome && 'problem' in outcome ? outcome.problem : null;
  const told = problem?.findings?.length ? '' : problem && detailOf(problem);
  const notImported = told ? t('Not imported: {{why}}', { why: told }) : t('Not imported.');
  const open = () => {
    close();
    if (stored) void navigate({ to: '/callflows/$id', params: { id: stored.id } });
  };
  return (
    <Modal
      title={t('Import {{name}}', { name: file.name })}
      width={560}
      onClose={close}
      footer={
        <>
          <button type="button" className="btn btn-lg ml-auto" onClick={close}>
            {t('Close')}
          </button>
          {problem?.status === 409 && (
            <button type="button" className="btn btn-lg btn-primary" onClick={() => run(true)}>
              {t('Import as another one')}
            </button>
          )}
          {stored && (
            <button type="button" className="btn btn-lg btn-primary" onClick={open}>
              {t('Open')}
            </button>
          )}
        </>
      }
    >
      <div className="p-5" role="status">
        {!outcome && <p className="text-ink2">{t('Reading the file …')}</p>}
        {stored && <Stored stored={stored} />}
        {problem && (
          <>
            <p className="flex gap-2 text-err">
              <CircleAlert aria-hidden className="mt-0.5" />
              {problem.status === 409 ? t('A callflow with this id is here already.') : notImported}
            </p>
            <Findings list={problem.findings ?? []} />
          </>
        )}
      </div>
    </Modal>
  );
}
