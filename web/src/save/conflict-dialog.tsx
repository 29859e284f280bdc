// Somebody else saved meanwhile: both versions side by side, nothing is lost.
import { useNavigate } from '@tanstack/react-router';
import { difference } from '@/callflow/difference';
import { useEditorContext } from '@/editor/context';
import { useEditor } from '@/editor/store';
import { ChangeList } from '@/history/change-list';
import { useTranslation } from '@/language/translate';
import { Modal } from '@/ui/modal';
import { toast } from '@/ui/toasts';
import { useConflict } from './conflict';
import { dropDraft } from './drafts';
import { saveAsCopy, useSaving } from './saving';

export default function ConflictDialog() {
  const { t, language } = useTranslation();
  const { account } = useEditorContext();
  const navigate = useNavigate();
  const conflict = useConflict((state) => state.conflict);
  const { save } = useSaving();
  const { saved, document } = useEditor.getState();
  if (!conflict) return null;
  const { theirs, current, etag } = conflict;
  const close = () => useConflict.setState({ conflict: null });
  const when = new Date(current.when_ms).toLocaleString(language);
  const overwrite = async () => {
    close();
    await save({ etag });
  };
  const take = () => {
    const mine = document;
    const state = useEditor.getState();
    dropDraft(account, state.id);
    state.open(theirs, etag);
    close();
    toast({
      tone: 'neutral',
      title: t('You now see version {{version}}', { version: theirs.latest }),
      action: { label: t('Back to mine'), run: () => useEditor.getState().change(mine) },
    });
  };
  const copy = async () => {
    const id = await saveAsCopy(account, document);
    dropDraft(account, useEditor.getState().id);
    useEditor.getState().open(theirs, etag);
    close();
    await navigate({ to: '/callflows/$id', params: { id } });
  };
  return (
    <Modal
      title={t('{{who}} saved version {{version}} meanwhile', {
        who: current.who,
        version: current.revision,
      })}
      help={when}
      width={820}
      onClose={close}
      footer={
        <>
          <button type="button" className="btn mr-auto" onClick={copy}>
            {t('Save mine as a copy')}
          </button>
          <button type="button" className="btn" onClick={take}>
            {t('Take theirs')}
          </button>
          <button type="button" className="btn btn-primary" onClick={overwrite}>
            {t('Save mine over it')}
          </button>
        </>
      }
    >
      <div className="grid gap-6 p-5 sm:grid-cols-2">
        <section>
          <h3 className="t-strong mb-2">{t('Your changes')}</h3>
          <ChangeList changes={difference(saved, document)} />
        </section>
        <section>
          <h3 className="t-strong mb-2">{t('Changes of {{who}}', { who: current.who })}</h3>
          <ChangeList changes={difference(saved, theirs.document)} />
        </section>
      </div>
    </Modal>
  );
}
