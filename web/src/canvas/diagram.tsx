// The diagram: React Flow carries pan and zoom; positions come from layout.ts.
import { type Node, type NodeProps, ReactFlow, useReactFlow, useStore } from '@xyflow/react';
import { createContext, useContext, useEffect, useMemo, useRef } from 'react';
import { branchWords } from '@/callflow/branches';
import { type CallflowDocument, notesOf } from '@/callflow/document';
import { faceOf } from '@/callflow/face';
import { isExtension, shownNumber } from '@/callflow/numbers';
import { useEditorContext } from '@/editor/context';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { BlockView, heightOf } from './block-view';
import { READABLE_ZOOM_MIN, useDetail } from './detail';
import { type Layout, layOut, type Placed } from './layout';
import { MainBlock } from './main-block';
import { type Marks, NO_MARKS } from './marks';
import { Overview } from './overview';
import { firstView, glide, nearest, setPicture, ZOOM_MAX, ZOOM_MIN, ZOOM_TO_READ } from './picture';
import { Wires } from './wires';
import '@/styles/canvas.css';

type BlockNode = Node<{ placed: Placed; marks: Marks; readOnly: boolean }, 'block'>;

const OVERVIEW_BLOCKS_MIN = 12;

// The document in the diagram: an older one when history or a call's path is looked at.
const Shown = createContext<CallflowDocument>({});

function BlockNodeView({ data: { placed, marks, readOnly } }: NodeProps<BlockNode>) {
  const document = useContext(Shown);
  if (placed.block) {
    return <BlockView placed={placed} block={placed.block} marks={marks} readOnly={readOnly} />;
  }
  return (
    <MainBlock
      document={document}
      readOnly={readOnly}
      {...(marks.step === undefined ? {} : { step: marks.step })}
      {...(marks.faded ? { faded: true } : {})}
    />
  );
}

// Keys that it tells of are not ours, and in English.
const NO_WORDS = {
  'node.a11yDescription.default': '',
  'node.a11yDescription.keyboardDisabled': '',
  'edge.a11yDescription.default': '',
};
const NODE_TYPES = { block: BlockNodeView };

const TAG_ROW = 24;
const TAG_GAP = 4;
const TAGS_WIDTH = 130; // beside the label
const TAG_CHARACTER = 7.1;

// How high a list of numbers is: tags wrap like words.
function tagsHeight(list: readonly string[]): number {
  let rows = 1;
  let used = 0;
  for (const number of list) {
    const width = 14 + [...shownNumber(number)].length * TAG_CHARACTER;
    if (used > 0 && used + TAG_GAP + width > TAGS_WIDTH) {
      rows += 1;
      used = 0;
    }
    used += (used > 0 ? TAG_GAP : 0) + width;
  }
  return rows * TAG_ROW + (rows - 1) * TAG_GAP;
}

function mainHeight(document: CallflowDocument): number {
  const numbers = document.numbers ?? [];
  const groups = [
    tagsHeight(numbers.filter(isExtension)),
    tagsHeight(numbers.filter((number) => !isExtension(number))),
    ...(document.patterns?.length ? [tagsHeight(document.patterns)] : []),
    ...(notesOf(document).trim() ? [TAG_ROW] : []),
  ];
  return 76 + groups.reduce((sum, height) => sum + height, 0) + (groups.length - 1) * 6;
}

export function useLayout(document: CallflowDocument): Layout {
  const { catalog, names } = useEditorContext();
  const { t } = useTranslation();
  const collapsed = useView((state) => state.collapsed);
  return useMemo(
    () =>
      layOut(document, collapsed, {
        height: (block) => {
          if (!block) return mainHeight(document);
          const height = heightOf(faceOf(block, catalog.get(block.module), names, t));
          return height + (collapsed.has(String(block.id)) ? 30 : 0);
        },
        branch: (parent, key) => {
          const words = branchWords(catalog.get(parent.module), key, t);
          return words.cap || words.words ? words : null;
        },
      }),
    [document, collapsed, catalog, names, t],
  );
}

function nodeOf(placed: Placed, marks: Marks, readOnly: boolean): BlockNode {
  const { width, height } = placed;
  return {
    id: placed.id,
    type: 'block',
    position: { x: placed.x - width / 2, y: placed.y },
    data: { placed, marks, readOnly },
    style: { pointerEvents: 'all' }, // React Flow gives none to what is neither dragged nor selected
    width,
    height,
    measured: { width, height }, // known: nothing is read back from the page
  };
}

interface Props {
  document: CallflowDocument;
  marks?: ReadonlyMap<string, Marks> | undefined;
  readOnly?: boolean;
}

export function Diagram({ document, marks, readOnly = false }: Props) {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const layout = useLayout(document);
  const { blocks, sketched } = useDetail(layout);
  const made = useRef(new WeakMap<Placed, BlockNode>());
  const nodes = useMemo(
    () =>
      blocks.map((placed) => {
        const wanted = marks?.get(placed.id) ?? NO_MARKS;
        const known = made.current.get(placed);
        if (known && known.data.marks === wanted && known.data.readOnly === readOnly) return known;
        const node = nodeOf(placed, wanted, readOnly);
        made.current.set(placed, node);
        return node;
      }),
    [blocks, marks, readOnly],
  );
  const moved = useRef(false);
  // A press on the outlines goes to the nearest block, where it can be read.
  const enter = (event: React.MouseEvent) => {
    if (!sketched || flow.getZoom() >= READABLE_ZOOM_MIN) return;
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const { x, y } = nearest(layout, at) ?? at;
    moved.current = true;
    void flow.setCenter(x, y, { zoom: ZOOM_TO_READ, ...glide() });
  };
  return (
    <Shown.Provider value={document}>
      <ReactFlow
        className="diagram"
        aria-label={t('Diagram')}
        nodes={nodes}
        nodeTypes={NODE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        ariaLabelConfig={NO_WORDS}
        zoomOnDoubleClick={false}
        minZoom={ZOOM_MIN}
        maxZoom={ZOOM_MAX}
        proOptions={{ hideAttribution: true }}
        onPaneClick={enter}
        onMoveStart={(event) => {
          if (event) moved.current = true;
        }}
      >
        <Wires layout={layout} marks={marks} sketched={sketched} />
        <View layout={layout} name={document.id ?? 'new'} moved={moved} />
        {layout.placed.length >= OVERVIEW_BLOCKS_MIN && <Overview layout={layout} />}
      </ReactFlow>
    </Shown.Provider>
  );
}

interface ViewProps {
  layout: Layout;
  name: string; // another one is looked at from the start
  moved: React.RefObject<boolean>; // by hand
}

// The first view, again when the room changes, until somebody moves the picture.
function View({ layout, name, moved }: ViewProps) {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const shown = useRef({ name: '', width: 0 });
  useEffect(() => {
    if (!width) return;
    setPicture({ flow, layout, size: { width, height } });
    if (shown.current.name !== name) moved.current = false;
    if (shown.current.name === name && shown.current.width === width) return;
    shown.current = { name, width };
    if (!moved.current) void flow.setViewport(firstView(layout, { width, height }));
  }, [flow, layout, name, moved, width, height]);
  useEffect(() => () => setPicture(null), []);
  return null;
}
