import type { RecipientEvent, RecipientRow } from '../answers';
import { h, replace } from '../dom';
import { ago, country, dateTime, ltr, number, percent } from '../format';
import { t, term } from '../locale';
import { told } from '../parts/figure';
import { pageHead, panel, picker, segmented } from '../parts/page';
import { paged } from '../parts/paged';
import { empty } from '../parts/states';
import { csvButton, table } from '../parts/table';
import { keepInAddress, navigate, type PageView, type Visit } from '../router';

/** How many campaigns of silence make somebody quiet, as the API knows them. */
const QUIET = ['1', '2', '3', '4', '5', '10', '20', '50', '100'];

/** Recipients, the most engaged first, or those that have gone quiet. */
export function recipientsPage(visit: Visit): PageView {
  const choice = { filter: visit.query.get('filter') ?? 'engaged', campaigns: visit.query.get('campaigns') ?? '3' };
  const place = h('div');
  const quiet = picker(t('recipients.quietFor'), QUIET.map((value) => ({ value, name: number(Number(value)) })), choice.campaigns, (value) => {
    choice.campaigns = value;
    draw();
  });
  const draw = () => {
    const query = choice.filter === 'quiet' ? choice : { filter: choice.filter };
    quiet.hidden = choice.filter !== 'quiet';
    keepInAddress({ filter: choice.filter, campaigns: choice.filter === 'quiet' ? choice.campaigns : null });
    replace(
      place,
      paged<RecipientRow>({
        path: '/recipients',
        query: { ...query, limit: 100 },
        rowsName: 'recipients',
        signal: visit.signal,
        none: () => empty(t('recipients.none'), t('recipients.noneHint')),
        draw: recipientTable,
      }),
    );
  };
  draw();
  const title = t('recipients.title');
  return {
    title,
    content: h(
      'div',
      null,
      pageHead({ title, lead: t('recipients.lead'), actions: [csvButton('/recipients', { filter: choice.filter }, 'recipients.csv')] }),
      h(
        'div',
        { class: 'toolbar' },
        segmented(t('recipients.filter'), [
          { value: 'engaged', name: t('recipients.engaged') },
          { value: 'quiet', name: t('recipients.quiet') },
          { value: 'all', name: t('recipients.all') },
        ], choice.filter, (value) => {
          choice.filter = value;
          draw();
        }),
        quiet,
        h('span', { class: 'spacer' }),
        finder(t('recipients.find'), (id) => navigate(`/recipients/${encodeURIComponent(id)}`)),
      ),
      h('div', { class: 'card flush' }, place),
    ),
  };
}

/** A field that leads to a thing by its id. */
export function finder(label: string, go: (id: string) => void): HTMLElement {
  const input = h('input', { class: 'input', 'aria-label': label, placeholder: label, dir: 'auto', required: true });
  const form = h('form', { class: 'finder' }, input, h('button', { type: 'submit', class: 'button' }, t('recipients.go')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim()) go(input.value.trim());
  });
  return form;
}

function lastSign(row: RecipientRow): string | null {
  return [row.last_open, row.last_click].filter((time): time is string => time !== null).sort().at(-1) ?? null;
}

function recipientTable(rows: readonly RecipientRow[]): HTMLElement {
  return table<RecipientRow>({
    caption: t('recipients.title'),
    rows,
    columns: [
      {
        id: 'recipient',
        name: t('recipients.recipient'),
        isHeader: true,
        key: (row) => row.recipient,
        cell: (row) => h('a', { href: `/recipients/${encodeURIComponent(row.recipient)}`, class: 'row-title' }, ltr(row.recipient)),
      },
      {
        id: 'rate',
        name: t('recipients.rate'),
        isNumber: true,
        key: (row) => row.engagement_rate ?? -1,
        cell: (row) =>
          told(percent(row.engagement_rate), `${t('rate.of', { numerator: number(row.reacted), denominator: number(row.sent) })}. ${t('rate.human')}.`),
      },
      { id: 'opened', name: t('recipients.opened'), isNumber: true, key: (row) => row.opened_human_total, cell: (row) => number(row.opened_human_total) },
      { id: 'clicked', name: t('recipients.clicked'), isNumber: true, key: (row) => row.clicked_human_total, cell: (row) => number(row.clicked_human_total) },
      { id: 'replied', name: t('recipients.replied'), isNumber: true, key: (row) => row.replied, cell: (row) => number(row.replied) },
      { id: 'quiet', name: t('recipients.quietCount'), isNumber: true, key: (row) => row.quiet_campaigns, cell: (row) => number(row.quiet_campaigns) },
      {
        id: 'last',
        name: t('recipients.last'),
        key: (row) => lastSign(row) ?? '',
        cell: (row) => {
          const last = lastSign(row);
          return last === null ? '–' : told(ago(last), dateTime(last));
        },
      },
    ],
  });
}

/** Everything that happened to one recipient. */
export function recipientPage(visit: Visit): PageView {
  const recipient = visit.path['id'] ?? '';
  const path = `/recipients/${encodeURIComponent(recipient)}/timeline`;
  return {
    title: recipient,
    content: h(
      'div',
      null,
      pageHead({ title: recipient, back: { href: '/recipients', name: t('nav.recipients') }, lead: t('recipient.lead') }),
      panel(
        t('recipient.title'),
        '',
        csvButton(path, {}, `${recipient}.csv`),
        paged<RecipientEvent>({
          path,
          query: { limit: 200 },
          rowsName: 'events',
          signal: visit.signal,
          none: () => empty(t('recipient.none')),
          draw: eventList,
        }),
      ),
    ),
  };
}

function eventList(events: readonly RecipientEvent[]): HTMLElement {
  return h(
    'ol',
    { class: 'timeline' },
    events.map((event) => {
      const isPerson = event.verdict === 'human' || event.verdict === 'proxy';
      const isHit = event.type === 'opened' || event.type === 'clicked';
      const about = [
        event.link && ltr(event.link),
        event.client,
        event.device && event.device !== 'unknown' && term('device', event.device),
        event.country && country(event.country),
      ].filter(Boolean);
      return h(
        'li',
        { class: `event ${isHit && !isPerson ? 'event-machine' : ''}` },
        h('time', { datetime: event.event_time, class: 'muted' }, dateTime(event.event_time)),
        h(
          'div',
          null,
          h('strong', null, term('type', event.type)),
          isHit && event.verdict && h('span', { class: isPerson ? 'chip human' : 'chip' }, term('verdict', event.verdict)),
          event.campaign && h('a', { href: `/campaigns/${encodeURIComponent(event.campaign)}`, class: 'event-campaign' }, ltr(event.campaign)),
          about.length > 0 && h('span', { class: 'row-sub' }, about.join(' · ')),
        ),
      );
    }),
  );
}
