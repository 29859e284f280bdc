// A block whose action this server does not have: shown as it is, kept as it is.
import { useTranslation } from 'react-i18next';
import type { Block } from '@/callflow/document';
import { useView } from '@/editor/view-store';
import { Modal } from '@/ui/modal';
import { Tile } from '@/ui/tile';

export function UnknownPop({ block }: { block: Block }) {
  const { t } = useTranslation();
  const set = useView((state) => state.set);
  const close = () => set({ pop: null });
  const { children: _, ...shown } = block;
  return (
    <Modal
      title={block.module}
      help={t('This server has no such action. The block is kept exactly as it was imported.')}
      tile={<Tile module={block.module} size="l" mute />}
      width={520}
      onClose={close}
      footer={
        <button type="button" className="btn btn-lg ml-auto" onClick={close}>
          {t('Close')}
        </button>
      }
    >
      <pre className="overflow-x-auto p-5 t-code">{JSON.stringify(shown, null, 2)}</pre>
    </Modal>
  );
}
