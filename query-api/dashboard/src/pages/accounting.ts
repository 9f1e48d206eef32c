import type { Accounting, Lane } from '../answers';
import { get } from '../api';
import { h } from '../dom';
import { ago, dateTime, ltr, number } from '../format';
import { t } from '../locale';
import { card, told } from '../parts/figure';
import { follow } from '../parts/live';
import { pageHead, panel } from '../parts/page';
import { empty, section } from '../parts/states';
import { csvButton, table } from '../parts/table';
import type { PageView, Visit } from '../router';

/** What became of every event that the edges took in: accepted, journaled, published, stored. */
export function accountingPage(visit: Visit): PageView {
  const title = t('accounting.title');
  const body = section((signal) => get<Accounting>('/accounting', { limit: 200 }, signal), draw, visit.signal);
  follow(() => void body.refresh(), visit.signal);
  return {
    title,
    content: h('div', null, pageHead({ title, lead: t('accounting.lead'), actions: [csvButton('/accounting', {}, 'accounting.csv')] }), body),
  };
}

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, count) => all + count, 0);

function draw(answer: Accounting): Node {
  if (answer.lanes.length === 0) return h('div', { class: 'card' }, empty(t('accounting.none'), t('accounting.noneHint')));
  const { totals } = answer;
  const missing = totals.missing + totals.missing_at_edge;
  const drops = { ...totals.dropped_by_edge, ...totals.dropped_by_processor };
  const dropped = sum(totals.dropped_by_edge) + sum(totals.dropped_by_processor);
  return h(
    'div',
    { class: 'stack' },
    h('p', { class: `verdict ${answer.balanced ? 'sure' : 'broken'}`, role: 'status' }, t(answer.balanced ? 'accounting.balanced' : 'accounting.unbalanced')),
    h(
      'div',
      { class: 'cards' },
      card(t('accounting.journaled'), number(answer.journaled), ''),
      card(t('accounting.published'), number(answer.published), t('accounting.waiting', { n: number(totals.waiting) })),
      card(t('accounting.processed'), number(answer.processed), t('accounting.repeats', { n: number(totals.repeats) })),
      card(t('accounting.stored'), number(answer.stored), ''),
      card(
        t('accounting.dropped'),
        dropped === 0 ? number(0) : told(number(dropped), Object.entries(drops).filter(([, count]) => count > 0).map(([reason, count]) => `${reason}: ${number(count)}`).join('. ') + '.'),
        '',
      ),
      card(t('accounting.missing'), number(missing), '', missing > 0 ? 'bad' : ''),
    ),
    panel(t('accounting.lanes'), t('accounting.lanesHint'), laneTable(answer.lanes)),
  );
}

function laneTable(lanes: readonly Lane[]): HTMLElement {
  return table<Lane>({
    caption: t('accounting.lanes'),
    rows: lanes,
    columns: [
      { id: 'journal', name: t('accounting.journal'), isHeader: true, cell: (row) => h('span', { class: 'mono' }, ltr(row.journal)) },
      { id: 'lane', name: t('accounting.lane'), isNumber: true, cell: (row) => number(row.lane) },
      { id: 'highest', name: t('accounting.journaled'), isNumber: true, cell: (row) => number(row.highest) },
      { id: 'acknowledged', name: t('accounting.published'), isNumber: true, cell: (row) => number(row.acknowledged) },
      { id: 'stored', name: t('accounting.stored'), isNumber: true, cell: (row) => number(row.stored) },
      { id: 'missing', name: t('accounting.missing'), isNumber: true, cell: (row) => number(row.missing + row.missing_at_edge) },
      { id: 'seen', name: t('accounting.seen'), cell: (row) => (row.edge_time === null ? '–' : told(ago(row.edge_time), dateTime(row.edge_time))) },
    ],
  });
}
