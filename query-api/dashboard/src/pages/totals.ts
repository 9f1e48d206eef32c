import type { Counts, PeriodRow, TotalRow } from '../answers';
import { chart } from '../chart/charts';
import { h, replace, type Child } from '../dom';
import { gregorianMonth, ltr, money, number } from '../format';
import { t, type Key } from '../locale';
import { asked, changed, inAddress, periodIn, periodPicker } from '../parts/change';
import { figure } from '../parts/figure';
import { pageHead, panel, segmented } from '../parts/page';
import { allRows } from '../parts/paged';
import { empty, section } from '../parts/states';
import { csvButton, table, type Column } from '../parts/table';
import { keepInAddress, type PageView, type Visit } from '../router';

type By = 'month' | 'campaign' | 'label' | 'subject';

const BY: readonly { value: By; name: Key }[] = [
  { value: 'month', name: 'totals.month' },
  { value: 'campaign', name: 'totals.campaign' },
  { value: 'label', name: 'totals.label' },
  { value: 'subject', name: 'totals.subject' },
];

/** All campaigns added up: by month, or of all time or a period by campaign, label or subject. */
export function totalsPage(visit: Visit): PageView {
  let by = BY.find(({ value }) => value === visit.query.get('by'))?.value ?? 'month';
  let period = periodIn(visit.query);
  const place = h('div', { class: 'stack' });
  const periods = h('div', { class: 'toolbar-part' }, periodPicker(period, (chosen) => {
    period = chosen;
    show();
  }));
  const query = () => ({ by, ...(by === 'month' ? {} : asked(period)) });
  const show = () => {
    keepInAddress({ by, ...inAddress(period) });
    // By month, the row before is what to compare with.
    periods.hidden = by === 'month';
    const chosen = by;
    const question = query();
    replace(place, section((signal) => drawn(chosen, question, signal), (node) => node, visit.signal));
  };
  const drawn = async (chosen: By, question: Record<string, string>, signal: AbortSignal): Promise<Node> => {
    if (chosen !== 'month' && question['from'] !== undefined) {
      const { rows } = await allRows<PeriodRow>('/totals', 'totals', signal, question);
      return rows.length === 0 ? nothing() : inPeriod(chosen, rows, question);
    }
    const { rows } = await allRows<TotalRow>('/totals', 'totals', signal, question);
    if (rows.length === 0) return nothing();
    return chosen === 'month' ? months(rows, visit.signal) : whole(chosen, rows);
  };
  show();
  const title = t('totals.title');
  return {
    title,
    content: h(
      'div',
      null,
      pageHead({ title, lead: t('totals.lead') }),
      h(
        'div',
        { class: 'toolbar' },
        segmented(t('totals.by'), BY.map(({ value, name }) => ({ value, name: t(name) })), by, (value) => {
          by = value as By;
          show();
        }),
        periods,
        h('span', { class: 'spacer' }),
        csvButton('/totals', query, 'totals.csv'),
      ),
      place,
    ),
  };
}

function nothing(): HTMLElement {
  return h('div', { class: 'card' }, empty(t('totals.none'), t('totals.noneHint')));
}

const sums = (row: TotalRow, event: string) => row.counts?.[event]?.total ?? 0;

function months(rows: readonly TotalRow[], signal: AbortSignal): Node {
  const name = (row: TotalRow) => gregorianMonth(row.month ?? '');
  const plain = (id: string, heading: string): Column<TotalRow> => ({ id, name: heading, isNumber: true, key: (row) => sums(row, id), cell: (row) => number(sums(row, id)) });
  return h(
    'div',
    { class: 'stack' },
    panel(
      t('timeline.title'),
      t('timeline.hint'),
      chart({
        label: t('totals.chart'),
        categories: rows.map(name),
        categoryName: t('totals.month'),
        series: [
          { name: t('campaigns.opened'), values: rows.map((row) => sums(row, 'opened')), colour: 'accent', type: 'bar' },
          { name: t('campaigns.clicked'), values: rows.map((row) => sums(row, 'clicked')), colour: 'warn', type: 'bar' },
        ],
        signal,
      }),
    ),
    h(
      'div',
      { class: 'card flush' },
      table<TotalRow>({
        caption: t('totals.title'),
        rows,
        sorting: { column: 'month', isDescending: true },
        columns: [
          { id: 'month', name: t('totals.month'), isHeader: true, key: (row) => row.month ?? '', cell: name },
          plain('sent', t('type.sent')),
          plain('opened', t('campaigns.opened')),
          plain('clicked', t('campaigns.clicked')),
          plain('replied', t('type.replied')),
        ],
      }),
    ),
  );
}

function whole(by: 'campaign' | 'label' | 'subject', rows: readonly TotalRow[]): Node {
  const counted = (id: string, heading: string, value: (counts: Counts) => number): Column<TotalRow> => {
    const read = (row: TotalRow) => (row.counts?.[id] ? value(row.counts[id]) : 0);
    return { id, name: heading, isNumber: true, key: read, cell: (row) => number(read(row)) };
  };
  return h(
    'div',
    { class: 'card flush' },
    table<TotalRow>({
      caption: t('totals.title'),
      rows,
      sorting: { column: 'sent', isDescending: true },
      columns: [
        { id: 'name', name: headingOf(by), isHeader: true, key: (row) => row[by] ?? '', cell: (row) => nameOf(by, row[by] ?? null) },
        counted('sent', t('type.sent'), (counts) => counts.unique),
        counted('opened', t('campaigns.opened'), (counts) => counts.human_unique ?? 0),
        counted('clicked', t('campaigns.clicked'), (counts) => counts.human_unique ?? 0),
        {
          id: 'ctr',
          name: t('metric.click_through_rate'),
          isNumber: true,
          key: (row) => row.rates?.click_through_rate.value ?? -1,
          cell: (row) => row.rates && figure(row.rates.click_through_rate),
        },
        counted('converted', t('type.converted'), (counts) => counts.unique),
        {
          id: 'revenue',
          name: t('money.revenue'),
          isNumber: true,
          cell: (row) => Object.entries(row.revenue ?? {}).map(([currency, sum]) => h('div', null, money(sum, currency))),
        },
      ],
    }),
  );
}

const HAPPENED = [
  ['sent', 'type.sent'],
  ['opened', 'campaigns.opened'],
  ['clicked', 'campaigns.clicked'],
  ['replied', 'type.replied'],
] as const;

/** What happened in a period; a row that has something in the period before only is here too. */
function inPeriod(by: 'campaign' | 'label' | 'subject', rows: readonly PeriodRow[], question: Record<string, string>): Node {
  const column = ([event, name]: (typeof HAPPENED)[number]): Column<PeriodRow> => {
    const now = (row: PeriodRow) => row.counts[event]?.total ?? 0;
    return {
      id: event,
      name: t(name),
      isNumber: true,
      key: now,
      cell: (row) => (row.previous ? changed(now(row), row.previous[event]?.total ?? 0) : number(now(row))),
    };
  };
  return h(
    'div',
    { class: 'card flush', 'data-from': question['from'], 'data-to': question['to'] },
    table<PeriodRow>({
      caption: t('totals.title'),
      rows,
      sorting: { column: 'sent', isDescending: true },
      columns: [
        { id: 'name', name: headingOf(by), isHeader: true, key: (row) => row[by] ?? '', cell: (row) => nameOf(by, row[by] ?? null) },
        ...HAPPENED.map(column),
      ],
    }),
  );
}

const headingOf = (by: By) => t(BY.find(({ value }) => value === by)?.name ?? 'totals.campaign');

function nameOf(by: string, value: string | null): Child {
  if (value === null || value === '') return h('span', { class: 'muted' }, t('totals.untold'));
  return by === 'campaign'
    ? h('a', { href: `/campaigns/${encodeURIComponent(value)}`, class: 'row-title' }, ltr(value))
    : h('bdi', { class: 'row-title' }, value);
}
