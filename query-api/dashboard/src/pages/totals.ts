import type { Counts, TotalRow } from '../answers';
import { chart } from '../chart/charts';
import { h, replace, type Child } from '../dom';
import { gregorianMonth, ltr, money, number } from '../format';
import { t, type Key } from '../locale';
import { figure } from '../parts/figure';
import { pageHead, panel, segmented } from '../parts/page';
import { allRows } from '../parts/paged';
import { empty, section } from '../parts/states';
import { csvButton, table, type Column } from '../parts/table';
import { keepInAddress, type PageView, type Visit } from '../router';

const BY: readonly { value: 'month' | 'campaign' | 'label' | 'subject'; name: Key }[] = [
  { value: 'month', name: 'totals.month' },
  { value: 'campaign', name: 'totals.campaign' },
  { value: 'label', name: 'totals.label' },
  { value: 'subject', name: 'totals.subject' },
];

/** All campaigns added up: by month, campaign, label or subject. */
export function totalsPage(visit: Visit): PageView {
  let by = BY.find(({ value }) => value === visit.query.get('by'))?.value ?? 'month';
  const place = h('div', { class: 'stack' });
  const show = () => {
    keepInAddress({ by });
    const chosen = by;
    replace(
      place,
      section(
        (signal) => allRows<TotalRow>('/totals', 'totals', signal, { by: chosen }),
        ({ rows }) => {
          if (rows.length === 0) return h('div', { class: 'card' }, empty(t('totals.none'), t('totals.noneHint')));
          return chosen === 'month' ? months(rows, visit.signal) : whole(chosen, rows);
        },
        visit.signal,
      ),
    );
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
          by = value as typeof by;
          show();
        }),
        h('span', { class: 'spacer' }),
        csvButton('/totals', { by }, 'totals.csv'),
      ),
      place,
    ),
  };
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
  const heading = t(BY.find(({ value }) => value === by)?.name ?? 'totals.campaign');
  return h(
    'div',
    { class: 'card flush' },
    table<TotalRow>({
      caption: t('totals.title'),
      rows,
      sorting: { column: 'sent', isDescending: true },
      columns: [
        { id: 'name', name: heading, isHeader: true, key: (row) => row[by] ?? '', cell: (row) => nameOf(by, row[by] ?? null) },
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

function nameOf(by: string, value: string | null): Child {
  if (value === null || value === '') return h('span', { class: 'muted' }, t('totals.untold'));
  return by === 'campaign'
    ? h('a', { href: `/campaigns/${encodeURIComponent(value)}`, class: 'row-title' }, ltr(value))
    : h('bdi', { class: 'row-title' }, value);
}
