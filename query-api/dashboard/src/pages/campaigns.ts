import type { CampaignRow } from '../answers';
import { h, replace } from '../dom';
import { ltr, number, percent } from '../format';
import { t } from '../locale';
import { explain, told } from '../parts/figure';
import { allRows } from '../parts/paged';
import { empty, section } from '../parts/states';
import { csvButton, table, type Column, type Sorting } from '../parts/table';
import { pageHead } from '../parts/page';
import { keepInAddress, type PageView, type Visit } from '../router';
import { trend } from './trend';

const count = (row: CampaignRow, type: string, kind: 'unique' | 'human_unique' = 'unique') => row.counts[type]?.[kind] ?? 0;

const clickRate = (row: CampaignRow) => {
  const sent = count(row, 'sent');
  return sent === 0 ? null : count(row, 'clicked', 'human_unique') / sent;
};

/** All campaigns: searched and sorted where they are read, since a tenant has hundreds, not millions. */
export function campaignsPage(visit: Visit): PageView {
  const title = t('campaigns.title');
  const body = section(
    (signal) => allRows<CampaignRow>('/campaigns', 'campaigns', signal),
    ({ rows, isWhole }) => (rows.length === 0 ? noneYet() : searchable(rows, isWhole, visit)),
    visit.signal,
  );
  return {
    title,
    content: h('div', null, pageHead({ title, lead: t('campaigns.lead'), actions: [csvButton('/campaigns', {}, 'campaigns.csv')] }), body),
  };
}

function noneYet(): HTMLElement {
  return h(
    'div',
    { class: 'card' },
    empty(t('campaigns.none'), t('campaigns.noneHint')),
    h('pre', { class: 'code', dir: 'ltr' }, './aftersend demo'),
  );
}

function searchable(rows: readonly CampaignRow[], isWhole: boolean, visit: Visit): Node {
  let sorting: Sorting = {
    column: visit.query.get('sort') ?? 'sent',
    isDescending: visit.query.get('order') !== 'up',
  };
  const input = h('input', {
    type: 'search',
    class: 'input search',
    placeholder: t('campaigns.search'),
    'aria-label': t('campaigns.search'),
    value: visit.query.get('q') ?? '',
  });
  const found = h('p', { class: 'muted', role: 'status' });
  const place = h('div', { class: 'card flush' });
  const columns = columnsOf(visit.signal);

  const draw = () => {
    const wanted = input.value.trim().toLowerCase();
    const hits = rows.filter((row) => matches(row, wanted));
    found.textContent =
      t('campaigns.found', { n: number(hits.length), all: number(rows.length) }) + (isWhole ? '' : ` ${t('campaigns.cut')}`);
    keepInAddress({ q: wanted });
    replace(
      place,
      hits.length === 0
        ? empty(t('campaigns.noHit'))
        : table({
            caption: t('campaigns.title'),
            columns,
            rows: hits,
            sorting,
            className: 'campaigns',
            onSort: (next) => {
              sorting = next;
              keepInAddress({ sort: next.column, order: next.isDescending ? 'down' : 'up' });
            },
          }),
    );
  };
  input.addEventListener('input', draw);
  draw();
  return h('div', null, h('div', { class: 'toolbar' }, input, found), place);
}

function matches(row: CampaignRow, wanted: string): boolean {
  return [row.campaign, row.name, row.subject, row.list, ...row.labels].some((text) =>
    (text ?? '').toLowerCase().includes(wanted),
  );
}

function columnsOf(signal: AbortSignal): Column<CampaignRow>[] {
  const plain = (id: string, name: string, value: (row: CampaignRow) => number): Column<CampaignRow> => ({
    id,
    name,
    isNumber: true,
    key: value,
    cell: (row) => number(value(row)),
  });
  return [
    {
      id: 'campaign',
      name: t('campaigns.campaign'),
      isHeader: true,
      key: (row) => row.name ?? row.campaign,
      cell: (row) =>
        h(
          'a',
          { href: `/campaigns/${encodeURIComponent(row.campaign)}`, class: 'row-link' },
          h('bdi', { class: 'row-title' }, row.name ?? row.campaign),
          (row.subject ?? row.name) && h('bdi', { class: 'row-sub' }, row.subject ?? ltr(row.campaign)),
        ),
    },
    { id: 'trend', name: t('campaigns.trend'), cell: (row) => trend(row.campaign, signal) },
    plain('sent', t('type.sent'), (row) => count(row, 'sent')),
    plain('delivered', t('type.delivered'), (row) => count(row, 'delivered')),
    plain('opened', t('campaigns.opened'), (row) => count(row, 'opened', 'human_unique')),
    plain('clicked', t('campaigns.clicked'), (row) => count(row, 'clicked', 'human_unique')),
    {
      id: 'ctr',
      name: t('metric.click_through_rate'),
      isNumber: true,
      key: (row) => clickRate(row) ?? -1,
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

