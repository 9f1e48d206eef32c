import type { Mail } from '../answers';
import { h, replace, type Child } from '../dom';
import { dateTime, ltr, number } from '../format';
import { t, term } from '../locale';
import { told } from '../parts/figure';
import { panel, picker } from '../parts/page';
import { paged } from '../parts/paged';
import { empty } from '../parts/states';
import { csvButton, table } from '../parts/table';
import { keepInAddress } from '../router';
import type { CampaignVisit } from './campaign';

const FILTERS = [
  'all',
  'delivered',
  'bounced',
  'opened',
  'not_opened',
  'opened_by_machine',
  'clicked',
  'not_clicked',
  'replied',
  'converted',
  'unsubscribed',
  'complained',
];

/** Who a campaign was sent to, and what became of each mail. */
export function recipientsView(visit: CampaignVisit): Child {
  let filter = FILTERS.find((value) => value === visit.query.get('filter')) ?? 'all';
  const place = h('div');
  const csv = h('span');
  const show = () => {
    keepInAddress({ filter });
    replace(csv, csvButton(`${visit.path}/recipients`, { filter }, `${visit.campaign}-recipients.csv`));
    replace(
      place,
      paged<Mail>({
        path: `${visit.path}/recipients`,
        query: { filter, limit: 100 },
        rowsName: 'recipients',
        signal: visit.signal,
        none: () => empty(t('campaignRecipients.none')),
        draw: mailTable,
      }),
    );
  };
  show();
  return panel(
    t('campaignRecipients.title'),
    t('campaignRecipients.hint'),
    h(
      'div',
      { class: 'toolbar' },
      picker(t('recipients.filter'), FILTERS.map((value) => ({ value, name: term('filter', value) })), filter, (value) => {
        filter = value;
        show();
      }),
      h('span', { class: 'spacer' }),
      csv,
    ),
    place,
  );
}

function mailTable(rows: readonly Mail[]): HTMLElement {
  const isTest = rows.some((row) => row.variant !== null);
  const hasAccounts = rows.some((row) => row.account !== null);
  return table<Mail>({
    caption: t('campaignRecipients.title'),
    rows,
    columns: [
      {
        id: 'recipient',
        name: t('recipients.recipient'),
        isHeader: true,
        cell: (row) =>
          row.recipient === null
            ? h('span', { class: 'muted' }, ltr(row.message ?? ''))
            : h('a', { href: `/recipients/${encodeURIComponent(row.recipient)}`, class: 'row-title' }, ltr(row.recipient)),
      },
      ...(hasAccounts ? [{ id: 'account', name: t('accounts.account'), cell: (row: Mail) => ltr(row.account ?? '–') }] : []),
      ...(isTest ? [{ id: 'variant', name: t('compare.arm'), cell: (row: Mail) => ltr(row.variant ?? '–') }] : []),
      { id: 'state', name: t('campaignRecipients.state'), cell: (row) => (row.state === null ? '–' : term('state', row.state)) },
      { id: 'sent', name: t('type.sent'), cell: (row) => dateTime(row.sent_at) },
      {
        id: 'opened',
        name: t('recipients.opened'),
        isNumber: true,
        cell: (row) =>
          told(number(row.opened_human_total), `${t('people.people')}: ${number(row.opened_human_total)}. ${t('people.all')}: ${number(row.opened_total)}.`),
      },
      { id: 'first', name: t('campaignRecipients.first'), cell: (row) => dateTime(row.first_open) },
      { id: 'clicked', name: t('recipients.clicked'), isNumber: true, cell: (row) => number(row.clicked_human_total) },
      { id: 'replied', name: t('type.replied'), isNumber: true, cell: (row) => number(row.replied) },
      { id: 'converted', name: t('type.converted'), isNumber: true, cell: (row) => number(row.converted) },
    ],
  });
}
