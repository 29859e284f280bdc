// The pop-up of every action without one of its own: a form from action.json.
import { GitBranch } from 'lucide-react';
import { useState } from 'react';
import type { JsonObject } from '@/callflow/document';
import { useTranslation } from '@/language/translate';
import { Modal } from '@/ui/modal';
import { Tile } from '@/ui/tile';
import { type Opened, useBlockForm } from './block-form';
import { BranchField } from './branch-field';
import { BypassNote } from './bypass-note';
import { HelpButton } from './help-button';
import { NoteField } from './note-field';
import { ParamField } from './param-field';
import { paramProblem } from './params';

export function ActionPop({ opened }: { opened: Opened }) {
  const { t } = useTranslation();
  const { action } = opened;
  const form = useBlockForm(opened);
  const [data, setData] = useState<Record<string, unknown>>(form.data);
  const params = Object.entries(action.params);
  const bad = params.some(([name, param]) => paramProblem(param, data[name]) !== null);
  const blocked = bad || form.keyProblem !== null;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (blocked) return;
    const set = Object.entries(data).filter(([, value]) => value !== undefined);
    form.commit(Object.fromEntries(set) as JsonObject);
  };
  return (
    <Modal
      title={action.title}
      help={t(action.summary)}
      tile={<Tile module={action.name} group={action.group} size="l" />}
      aside={<HelpButton action={action} />}
      width={520}
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
            form="action-form"
            className="btn btn-lg btn-primary"
            disabled={blocked}
          >
            {form.fresh ? t('Add {{title}}', { title: action.title }) : t('Apply')}
          </button>
        </>
      }
    >
      <form id="action-form" className="flex flex-col gap-5 p-5" onSubmit={submit}>
        <BypassNote form={form} />
        {form.parent && (
          <BranchField parent={form.parent} value={form.key} onChange={form.setKey} />
        )}
        {params.length === 0 && !form.parent && (
          <p className="text-ink2">{t('There is nothing to set here.')}</p>
        )}
        {params.map(([name, param]) => (
          <ParamField
            key={name}
            action={action}
            name={name}
            param={param}
            value={data[name]}
            beside={data}
            onChange={(value) => setData({ ...data, [name]: value })}
          />
        ))}
        <NoteField value={form.notes} onChange={form.setNotes} />
      </form>
    </Modal>
  );
}
