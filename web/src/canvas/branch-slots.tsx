// The free branches of the block that something is dragged over: a drop there chooses the branch.

import { branchWords, DIGITS, freeKeys } from '@/callflow/branches';
import type { Block } from '@/callflow/document';
import { useEditorContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { useDropPlace } from './drop-place';

const DIGITS_SHOWN = 3;

function Slot({ under, slot, words }: { under: string; slot: string; words: string }) {
  const drop = useDropPlace({ under, key: slot });
  return (
    <span
      className="branch-slot"
      data-slot={slot}
      data-drop={drop.state}
      title={drop.reason}
      {...drop.handlers}
    >
      {words}
    </span>
  );
}

export function BranchSlots({ id, block }: { id: string; block: Block }) {
  const { t } = useTranslation();
  const { catalog } = useEditorContext();
  const action = catalog.get(block.module);
  const free = freeKeys(action, block);
  const digits = free.filter((key) => DIGITS.includes(key));
  const shown = [...digits.slice(0, DIGITS_SHOWN), ...free.filter((key) => !DIGITS.includes(key))];
  return (
    <span className="branch-slots">
      {shown.map((key) => {
        const { cap, words } = branchWords(action, key, t);
        return <Slot key={key} under={id} slot={key} words={cap || words} />;
      })}
    </span>
  );
}
