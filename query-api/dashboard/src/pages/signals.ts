import type { Signal } from '../answers';
import { h, replace } from '../dom';
import { ago, dateTime, ltr, number, percent } from '../format';
import { t, term } from '../locale';
import { told } from '../parts/figure';
import { followSignals } from '../parts/live';
import { pageHead, picker } from '../parts/page';
import { allRows } from '../parts/paged';
import { empty, failed, loading } from '../parts/states';
import { table } from '../parts/table';
import { keepInAddress, type PageView, type Visit } from '../router';
import { keep, setting } from '../settings';

const SIGNALS = [
  'opened_often',
  'revived',
  'forwarded',
  'clicked',
  'attachment_opened',
  'replied',
  'converted',
  'complaint_rate_high',
  'bounce_rate_high',
];

/** What is worth telling at once, the latest first; new ones come by themselves. */
export function signalsPage(visit: Visit): PageView {
  const choice = { signal: visit.query.get('signal') ?? '', campaign: visit.query.get('campaign') ?? '', recipient: visit.query.get('recipient') ?? '' };
  const place = h('div', { class: 'card flush', 'aria-live': 'polite' }, loading(5));
  const state = h('p', { class: 'live-state muted' });
  let known: Set<string> | null = null;

  const load = async () => {
    try {
      const { rows } = await allRows<Signal>('/signals', 'signals', visit.signal, { ...choice, limit: 100 }, 1);
      if (visit.signal.aborted) return;
      const before = known;
      if (before) rows.filter((row) => !before.has(row.signal_id)).forEach(notify);
      const isSame = before !== null && rows.length === before.size && rows.every((row) => before.has(row.signal_id));
      known = new Set(rows.map((row) => row.signal_id));
      if (!isSame) replace(place, rows.length === 0 ? empty(t('signals.none'), t('signals.noneHint')) : draw(rows, before));
    } catch (error) {
      if (!visit.signal.aborted && known === null) replace(place, failed(error, () => void load()));
    }
  };
  void load();
  followSignals(() => void load(), (isLive) => {
    state.classList.toggle('on', isLive);
    replace(state, h('span', { class: 'pulse', 'aria-hidden': 'true' }), t(isLive ? 'signals.live' : 'signals.polling'));
  }, visit.signal);
  const title = t('signals.title');
  return {
    title,
    content: h(
      'div',
      null,
      pageHead({ title, lead: t('signals.lead'), actions: [notifyButton()] }),
      h(
        'div',
        { class: 'toolbar' },
        picker(
          t('signals.filter'),
          [{ value: '', name: t('signals.all') }, ...SIGNALS.map((value) => ({ value, name: term('signal', value) }))],
          choice.signal,
          (value) => {
            choice.signal = value;
            known = null;
            keepInAddress(choice);
            void load();
          },
        ),
        state,
      ),
      place,
    ),
  };
}

function draw(rows: readonly Signal[], before: ReadonlySet<string> | null): HTMLElement {
  return table<Signal>({
    caption: t('signals.title'),
    rows,
    columns: [
      {
        id: 'signal',
        name: t('signals.signal'),
        isHeader: true,
        cell: (row) => [
          h('span', { class: before && !before.has(row.signal_id) ? 'row-title fresh' : 'row-title' }, term('signal', row.signal)),
          row.value !== null &&
            h('span', { class: 'row-sub' }, percent(row.value), row.numerator !== null && row.denominator !== null && `: ${t('rate.of', { numerator: number(row.numerator), denominator: number(row.denominator) })}`),
        ],
      },
      {
        id: 'who',
        name: t('signals.who'),
        cell: (row) => row.recipient && h('a', { href: `/recipients/${encodeURIComponent(row.recipient)}` }, ltr(row.recipient)),
      },
      {
        id: 'campaign',
        name: t('campaigns.campaign'),
        cell: (row) => row.campaign && h('a', { href: `/campaigns/${encodeURIComponent(row.campaign)}` }, ltr(row.campaign)),
      },
      { id: 'when', name: t('signals.when'), cell: (row) => told(ago(row.event_time), dateTime(row.event_time)) },
    ],
  });
}

function isNotifying(): boolean {
  return setting('notify') === 'on' && 'Notification' in window && Notification.permission === 'granted';
}

function notify(row: Signal): void {
  if (!isNotifying()) return;
  new Notification(term('signal', row.signal), { body: [row.recipient, row.campaign].filter(Boolean).join(' · '), tag: row.signal_id, icon: '/icon.svg' });
}

function notifyButton(): HTMLElement | null {
  if (!('Notification' in window)) return null;
  const button = h('button', { type: 'button', class: 'button', 'aria-pressed': String(isNotifying()) });
  const label = () => {
    button.textContent = t(isNotifying() ? 'signals.notifyOn' : Notification.permission === 'denied' ? 'signals.notifyDenied' : 'signals.notify');
    button.setAttribute('aria-pressed', String(isNotifying()));
  };
  button.addEventListener('click', () => {
    if (isNotifying()) {
      keep('notify', 'off');
      label();
    } else {
      keep('notify', 'on');
      void Notification.requestPermission().then(label);
    }
  });
  label();
  return button;
}
