// Another branch for a block and all that follows it.
import { useState } from 'react';
import type { Place } from '@/callflow/document';
import { renameKey } from '@/callflow/operations';
import { useDeeds } from '@/editor/deeds';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { Modal } from '@/ui/modal';
import { BranchField, useBranchProblem } from './branch-field';

export function KeyPop({ id, place }: { id: string; place: Place }) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const set = useView((state) => state.set);
  const [key, setKey] = useState(place.key);
  const parent = place.parent ?? place.block;
  const problem = useBranchProblem(parent, key, place.key);
  const close = () => set({ pop: null });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (problem) return;
    close();
    const { document } = useEditor.getState();
    deeds.perform(renameKey(document, id, key), t('Branch changed'));
  };
  return (
    <Modal
      title={t('Branch')}
      help={`${deeds.nameOf(parent)} → ${deeds.nameOf(place.block)}`}
      width={440}
      onClose={close}
      footer={
        <button
          type="submit"
          form="key-form"
          className="btn btn-lg btn-primary ml-auto"
          disabled={problem !== null}
        >
          {t('Apply')}
        </button>
      }
    >
      <form id="key-form" className="p-5" onSubmit={submit}>
        <BranchField parent={parent} value={key} own={place.key} onChange={setKey} />
      </form>
    </Modal>
  );
}
