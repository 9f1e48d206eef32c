import { download, type Query } from '../api';
import { append, h, replace, type Child } from '../dom';
import { t } from '../locale';

export interface Column<T> {
  id: string;
  name: string;
  cell: (row: T) => Child;
  isNumber?: boolean;
  /** Makes the column one that can be sorted by. */
  key?: (row: T) => number | string;
  /** The same where whoever gives the rows sorts them, and hears of it by `onSort`. */
  isSortedElsewhere?: boolean;
  isHeader?: boolean;
}

export interface Sorting {
  column: string;
  isDescending: boolean;
}

export interface TableOptions<T> {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  className?: string;
}

/** A table that can be sorted by keyboard and pointer. Wide ones scroll by themselves. */
export function table<T>(options: TableOptions<T>): HTMLElement {
  let sorting = options.sorting;
  const body = h('tbody');
  const head = h('tr');

  const draw = () => {
    replace(
      head,
      options.columns.map((column) => heading(column, sorting, (next) => {
        sorting = next;
        options.onSort?.(next);
        draw();
        head.querySelector<HTMLElement>(`[data-column="${column.id}"]`)?.focus();
      })),
    );
    replace(body, sorted(options.rows, options.columns, sorting).map((row) => line(options.columns, row)));
  };
  draw();
  return h(
    'div',
    { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': options.caption },
    h(
      'table',
      { class: `table ${options.className ?? ''}` },
      h('caption', { class: 'visually-hidden' }, options.caption),
      h('thead', null, head),
      body,
    ),
  );
}

function heading<T>(column: Column<T>, sorting: Sorting | undefined, sort: (next: Sorting) => void): HTMLElement {
  const isCurrent = sorting?.column === column.id;
  const direction = !isCurrent ? 'none' : sorting.isDescending ? 'descending' : 'ascending';
  const canSort = column.key !== undefined || column.isSortedElsewhere === true;
  const cell = h('th', { scope: 'col', class: column.isNumber && 'number', 'aria-sort': canSort && direction });
  append(
    cell,
    canSort
      ? h(
          'button',
          {
            type: 'button',
            class: 'sort',
            'data-column': column.id,
            onclick: () =>
              sort({
                column: column.id,
                isDescending: isCurrent ? !sorting.isDescending : Boolean(column.isNumber),
              }),
          },
          column.name,
          h('span', { class: `arrow ${direction}`, 'aria-hidden': 'true' }),
        )
      : column.name,
  );
  return cell;
}

function line<T>(columns: readonly Column<T>[], row: T): HTMLElement {
  return h(
    'tr',
    null,
    columns.map((column) =>
      column.isHeader
        ? h('th', { scope: 'row' }, column.cell(row))
        : h('td', { class: column.isNumber && 'number' }, column.cell(row)),
    ),
  );
}

/** The rows in the order of a sorting; equal ones stay as they came. */
export function sorted<T>(rows: readonly T[], columns: readonly Column<T>[], sorting: Sorting | undefined): T[] {
  const key = columns.find((column) => column.id === sorting?.column)?.key;
  if (!key || !sorting) return [...rows];
  const sign = sorting.isDescending ? -1 : 1;
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return [...rows].sort((one, other) => {
    const a = key(one);
    const b = key(other);
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)));
  });
}

/**
 * A button that fetches the table at a path as CSV.
 *
 * @param query what is asked for, or what tells it when the button is pressed
 */
export function csvButton(path: string, query: Query | (() => Query), fileName: string): HTMLElement {
  const button = h('button', { type: 'button', class: 'button quiet' }, t('table.csv'));
  button.addEventListener('click', () => {
    button.disabled = true;
    void download(path, typeof query === 'function' ? query() : query, fileName).finally(() => {
      button.disabled = false;
    });
  });
  return button;
}
