// Move a block, with all that follows it, without dragging.
import { Command } from 'cmdk';
import { idOf, type Place, walk } from '@/callflow/document';
import { useDeeds } from '@/editor/deeds';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { Modal } from '@/ui/modal';

const OFFERED_MAX = 200;

export function MovePop({ place }: { place: Place }) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const document = useEditor((state) => state.document);
  const set = useView((state) => state.set);
  const carried = deeds.carryBlock(place.block);
  const close = () => set({ pop: null });
  const targets = walk(document)
    .filter((one) => one.block !== place.block)
    .map((one) => ({ one, verdict: deeds.verdict({ under: idOf(one.block) }, carried) }))
    .filter(({ verdict }) => verdict.legal)
    .slice(0, OFFERED_MAX);
  return (
    <Modal
      title={t('Move {{name}}', { name: deeds.nameOf(place.block) })}
      help={t('It goes under the block that you choose, with all that follows it.')}
      width={460}
      onClose={close}
    >
      <Command label={t('Move to…')} className="p-3">
        <div className="field mb-2">
          <Command.Input placeholder={t('Search blocks')} aria-label={t('Search blocks')} />
        </div>
        <Command.List className="max-h-80 overflow-y-auto">
          <Command.Empty className="p-4 text-ink3">{t('Nothing found')}</Command.Empty>
          {targets.map(({ one }) => (
            <Command.Item
              key={idOf(one.block)}
              value={`${deeds.nameOf(one.block)} ${idOf(one.block)}`}
              className="menu-item"
              onSelect={() => {
                close();
                deeds.place({ under: idOf(one.block) }, carried);
              }}
            >
              {t('under {{name}}', { name: deeds.nameOf(one.block) })}
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Modal>
  );
}
