// A list of the server as a table: its pages, no rows, a problem, a row that opens.
import { CircleAlert } from 'lucide-react';
import { type FocusEvent, Fragment, type ReactNode, useEffect, useRef } from 'react';
import type { Pages } from '@/api/pages';
import { useTranslation } from '@/language/translate';

export interface Column<Row> {
  title: string;
  cell: (row: Row) => ReactNode;
  from?: 'sm' | 'lg'; // narrower screens leave it out
  right?: boolean;
  look?: string; // of its cells
}

interface Props<Row> {
  label: string;
  pages: Pages<Row>;
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  empty: ReactNode;
  chosen?: string | null;
  below?: (row: Row) => ReactNode; // under the chosen row
}

const FROM = { sm: 'max-sm:hidden', lg: 'max-lg:hidden' };

function placeOf<Row>({ from, right }: Column<Row>): string {
  return `${from ? FROM[from] : ''} ${right ? '!text-right' : ''}`;
}

function End<Row>({ pages, empty }: { pages: Pages<Row>; empty: ReactNode }) {
  const { t } = useTranslation();
  if (pages.problem) {
    return (
      <p role="alert" className="flex items-center justify-center gap-2 p-8 text-err">
        <CircleAlert aria-hidden />
        {pages.problem}
      </p>
    );
  }
  if (pages.more) {
    return (
      <div className="grid place-items-center p-4">
        <button type="button" className="btn" disabled={pages.fetching} onClick={pages.more}>
          {t('Show more')}
        </button>
      </div>
    );
  }
  if (pages.loading || pages.rows.length > 0) return null;
  return <div className="p-8 text-center text-ink3">{empty}</div>;
}

// A row is pressed anywhere, not on its name alone (keys have its button). What else can be pressed
// in it, or was marked to be copied, goes first.
function openRow({ currentTarget: row, target }: React.MouseEvent<HTMLElement>) {
  const pressed = target as Element;
  if (!row.contains(pressed) || pressed.closest('a, button, input')) return;
  if (window.getSelection()?.toString()) return;
  const opener = row.querySelector<HTMLElement>('[aria-expanded]');
  opener?.focus({ preventScroll: true });
  opener?.click();
}

// A row that goes takes the focus along: the row that comes in its place gets it.
function useFocusInRows(rows: readonly unknown[]) {
  const body = useRef<HTMLTableSectionElement>(null);
  const held = useRef<HTMLTableRowElement | null>(null);
  const at = useRef(0);
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    held.current = target.closest('tr');
    at.current = held.current?.sectionRowIndex ?? 0;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there are other rows
  useEffect(() => {
    if (!held.current || held.current.isConnected) return;
    held.current = null;
    if (document.activeElement !== document.body) return;
    const all = body.current?.rows;
    const next = all?.[at.current] ?? all?.[at.current - 1];
    next?.querySelector<HTMLElement>('button, a')?.focus();
  }, [rows]);
  return { ref: body, onFocus };
}

export function PagedTable<Row>(props: Props<Row>) {
  const { label, pages, columns, keyOf, empty, chosen, below } = props;
  const focus = useFocusInRows(pages.rows);
  return (
    <>
      <table className="table" aria-label={label} aria-busy={pages.loading}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" className={placeOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...focus}>
          {pages.rows.map((row) => {
            const key = keyOf(row);
            const on = key === chosen;
            return (
              <Fragment key={key}>
                <tr className={on ? 'bg-accent-tint' : 'hover:bg-hover'} onClick={openRow}>
                  {columns.map((column) => (
                    <td key={column.title} className={`${placeOf(column)} ${column.look ?? ''}`}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
                {on && below && (
                  <tr>
                    <td colSpan={columns.length} className="!p-0">
                      {below(row)}
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
      <End pages={pages} empty={empty} />
    </>
  );
}
