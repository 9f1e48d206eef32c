import type { CampaignRow } from '../answers';
import { sparkline } from '../chart/spark';
import { h, replace, type Child } from '../dom';
import { ltr, number, percent } from '../format';
import { t } from '../locale';
import { explain, told } from '../parts/figure';
import { pageHead, picker } from '../parts/page';
import { paged } from '../parts/paged';
import { empty } from '../parts/states';
import { csvButton, table, type Column } from '../parts/table';
import { keepInAddress, type PageView, type Visit } from '../router';

/** How long to wait for more letters before the API is asked. */
const TYPING_MS = 250;

/** By what the API sorts; the latest campaigns come first unless somebody chooses. */
const SORTS = ['first_sent', 'name', 'sent', 'opened', 'clicked'] as const;
const LATEST = 'first_sent';

const count = (row: CampaignRow, type: string, kind: 'unique' | 'human_unique' = 'unique') => row.counts[type]?.[kind] ?? 0;

const clickRate = (row: CampaignRow) => {
  const sent = count(row, 'sent');
  return sent === 0 ? null : count(row, 'clicked', 'human_unique') / sent;
};

const isSort = (name: string | null): name is string => (SORTS as readonly (string | null)[]).includes(name);

/** All campaigns, searched, sorted and given page by page by the API; the address says as the API is asked. */
export function campaignsPage(visit: Visit): PageView {
  const title = t('campaigns.title');
  const asked = visit.query.get('sort');
  const choice = {
    search: visit.query.get('search') ?? '',
    label: visit.query.get('label') ?? '',
    sort: isSort(asked) ? asked : LATEST,
    order: visit.query.get('order') === 'asc' ? 'asc' : 'desc',
  };
  const found = h('p', { class: 'muted', role: 'status' });
  const place = h('div', { class: 'card flush' });
  const filter = h('span', { class: 'chips' });
  let waiting = new AbortController();
  visit.signal.addEventListener('abort', () => waiting.abort());

  const choose = (chosen: Partial<typeof choice>, then: () => void = () => {}) => {
    Object.assign(choice, chosen);
    waiting.abort();
    waiting = new AbortController();
    keepInAddress(choice);
    replace(filter, choice.label !== '' && labelChip(choice.label, () => choose({ label: '' })));
    sorts.querySelector('select')!.value = choice.sort;
    const next: HTMLElement = paged<CampaignRow>({
      path: '/campaigns',
      query: { ...choice, sparkline: 'opened', limit: 50 },
      rowsName: 'campaigns',
      signal: waiting.signal,
      tells: (rows, hasMore) => {
        found.textContent = t(hasMore ? 'campaigns.shownOfMore' : 'campaigns.shown', { n: number(rows) });
      },
      none: () => (choice.search === '' && choice.label === '' ? noneYet() : empty(t('campaigns.noHit'))),
      draw: (rows) =>
        table({
          caption: title,
          columns: columns(),
          rows,
          sorting: { column: choice.sort, isDescending: choice.order === 'desc' },
          className: 'campaigns',
          onSort: ({ column, isDescending }) =>
            choose({ sort: column, order: isDescending ? 'desc' : 'asc' }, () => place.querySelector<HTMLElement>(`[data-column="${column}"]`)?.focus()),
        }),
      settled: () => {
        // The rows before stay until those that take their place are there.
        if (next.parentNode !== place) replace(place, next);
        then();
      },
    });
    if (!place.hasChildNodes()) replace(place, next);
  };
  const sorts = picker(t('campaigns.sort'), SORTS.map((value) => ({ value, name: t(`campaigns.by.${value}`) })), choice.sort, (sort) =>
    choose({ sort, order: sort === 'name' ? 'asc' : 'desc' }),
  );
  choose({});
  return {
    title,
    content: h(
      'div',
      null,
      pageHead({ title, lead: t('campaigns.lead'), actions: [csvButton('/campaigns', () => choice, 'campaigns.csv')] }),
      h('div', { class: 'toolbar' }, searchField(choice.search, (search) => choose({ search }), visit.signal), sorts, filter, found),
      place,
    ),
  };
}

function searchField(text: string, search: (text: string) => void, signal: AbortSignal): HTMLElement {
  const input = h('input', {
    type: 'search',
    class: 'input search',
    maxlength: 200,
    placeholder: t('campaigns.search'),
    'aria-label': t('campaigns.search'),
    value: text,
  });
  let typing: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => clearTimeout(typing));
  input.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => search(input.value.trim()), TYPING_MS);
  });
  return input;
}

function labelChip(label: string, remove: () => void): HTMLElement {
  return h(
    'button',
    { type: 'button', class: 'chip removable', 'aria-label': t('campaigns.labelRemove', { label }), onclick: remove },
    h('bdi', null, t('campaigns.label', { label })),
    h('span', { 'aria-hidden': 'true' }, '×'),
  );
}

function noneYet(): HTMLElement {
  return h('div', null, empty(t('campaigns.none'), t('campaigns.noneHint')), h('pre', { class: 'code', dir: 'ltr' }, './aftersend demo'));
}

/** A small picture of a campaign's opens in its first days, up to today. */
function trend(row: CampaignRow): Child {
  if (!row.sparkline) return null;
  const past = Math.ceil((Date.now() - new Date(row.sparkline.start).getTime()) / 86_400_000);
  const days = row.sparkline.days.slice(0, Math.max(2, past));
  const total = days.reduce((sum, value) => sum + value, 0);
  return h('span', { class: 'trend' }, sparkline(days, t('campaigns.trendLabel', { days: number(days.length), n: number(total) })));
}

function columns(): Column<CampaignRow>[] {
  const plain = (id: string, name: string, value: (row: CampaignRow) => number): Column<CampaignRow> => ({
    id,
    name,
    isNumber: true,
    isSortedElsewhere: isSort(id),
    cell: (row) => number(value(row)),
  });
  return [
    {
      id: 'name',
      name: t('campaigns.campaign'),
      isHeader: true,
      isSortedElsewhere: true,
      cell: (row) =>
        h(
          'a',
          { href: `/campaigns/${encodeURIComponent(row.campaign)}`, class: 'row-link' },
          h('bdi', { class: 'row-title' }, row.name ?? row.campaign),
          (row.subject ?? row.name) && h('bdi', { class: 'row-sub' }, row.subject ?? ltr(row.campaign)),
        ),
    },
    { id: 'trend', name: t('campaigns.trend'), cell: trend },
    plain('sent', t('type.sent'), (row) => count(row, 'sent')),
    plain('delivered', t('type.delivered'), (row) => count(row, 'delivered')),
    plain('opened', t('campaigns.opened'), (row) => count(row, 'opened', 'human_unique')),
    plain('clicked', t('campaigns.clicked'), (row) => count(row, 'clicked', 'human_unique')),
    {
      id: 'ctr',
      name: t('metric.click_through_rate'),
      isNumber: true,
      cell: (row) =>
        told(
          percent(clickRate(row)),
          explain({
            value: clickRate(row),
            numerator: count(row, 'clicked', 'human_unique'),
            denominator: count(row, 'sent'),
            counts: 'human',
          }),
        ),
    },
    plain('converted', t('type.converted'), (row) => count(row, 'converted')),
    plain('unsubscribed', t('type.unsubscribed'), (row) => count(row, 'unsubscribed')),
  ];
}
