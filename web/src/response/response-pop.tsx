// The Response pop-up: SIP Code, Message, Media; beside them what the caller gets.
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight, GitBranch } from 'lucide-react';
import { useState } from 'react';
import { codesQuery } from '@/api/queries';
import { answersCall } from '@/callflow/placement';
import { useEditorContext } from '@/editor/context';
import { useEditor } from '@/editor/store';
import { useTranslation } from '@/language/translate';
import { type BlockForm, type Opened, useBlockForm } from '@/pops/block-form';
import { BranchField } from '@/pops/branch-field';
import { BypassNote } from '@/pops/bypass-note';
import { HelpButton } from '@/pops/help-button';
import { NoteField } from '@/pops/note-field';
import { ParamField } from '@/pops/param-field';
import { Modal } from '@/ui/modal';
import { Tile } from '@/ui/tile';
import { CodePicker, readFacts } from './code-picker';
import type { CodeFacts } from './codes';
import { MediaField } from './media-field';
import { checkMessage } from './message';
import { MessageField } from './message-field';
import { type Judgement, OutcomePreview } from './outcome-preview';
import { previewLines } from './preview';
import { type ResponseFields, readResponse, writeResponse } from './response-data';

function useJudgement(
  form: BlockForm,
  fields: ResponseFields,
  facts: CodeFacts | null,
  seconds: number,
): Judgement {
  const { t } = useTranslation();
  const { catalog } = useEditorContext();
  const err = (text: string): Judgement => ({ tone: 'err', head: t('Not yet.'), text });
  if (form.keyProblem) return err(form.keyProblem);
  if (fields.code === '') return err(t('Choose a SIP Code.'));
  if (!facts) return err(t('A SIP Code has three digits.'));
  if (facts.verdict === 'no') return err(t('{{code}} can’t end a call.', { code: facts.code }));
  if (checkMessage(fields.message).problem) {
    return err(t('Fix the message, then this Response can be added.'));
  }
  if (facts.code < 400 && fields.redirectTo.length === 0) {
    return err(t('Fill “Redirect to” under More.'));
  }
  const answered = form.before.find((block) => answersCall(catalog.get(block.module), block));
  if (answered) {
    const title = catalog.get(answered.module)?.title ?? answered.module;
    const text = t('{{title}} has answered before, so the caller gets a hang-up, not {{code}}.', {
      title,
      code: facts.code,
    });
    return { tone: 'warn', head: t('Works differently here.'), text };
  }
  const heard = seconds
    ? t('The caller hears {{count}} s of audio, then gets {{code}}.', {
        count: Math.round(seconds),
        code: facts.code,
      })
    : t('The caller gets {{code}} at once.', { code: facts.code });
  if (facts.verdict === 'warn' || facts.doubtful) {
    return { tone: 'warn', head: t('Works, but think twice.'), text: heard };
  }
  const text = `${heard} ${t('The call is never answered, so it is normally free.')}`;
  return { tone: 'ok', head: t('Ready.'), text };
}

function More({
  opened,
  fields,
  change,
}: {
  opened: Opened;
  fields: ResponseFields;
  change: (part: Partial<ResponseFields>) => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(fields.rest.length > 0);
  const Arrow = open ? ChevronDown : ChevronRight;
  const names = Object.keys(opened.action.params).filter(
    (name) => !['code', 'message', 'media'].includes(name),
  );
  if (names.length === 0) return null;
  return (
    <div>
      <button
        type="button"
        className="flex min-h-6 items-center gap-2 font-medium text-ink2"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Arrow aria-hidden className="!h-3.5 !w-3.5" />
        {t('More: Q.850 cause, Retry-After, headers')}
      </button>
      {open && (
        <div className="mt-3 flex flex-col gap-4">
          {names.map((name) => {
            const param = opened.action.params[name];
            if (!param) return null;
            const value = fields.extra[name];
            const put = (next: unknown) => change({ extra: { ...fields.extra, [name]: next } });
            const field = { action: opened.action, name, param, value, onChange: put };
            return <ParamField key={name} {...field} />;
          })}
        </div>
      )}
    </div>
  );
}

export function ResponsePop({ opened }: { opened: Opened }) {
  const { t } = useTranslation();
  const { account, names } = useEditorContext();
  const form = useBlockForm(opened);
  const { data: codes } = useQuery(codesQuery);
  const document = useEditor((state) => state.document);
  const [fields, setFields] = useState(() => readResponse(form.data, form.fresh));
  const change = (part: Partial<ResponseFields>) => setFields({ ...fields, ...part });
  const facts = readFacts(codes, fields.code);
  const media = names.media.get(fields.media);
  const judged = { ...fields, redirectTo: (fields.extra.redirect_to as string[]) ?? [] };
  const judgement = useJudgement(form, judged, facts, media ? media.duration_ms / 1000 : 0);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (judgement.tone !== 'err') form.commit(writeResponse(form.data, fields));
  };
  const lines = facts
    ? previewLines({
        facts,
        message: fields.message,
        q850: String(fields.extra.q850_cause ?? ''),
        retryAfter: String(fields.extra.retry_after ?? ''),
        redirectTo: judged.redirectTo,
        number: document.numbers?.[0] ?? '',
      })
    : ['SIP/2.0 …'];
  return (
    <Modal
      title={opened.action.title}
      help={t(opened.action.summary)}
      tile={<Tile module="response" group={opened.action.group} size="l" />}
      aside={<HelpButton action={opened.action} />}
      width={960}
      onClose={form.close}
      footer={
        <>
          <GitBranch aria-hidden className="text-ink3" />
          <span className="min-w-0 flex-1 truncate text-ink3">{form.where}</span>
          <button type="button" className="btn btn-lg" onClick={form.close}>
            {t('Cancel')}
          </button>
          <button
            type="submit"
            form="response-form"
            className="btn btn-lg btn-primary"
            disabled={judgement.tone === 'err'}
          >
            {form.fresh ? t('Add Response') : t('Apply')}
          </button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] sm:grid-cols-[540px_minmax(0,1fr)]">
        <form id="response-form" className="flex flex-col gap-5 p-5" onSubmit={submit}>
          <BypassNote form={form} />
          {form.parent && (
            <BranchField parent={form.parent} value={form.key} onChange={form.setKey} />
          )}
          <div>
            <div className="mb-1.5 font-medium" aria-hidden>
              SIP Code
            </div>
            {codes && (
              <CodePicker
                inputId="response-code"
                codes={codes}
                value={fields.code}
                facts={facts}
                onChange={(code) => change({ code })}
              />
            )}
          </div>
          <MessageField
            value={fields.message}
            phrase={facts?.phrase ?? ''}
            onChange={(message) => change({ message })}
          />
          <MediaField
            label="Media"
            value={fields.media}
            hint={t(
              'Heard before the call ends, without answering it. You can also drop a file here.',
            )}
            onChange={(one) => change({ media: one })}
          />
          <More opened={opened} fields={fields} change={change} />
          <NoteField value={form.notes} onChange={form.setNotes} />
        </form>
        <div className="border-line bg-sunk p-5 sm:border-l">
          <OutcomePreview
            account={account}
            callflow={document.name ?? ''}
            facts={facts}
            message={fields.message}
            media={media}
            lines={lines}
            judgement={judgement}
          />
        </div>
      </div>
    </Modal>
  );
}
