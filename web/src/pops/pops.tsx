// Which pop-up is open. Loaded when the first one is.
import { findPlace } from '@/callflow/document';
import { InsertPop } from '@/catalog/insert-pop';
import { useEditorContext } from '@/editor/context';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';
import { ResponsePop } from '@/response/response-pop';
import { ActionPop } from './action-pop';
import type { Opened } from './block-form';
import { KeyPop } from './key-pop';
import { LookPop } from './look-pop';
import { MainPop } from './main-pop';
import { MovePop } from './move-pop';
import { ShortcutsPop } from './shortcuts-pop';

function BlockPop({ opened }: { opened: Opened }) {
  return opened.action.name === 'response' ? (
    <ResponsePop opened={opened} />
  ) : (
    <ActionPop opened={opened} />
  );
}

export default function Pops() {
  const pop = useView((state) => state.pop);
  const document = useEditor((state) => state.document);
  const { catalog } = useEditorContext();
  if (!pop) return null;
  if (pop.kind === 'look') return <LookPop block={pop.block} />;
  if (pop.kind === 'main') return <MainPop />;
  if (pop.kind === 'help') return <ShortcutsPop />;
  if (pop.kind === 'insert') return <InsertPop at={pop.at} />;
  if (pop.kind === 'new') return <BlockPop opened={pop} />;
  const place = findPlace(document, pop.id);
  if (!place) return null;
  if (pop.kind === 'key') return <KeyPop id={pop.id} place={place} />;
  if (pop.kind === 'move') return <MovePop place={place} />;
  const action = catalog.get(place.block.module);
  if (!action) return <LookPop block={place.block} />;
  return (
    <BlockPop key={pop.id} opened={{ kind: 'edit', id: pop.id, block: place.block, action }} />
  );
}
