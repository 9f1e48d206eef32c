import type { Cell } from '../answers';
import { h } from '../dom';
import { calendarParts, day, hour, joined, month, number, weekday, weekdays } from '../format';
import { t } from '../locale';

const STEPS = 5;

/** The step of the colour scale, 0 for nothing to `STEPS` for the most. */
export function heatOf(value: number, most: number): number {
  return value === 0 || most === 0 ? 0 : Math.min(STEPS, Math.max(1, Math.ceil((value / most) * STEPS)));
}

function told(cell: Cell, when: string, unit: string): string {
  if (cell.masked && (cell.first ?? 0) + cell.total > 0) return t('heat.masked', { when, n: number(cell.total) });
  return cell.first === undefined
    ? t('heat.mails', { when, n: number(cell.total), unit })
    : t('heat.cell', { when, n: number(cell.total), first: number(cell.first), unit });
}

/** The share of cells that lie within the scale; those beyond have the strongest colour too. */
const WITHIN = 0.97;

/**
 * Where the scale of colours ends: high enough for nearly all cells that rest on enough messages, so
 * that one outlier does not make all others look alike.
 */
export function mostOf(cells: readonly Cell[]): number {
  const totals = cells
    .filter((cell) => !cell.masked && cell.total > 0)
    .map((cell) => cell.total)
    .sort((one, other) => one - other);
  return totals[Math.ceil(totals.length * WITHIN) - 1] ?? 0;
}

function square(tag: 'td' | 'div', cell: Cell, when: string, unit: string, most: number, text = ''): HTMLElement {
  const label = told(cell, when, unit);
  return h(
    tag,
    {
      class: cell.masked ? `heat ${cell.total > 0 ? 'masked' : 'nothing'}` : `heat heat-${heatOf(cell.total, most)}`,
      tabindex: '-1',
      'data-tip': label,
      role: tag === 'div' ? 'img' : undefined,
      'aria-label': label,
    },
    text,
  );
}

/** The hours of a week: a row for each weekday in the language's order, a column for each hour. */
export function hourly(cells: readonly Cell[], caption: string, unit: string): HTMLElement {
  const most = mostOf(cells);
  const byPlace = new Map(cells.map((cell) => [`${cell.weekday}.${cell.hour}`, cell]));
  const hours = Array.from({ length: 24 }, (_, index) => index);
  const grid = h(
    'table',
    { class: 'hours', role: 'grid', 'aria-label': caption },
    h(
      'thead',
      null,
      h('tr', null, h('td', null), hours.map((value) => h('th', { scope: 'col', class: value % 3 === 0 ? '' : 'minor' }, h('span', null, hour(value))))),
    ),
    h(
      'tbody',
      null,
      weekdays().map((value) =>
        h(
          'tr',
          null,
          h('th', { scope: 'row' }, weekday(value)),
          hours.map((at) => {
            const cell = byPlace.get(`${value}.${at}`) ?? { total: 0, first: 0, masked: true };
            return square('td', cell, joined(weekday(value, 'long'), hour(at)), unit, most);
          }),
        ),
      ),
    ),
  );
  moveByKeys(grid);
  return h('div', { class: 'heat-scroll' }, grid);
}

/** Arrow keys go from cell to cell; one cell at a time can be reached with Tab. */
function moveByKeys(grid: HTMLTableElement): void {
  const rows = () => [...grid.tBodies[0]!.rows].map((row) => [...row.querySelectorAll<HTMLElement>('td.heat')]);
  const first = rows()[0]?.[0];
  first?.setAttribute('tabindex', '0');
  grid.addEventListener('keydown', (event) => {
    const all = rows();
    const y = all.findIndex((row) => row.includes(event.target as HTMLElement));
    const x = all[y]?.indexOf(event.target as HTMLElement) ?? -1;
    if (x < 0) return;
    const ahead = getComputedStyle(grid).direction === 'rtl' ? -1 : 1;
    const steps: Record<string, [number, number]> = {
      ArrowRight: [ahead, 0],
      ArrowLeft: [-ahead, 0],
      ArrowDown: [0, 1],
      ArrowUp: [0, -1],
    };
    const step = steps[event.key];
    const next = step && all[y + step[1]]?.[x + step[0]];
    if (!next) return;
    event.preventDefault();
    (event.target as HTMLElement).setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  });
}

/** Days as the months of the language's calendar: Jalali months, weeks from Saturday in Persian. */
export function calendar(cells: readonly Cell[], unit: string): HTMLElement {
  const most = mostOf(cells);
  const months: { name: string; cells: Cell[] }[] = [];
  let last = '';
  for (const cell of cells) {
    const parts = calendarParts(cell.date ?? '');
    const key = `${parts.year}.${parts.month}`;
    if (key !== last) {
      months.push({ name: month((cell.date ?? '') + 'T12:00:00Z', 'UTC'), cells: [] });
      last = key;
    }
    months.at(-1)?.cells.push(cell);
  }
  const order = weekdays();
  return h(
    'div',
    { class: 'calendar' },
    months.map((entry) =>
      h(
        'section',
        { class: 'month', 'aria-label': entry.name },
        h('h3', { class: 'month-name' }, entry.name),
        h(
          'div',
          { class: 'month-days' },
          order.map((value) => h('span', { class: 'month-weekday', 'aria-hidden': 'true' }, weekday(value, 'narrow'))),
          entry.cells.map((cell, index) => {
            const date = new Date((cell.date ?? '') + 'T12:00:00Z');
            const square0 = square('div', cell, day(date, 'UTC'), unit, most, number(calendarParts(cell.date ?? '').day));
            square0.setAttribute('tabindex', '0');
            if (index === 0) {
              const column = order.indexOf(((date.getUTCDay() + 6) % 7) + 1) + 1;
              square0.style.gridColumnStart = String(column);
            }
            return square0;
          }),
        ),
      ),
    ),
  );
}

/** What the colours stand for. */
export function heatLegend(): HTMLElement {
  return h(
    'p',
    { class: 'heat-legend' },
    h('span', { class: 'muted' }, t('heat.less')),
    h('span', { class: 'heat-scale', 'aria-hidden': 'true' }, Array.from({ length: STEPS + 1 }, (_, step) => h('span', { class: `heat heat-${step}` }))),
    h('span', { class: 'muted' }, t('heat.more')),
    h('span', { class: 'heat-key muted' }, h('span', { class: 'heat masked', 'aria-hidden': 'true' }), t('heat.maskedLegend')),
  );
}

/** The hours with the most, as they stand in the week, best first; masked ones never count. */
export function bestHours(cells: readonly Cell[], howMany: number): Cell[] {
  return [...cells]
    .filter((cell) => !cell.masked && cell.total > 0)
    .sort((one, other) => other.total - one.total || (other.first ?? 0) - (one.first ?? 0))
    .slice(0, howMany);
}
