// The diagram: React Flow carries pan and zoom; positions come from layout.ts.
import {
  type Edge,
  type EdgeProps,
  Handle,
  MiniMap,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  useReactFlow,
} from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { branchWords, type Say } from '@/callflow/branches';
import type { CallflowDocument } from '@/callflow/document';
import { faceOf } from '@/callflow/face';
import { isExtension, shownNumber } from '@/callflow/numbers';
import { useEditorContext } from '@/editor/context';
import { MAIN, useView } from '@/editor/view-store';
import { BlockView, heightOf, type Marks } from './block-view';
import { type Layout, layOut, type Placed, wirePath } from './layout';
import { MainBlock } from './main-block';
import '@/styles/canvas.css';

type BlockNode = Node<{ placed: Placed; marks: Marks; readOnly: boolean }, 'block'>;
type WireEdge = Edge<{ path: boolean; change?: string }, 'wire'>;

const MINIMAP_BLOCKS_MIN = 12;
const NO_MARKS: Marks = {};

function BlockNodeView({ data }: NodeProps<BlockNode>) {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <BlockOrMain data={data} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

function BlockOrMain({ data }: { data: BlockNode['data'] }) {
  const { placed, marks, readOnly } = data;
  if (placed.block) {
    return <BlockView placed={placed} block={placed.block} marks={marks} readOnly={readOnly} />;
  }
  return (
    <MainBlock
      readOnly={readOnly}
      {...(marks.step === undefined ? {} : { step: marks.step })}
      {...(marks.faded ? { faded: true } : {})}
    />
  );
}

function Wire({ sourceX, sourceY, targetX, targetY, data }: EdgeProps<WireEdge>) {
  return (
    <path
      className="wire"
      d={wirePath(sourceX, sourceY, targetX, targetY)}
      data-path={data?.path}
      data-change={data?.change}
    />
  );
}

const NODE_TYPES = { block: BlockNodeView };
const EDGE_TYPES = { wire: Wire };

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
          const height = heightOf(faceOf(block, catalog.get(block.module), names, t as Say));
          return height + (collapsed.has(String(block.id)) ? 30 : 0);
        },
        hasChip: (parent, key) => {
          const { cap, words } = branchWords(
            parent ? catalog.get(parent.module) : undefined,
            key,
            t as Say,
          );
          return Boolean(cap || words);
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
    handles: [
      { type: 'target', position: Position.Top, x: width / 2, y: 0, width: 0, height: 0 },
      { type: 'source', position: Position.Bottom, x: width / 2, y: height, width: 0, height: 0 },
    ],
  };
}

interface Props {
  document: CallflowDocument;
  marks?: ReadonlyMap<string, Marks>;
  readOnly?: boolean;
}

export function Diagram({ document, marks, readOnly = false }: Props) {
  const { t } = useTranslation();
  const layout = useLayout(document);
  const panel = useView((state) => state.panel);
  const { nodes, edges } = useMemo(() => {
    const of = (id: string) => marks?.get(id) ?? NO_MARKS;
    return {
      nodes: layout.placed.map((placed) => nodeOf(placed, of(placed.id), readOnly)),
      edges: layout.placed
        .filter((placed) => placed.parent !== null)
        .map((placed): WireEdge => {
          const { change, step } = of(placed.id);
          return {
            id: `wire-${placed.id}`,
            source: placed.parent ?? MAIN,
            target: placed.id,
            type: 'wire',
            data: { path: step !== undefined, ...(change ? { change } : {}) },
          };
        }),
    };
  }, [layout, marks, readOnly]);
  return (
    <ReactFlow
      className="diagram"
      aria-label={t('Diagram')}
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      disableKeyboardA11y
      zoomOnDoubleClick={false}
      onlyRenderVisibleElements={layout.placed.length > 150}
      minZoom={0.05}
      maxZoom={1.6}
      proOptions={{ hideAttribution: true }}
    >
      <FirstView layout={layout} name={`${document.id ?? 'new'} ${panel}`} />
      {layout.placed.length >= MINIMAP_BLOCKS_MIN && (
        <MiniMap
          pannable
          zoomable
          ariaLabel={t('Overview')}
          nodeColor="var(--connector)"
          maskColor="color-mix(in srgb, var(--canvas) 70%, transparent)"
          bgColor="var(--panel)"
          style={{ width: 140, height: 96 }}
        />
      )}
    </ReactFlow>
  );
}

// Once per callflow: the Main Callflow Block at the top, as much of the rest as is readable.
function FirstView({ layout, name }: { layout: Layout; name: string }) {
  const flow = useReactFlow();
  const shown = useRef('');
  useEffect(() => {
    if (shown.current === name || layout.placed.length === 0) return;
    const box = window.document.querySelector('.react-flow')?.getBoundingClientRect();
    if (!box?.width) return;
    shown.current = name;
    const zoom = Math.max(0.5, Math.min(1, (box.width - 48) / (layout.width + 40)));
    const main = layout.placed[0];
    const centre = zoom > 0.5 ? middle(layout) : (main?.x ?? 0);
    flow.setViewport({ x: box.width / 2 - centre * zoom, y: 28, zoom });
  }, [flow, layout, name]);
  return null;
}

function middle(layout: Layout): number {
  const xs = layout.placed.map((one) => one.x);
  return (Math.min(...xs) + Math.max(...xs)) / 2;
}
