// A block to look at: nothing can be changed here. An unknown one is shown as it was imported.

import type { Action } from '@/api/types';
import { type Block, dataOf, notesOf } from '@/callflow/document';
import { shownSetting } from '@/callflow/face';
import { useEditorContext } from '@/editor/context';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { Facts } from '@/ui/facts';
import { Modal } from '@/ui/modal';
import { Tile } from '@/ui/tile';

function Settings({ action, block }: { action: Action; block: Block }) {
  const { t } = useTranslation();
  const { names } = useEditorContext();
  const rows = Object.entries(dataOf(block)).map(([name, value]): [string, string] => {
    const param = action.params[name];
    const label = param?.label ? t(param.label) : name;
    if (typeof value === 'object') return [label, JSON.stringify(value)];
    if (typeof value === 'boolean') return [label, value ? t('Yes') : t('No')];
    const shown = shownSetting(action, name, value, names, t);
    return [label, param?.unit ? `${shown} ${t(param.unit)}` : shown];
  });
  if (notesOf(block)) rows.push([t('Note'), notesOf(block)]);
  if (rows.length === 0) return <p className="text-ink2">{t('There is nothing to set here.')}</p>;
  return <Facts facts={rows} />;
}

export function LookPop({ block }: { block: Block }) {
  const { t } = useTranslation();
  const { catalog } = useEditorContext();
  const set = useView((state) => state.set);
  const close = () => set({ pop: null });
  const action = catalog.get(block.module);
  const unknown = t(
    'This server has no such action. The block is kept exactly as it was imported.',
  );
  const { children: _, ...shown } = block;
  return (
    <Modal
      title={action?.title ?? block.module}
      help={action ? t(action.summary) : unknown}
      tile={<Tile module={block.module} group={action?.group} size="l" mute={!action} />}
      width={520}
      onClose={close}
      footer={
        <button type="button" className="btn btn-lg ml-auto" onClick={close}>
          {t('Close')}
        </button>
      }
    >
      <div className="p-5">
        {action ? (
          <Settings action={action} block={block} />
        ) : (
          <pre className="overflow-x-auto t-code">{JSON.stringify(shown, null, 2)}</pre>
        )}
      </div>
    </Modal>
  );
}
