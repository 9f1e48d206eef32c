import type { MailboxRow, MailboxSlice, MailNumbers, Unanswered } from '../answers';
import { get } from '../api';
import { h, replace } from '../dom';
import { ago, currentZone, dateTime, duration, ltr, number, percent } from '../format';
import { t, term } from '../locale';
import { card, told } from '../parts/figure';
import { heatmapPlace, zonePicker } from '../parts/heatmap';
import { pageHead, panel, segmented } from '../parts/page';
import { paged } from '../parts/paged';
import { empty, section } from '../parts/states';
import { csvButton, table, type Column } from '../parts/table';
import type { PageView, Visit } from '../router';

function numbers<T extends MailNumbers>(): Column<T>[] {
  const plain = (id: keyof MailNumbers, name: string): Column<T> => ({
    id,
    name,
    isNumber: true,
    key: (row) => row[id] ?? -1,
    cell: (row) => number(row[id]),
  });
  return [
    plain('sent', t('mailboxes.sent')),
    plain('received', t('mailboxes.received')),
    {
      id: 'answered',
      name: t('mailboxes.answered'),
      isNumber: true,
      key: (row) => row.answered_rate ?? -1,
      cell: answered,
    },
    { id: 'median', name: t('mailboxes.median'), isNumber: true, key: (row) => row.median_seconds ?? Infinity, cell: (row) => duration(row.median_seconds) },
    { id: 'p90', name: t('mailboxes.p90'), isNumber: true, key: (row) => row.p90_seconds ?? Infinity, cell: (row) => duration(row.p90_seconds) },
    {
      id: 'hour',
      name: t('mailboxes.underHour'),
      isNumber: true,
      key: (row) => row.under_hour ?? -1,
      cell: withinHour,
    },
  ];
}

function answered(row: MailNumbers): HTMLElement {
  const fromPeople = row.received - row.auto_received;
  return told(percent(row.answered_rate), t('rate.of', { numerator: number(row.answered), denominator: number(fromPeople) }) + '.');
}

function withinHour(row: MailNumbers): HTMLElement {
  return told(percent(row.under_hour), t('rate.of', { numerator: number(row.answered_within_hour), denominator: number(row.answered) }) + '.');
}

/** The mailboxes of the team. */
export function mailboxesPage(visit: Visit): PageView {
  const title = t('mailboxes.title');
  return {
    title,
    content: h(
      'div',
      null,
      pageHead({ title, lead: t('mailboxes.lead'), actions: [csvButton('/mailboxes', {}, 'mailboxes.csv')] }),
      h(
        'div',
        { class: 'card flush' },
        paged<MailboxRow>({
          path: '/mailboxes',
          query: { limit: 200 },
          rowsName: 'mailboxes',
          signal: visit.signal,
          none: () => empty(t('mailboxes.none'), t('mailboxes.noneHint')),
          draw: (rows) =>
            table<MailboxRow>({
              caption: title,
              rows,
              sorting: { column: 'mailbox', isDescending: false },
              columns: [
                {
                  id: 'mailbox',
                  name: t('mailboxes.mailbox'),
                  isHeader: true,
                  key: (row) => row.mailbox,
                  cell: (row) => h('a', { href: `/mailboxes/${encodeURIComponent(row.mailbox)}`, class: 'row-title' }, ltr(row.mailbox)),
                },
                ...numbers<MailboxRow>(),
              ],
            }),
        }),
      ),
    ),
  };
}

/** One mailbox: its numbers, by folder and label, and what waits. */
export function mailboxPage(visit: Visit): PageView {
  const mailbox = visit.path['id'] ?? '';
  const path = `/mailboxes/${encodeURIComponent(mailbox)}`;
  const waiting = h('div');
  const showWaiting = (direction: string) =>
    replace(
      waiting,
      paged<Unanswered>({
        path: `${path}/unanswered`,
        query: { direction, limit: 100 },
        rowsName: 'unanswered',
        signal: visit.signal,
        none: () => empty(t('mailbox.nothing')),
        draw: waitingTable,
      }),
    );
  showWaiting('received');
  return {
    title: mailbox,
    content: h(
      'div',
      { class: 'stack' },
      pageHead({ title: mailbox, back: { href: '/mailboxes', name: t('nav.mailboxes') } }),
      section((signal) => get<{ slices: MailboxSlice[] }>(path, {}, signal), ({ slices }) => draw(slices), visit.signal),
      hours(visit, path),
      panel(
        t('mailbox.unanswered'),
        '',
        h(
          'div',
          { class: 'toolbar' },
          segmented(t('mailbox.unanswered'), [
            { value: 'received', name: t('mailbox.todo') },
            { value: 'sent', name: t('mailbox.follow') },
          ], 'received', showWaiting),
        ),
        waiting,
      ),
    ),
  };
}

const MAILS = ['received', 'sent', 'replied'] as const;

/** When mail comes, goes and is replied to. */
function hours(visit: Visit, path: string): HTMLElement {
  const choice = {
    event: visit.query.get('event') ?? 'received',
    grain: visit.query.get('grain') ?? 'hourly',
    zone: visit.query.get('zone') ?? currentZone(),
  };
  const { nodes, set } = heatmapPlace(`${path}/heatmap`, choice, visit.signal);
  return panel(
    t('mailbox.hours'),
    t('mailbox.hoursHint'),
    h(
      'div',
      { class: 'toolbar' },
      segmented(t('heat.event'), MAILS.map((event) => ({ value: event, name: term('type', event) })), choice.event, set('event')),
      zonePicker(choice.zone, set('zone')),
      segmented(t('heat.grain'), [
        { value: 'hourly', name: t('heat.hourly') },
        { value: 'daily', name: t('heat.daily') },
      ], choice.grain, set('grain')),
      h('span', { class: 'spacer' }),
      csvButton(`${path}/heatmap`, choice, `${visit.path['id'] ?? ''}-hours.csv`),
    ),
    nodes,
  );
}

function draw(slices: readonly MailboxSlice[]): Node[] {
  const whole = slices.find((slice) => slice.dimension === null);
  const parts = slices.filter((slice) => slice.dimension !== null);
  const nodes: Node[] = [];
  if (whole) {
    nodes.push(
      h(
        'div',
        { class: 'cards' },
        card(t('mailboxes.median'), duration(whole.median_seconds), `${t('mailboxes.p90')} ${duration(whole.p90_seconds)}`, 'lead-card'),
        card(t('mailboxes.underHour'), withinHour(whole), ''),
        card(t('mailboxes.answered'), answered(whole), ''),
        card(t('mailboxes.sent'), number(whole.sent), ''),
        card(t('mailboxes.received'), number(whole.received), `${t('mailboxes.auto')}: ${number(whole.auto_received)}`),
      ),
    );
  }
  if (parts.length > 0) {
    nodes.push(
      h(
        'div',
        { class: 'after-cards' },
        panel(
          t('mailbox.slices'),
          '',
          table<MailboxSlice>({
            caption: t('mailbox.slices'),
            rows: parts,
            columns: [
              {
                id: 'slice',
                name: t('mailbox.slice'),
                isHeader: true,
                key: (row) => row.value ?? '',
                cell: (row) => h('bdi', null, t(row.dimension === 'folder' ? 'mailbox.folder' : 'mailbox.label', { name: row.value ?? '' })),
              },
              ...numbers<MailboxSlice>(),
            ],
          }),
        ),
      ),
    );
  }
  return nodes;
}

function waitingTable(rows: readonly Unanswered[]): HTMLElement {
  return table<Unanswered>({
    caption: t('mailbox.unanswered'),
    rows,
    columns: [
      { id: 'with', name: t('mailbox.with'), isHeader: true, cell: (row) => ltr(row.counterparty ?? '–') },
      { id: 'since', name: t('mailbox.waiting'), cell: (row) => told(ago(row.waiting_since), dateTime(row.waiting_since)) },
      { id: 'mails', name: t('mailbox.mails'), isNumber: true, cell: (row) => number(row.mails) },
      { id: 'thread', name: t('mailbox.thread'), cell: (row) => h('span', { class: 'mono muted' }, ltr(row.thread)) },
      {
        id: 'campaign',
        name: t('campaigns.campaign'),
        cell: (row) => row.campaign && h('a', { href: `/campaigns/${encodeURIComponent(row.campaign)}` }, ltr(row.campaign)),
      },
    ],
  });
}
