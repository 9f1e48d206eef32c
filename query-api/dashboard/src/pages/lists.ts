import type { Growth, ListRow } from '../answers';
import { get } from '../api';
import { chart } from '../chart/charts';
import { h, replace } from '../dom';
import { ltr, number, shortDay } from '../format';
import { t } from '../locale';
import { card, figure, rateCard } from '../parts/figure';
import { pageHead, panel, segmented } from '../parts/page';
import { paged } from '../parts/paged';
import { empty, failed, loading } from '../parts/states';
import { csvButton, table, type Column } from '../parts/table';
import { keepInAddress, navigate, type PageView, type Visit } from '../router';
import { finder } from './recipients';

const DAYS = ['7', '30', '90', '365'] as const;
const DEFAULT_DAYS = '30';

/** The number of days that an address names. */
function daysIn(query: URLSearchParams): string {
  return DAYS.find((days) => days === query.get('days')) ?? DEFAULT_DAYS;
}

/** The choice of a period that ends now; it stands in the address. */
function periods(chosen: string, choose: (days: string) => void): HTMLElement {
  return segmented(t('list.period'), DAYS.map((value) => ({ value, name: t('list.last', { n: number(Number(value)) }) })), chosen, (days) => {
    keepInAddress({ days: days === DEFAULT_DAYS ? '' : days });
    choose(days);
  });
}

const since = (days: string) => new Date(Date.now() - Number(days) * 86_400_000).toISOString().slice(0, 10);

/** All mailing lists, and how each grew. */
export function listsPage(visit: Visit): PageView {
  const title = t('lists.title');
  const place = h('div', { class: 'card flush' });
  let days = daysIn(visit.query);
  const show = () =>
    replace(
      place,
      paged<ListRow>({
        path: '/lists',
        query: { from: since(days), limit: 200 },
        rowsName: 'lists',
        signal: visit.signal,
        none: () => empty(t('lists.none'), t('lists.noneHint')),
        draw: listTable,
      }),
    );
  show();
  return {
    title,
    content: h(
      'div',
      null,
      pageHead({ title, lead: t('lists.lead'), actions: [finder(t('lists.find'), (id) => navigate(`/lists/${encodeURIComponent(id)}`))] }),
      h(
        'div',
        { class: 'toolbar' },
        periods(days, (chosen) => {
          days = chosen;
          show();
        }),
        h('span', { class: 'spacer' }),
        csvButton('/lists', () => ({ from: since(days) }), 'lists.csv'),
      ),
      place,
    ),
  };
}

function listTable(rows: readonly ListRow[]): HTMLElement {
  const plain = (id: string, name: string, value: (row: ListRow) => number): Column<ListRow> => ({ id, name, isNumber: true, key: value, cell: (row) => number(value(row)) });
  return table<ListRow>({
    caption: t('lists.title'),
    rows,
    sorting: { column: 'list', isDescending: false },
    columns: [
      {
        id: 'list',
        name: t('lists.list'),
        isHeader: true,
        key: (row) => row.name ?? row.list,
        cell: (row) =>
          h(
            'a',
            { href: `/lists/${encodeURIComponent(row.list)}`, class: 'row-link' },
            h('bdi', { class: 'row-title' }, row.name ?? ltr(row.list)),
            row.name !== null && h('bdi', { class: 'row-sub' }, ltr(row.list)),
          ),
      },
      plain('size', t('list.end'), (row) => row.size_at_end),
      plain('subscribed', t('list.subscribed'), (row) => row.counts.subscribed),
      plain('departed', t('list.departed'), (row) => row.counts.departed),
      {
        id: 'growth',
        name: t('list.rate'),
        isNumber: true,
        key: (row) => row.rates.list_growth_rate.value ?? -Infinity,
        cell: (row) => figure(row.rates.list_growth_rate),
      },
    ],
  });
}

/** How one list grew. */
export function listPage(visit: Visit): PageView {
  const list = visit.path['id'] ?? '';
  const path = `/lists/${encodeURIComponent(list)}/growth`;
  const place = h('div', { class: 'stack' }, loading());
  const load = async (days: string) => {
    try {
      const growth = await get<Growth>(path, { from: since(days) }, visit.signal);
      replace(place, draw(growth, visit.signal));
    } catch (error) {
      if (!visit.signal.aborted) replace(place, failed(error, () => void load(days)));
    }
  };
  let days = daysIn(visit.query);
  void load(days);
  return {
    title: list,
    content: h(
      'div',
      null,
      pageHead({
        title: list,
        back: { href: '/lists', name: t('nav.lists') },
        actions: [
          periods(days, (chosen) => {
            days = chosen;
            void load(chosen);
          }),
          csvButton(path, () => ({ from: since(days) }), `${list}.csv`),
        ],
      }),
      place,
    ),
  };
}

function draw(growth: Growth, signal: AbortSignal): Node[] {
  const { counts } = growth;
  const name = (date: string) => shortDay(date + 'T12:00:00Z', 'UTC');
  return [
    h(
      'div',
      { class: 'cards' },
      rateCard(t('list.rate'), growth.rates.list_growth_rate, '', 'lead-card'),
      card(t('list.start'), number(growth.size_at_start), ''),
      card(t('list.end'), number(growth.size_at_end), ''),
      card(t('list.subscribed'), number(counts.subscribed), ''),
      card(t('list.departed'), number(counts.departed), `${t('list.unsubscribed')} ${number(counts.unsubscribed)}, ${t('list.complained')} ${number(counts.complained)}`),
    ),
    panel(
      t('list.days'),
      t('list.daysHint'),
      chart({
        label: t('list.label', { from: name(growth.days[0]?.date ?? growth.from.slice(0, 10)), to: name(growth.days.at(-1)?.date ?? growth.to.slice(0, 10)) }),
        categories: growth.days.map((entry) => name(entry.date)),
        categoryName: t('timeline.day'),
        series: [
          { name: t('list.subscribed'), values: growth.days.map((entry) => entry.subscribed), colour: 'accent', type: 'bar', stack: 'change' },
          { name: t('list.departed'), values: growth.days.map((entry) => -entry.departed), colour: 'bad', type: 'bar', stack: 'change' },
        ],
        signal,
      }),
    ),
  ];
}
