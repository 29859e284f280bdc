// What passed between the caller, the server and whoever was rung, in time order.

import { useEditorNames } from '@/calls/names';
import { useTranslation } from '@/language/translate';
import { type Column, columnsOf, type LadderSource } from './columns';
import { arrow, LINES_FROM, type Plan, planOf, type Spot, TIMES } from './layout';
import { type Row, rowsOf, spoken } from './rows';
import { useWidth } from './use-width';

const USUAL_WIDTH = 600; // before it is known

function Head({ column, index, plan }: { column: Column; index: number; plan: Plan }) {
  const x = plan.x(index);
  return (
    <g>
      {column.told && <title>{column.told}</title>}
      <text x={x} y="12" textAnchor="middle" className="ladder-head">
        {plan.head(index, column.title)}
      </text>
      <text x={x} y="27" textAnchor="middle" className="ladder-place">
        {plan.place(index, column.place)}
      </text>
    </g>
  );
}

function Bar({ spot }: { spot: Spot }) {
  const left = Math.min(spot.x1, spot.x2) + 1;
  const width = Math.abs(spot.x2 - spot.x1) - 2;
  return <rect x={left} y={spot.y} width={width} height="26" rx="5" className="ladder-bar" />;
}

function RowOf({ row, spot }: { row: Row; spot: Spot }) {
  const sound = row.kind === 'sound';
  return (
    <g className={row.final ? 'ladder-final' : ''}>
      <title>{row.told}</title>
      {sound ? <Bar spot={spot} /> : <path d={arrow(spot)} className="ladder-arrow" />}
      <text
        x={spot.textX}
        y={spot.textY}
        textAnchor="middle"
        className={sound ? 'ladder-sound' : 'ladder-text'}
      >
        {spot.text}
      </text>
    </g>
  );
}

// Stays in view when a ladder of many parties is scrolled.
function Times({ rows, plan }: { rows: Row[]; plan: Plan }) {
  return (
    <svg width={TIMES} height={plan.height} className="ladder-times" aria-hidden="true">
      {rows.map((row, index) => (
        <text
          key={`${index}-${row.text}`}
          x="0"
          y={plan.spots[index]?.timeY}
          className="ladder-time"
        >
          {(row.at_ms / 1000).toFixed(3)}
        </text>
      ))}
    </svg>
  );
}

export function Ladder({ source }: { source: LadderSource }) {
  const { t } = useTranslation();
  const names = useEditorNames();
  const { width, measured } = useWidth(USUAL_WIDTH);
  const columns = columnsOf(source, t);
  const rows = rowsOf(source, columns, names, t);
  const plan = planOf(columns.length, rows, width);
  return (
    <div
      ref={measured}
      className="flex overflow-x-auto"
      data-ladder
      {...(plan.width > width ? { tabIndex: 0 } : {})}
    >
      <Times rows={rows} plan={plan} />
      <svg
        width={plan.width}
        height={plan.height}
        className="shrink-0"
        style={{ marginLeft: -TIMES }}
        viewBox={`0 0 ${plan.width} ${plan.height}`}
        role="img"
        aria-label={rows.map((row) => spoken(row, columns)).join('; ')}
      >
        {columns.map((column, index) => (
          <path
            key={`${column.legs[0]}-${column.title}`}
            d={`M${plan.x(index)} ${LINES_FROM}V${plan.height}`}
            className="ladder-life"
          />
        ))}
        {columns.map((column, index) => (
          <Head
            key={`${column.legs[0]}-${column.title}`}
            column={column}
            index={index}
            plan={plan}
          />
        ))}
        {rows.map((row, index) => {
          const spot = plan.spots[index];
          return spot && <RowOf key={`${index}-${row.text}`} row={row} spot={spot} />;
        })}
      </svg>
    </div>
  );
}
