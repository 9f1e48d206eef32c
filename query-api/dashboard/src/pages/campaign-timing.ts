import type { Cell, Heatmap } from '../answers';
import { get } from '../api';
import { bestHours, calendar, heatLegend, hourly } from '../chart/heat';
import { h, replace, type Child } from '../dom';
import { currentZone, hour, joined, number, weekday } from '../format';
import { t, term } from '../locale';
import { panel, picker, segmented } from '../parts/page';
import { empty, failed, loading } from '../parts/states';
import { csvButton } from '../parts/table';
import { keepInAddress } from '../router';
import type { CampaignVisit } from './campaign';

const EVENTS = ['opened', 'clicked', 'sent', 'received', 'replied'] as const;
const BEST = 3;

/** When things happen: the hours of a week, or the days of a calendar. */
export function timingView(visit: CampaignVisit): Child {
  const choice = {
    event: visit.query.get('event') ?? 'opened',
    grain: visit.query.get('grain') ?? 'hourly',
    zone: visit.query.get('zone') ?? currentZone(),
    counts: visit.query.get('counts') ?? 'human',
    basis: visit.query.get('basis') ?? 'event',
  };
  const place = h('div', { class: 'section-body' });
  const best = h('div', { class: 'best' });
  const hint = h('p', { class: 'hint', id: 'basis-hint' });
  let asked = new AbortController();
  visit.signal.addEventListener('abort', () => asked.abort());

  const load = async () => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    keepInAddress(choice);
    hint.textContent = t(choice.basis === 'event' ? 'heat.basisEventHint' : 'heat.basisSentHint');
    if (!place.hasChildNodes()) replace(place, loading(4));
    try {
      const answer = await get<Heatmap>(`${visit.path}/heatmap`, choice, signal);
      replace(place, draw(answer));
      replace(best, bestOf(answer));
    } catch (error) {
      if (signal.aborted) return;
      replace(best);
      replace(place, failed(error, () => void load()));
    }
  };
  const set = (name: keyof typeof choice) => (value: string) => {
    choice[name] = value;
    void load();
  };
  void load();
  return panel(
    t('heat.title'),
    t('heat.hint'),
    h(
      'div',
      { class: 'toolbar' },
      picker(t('heat.event'), EVENTS.map((event) => ({ value: event, name: term('type', event) })), choice.event, set('event')),
      zonePicker(choice.zone, set('zone')),
      segmented(t('heat.grain'), [
        { value: 'hourly', name: t('heat.hourly') },
        { value: 'daily', name: t('heat.daily') },
      ], choice.grain, set('grain')),
      segmented(t('heat.basis'), [
        { value: 'event', name: t('heat.basisEvent') },
        { value: 'sent', name: t('heat.basisSent') },
      ], choice.basis, set('basis')),
      segmented(t('heat.counts'), [
        { value: 'human', name: t('people.people') },
        { value: 'all', name: t('people.all') },
      ], choice.counts, set('counts')),
      h('span', { class: 'spacer' }),
      csvButton(`${visit.path}/heatmap`, choice, `${visit.campaign}-heatmap.csv`),
    ),
    hint,
    best,
    place,
  );
}

function zonePicker(chosen: string, choose: (zone: string) => void): HTMLElement {
  const known = new Set([currentZone(), chosen, Intl.DateTimeFormat().resolvedOptions().timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  known.delete('recipient');
  const choices = [
    { value: 'recipient', name: t('heat.zoneRecipient') },
    ...[...known].map((zone) => ({ value: zone, name: zone.replaceAll('_', ' ') })),
  ];
  return picker(t('heat.zone'), choices, chosen, choose);
}

function draw(answer: Heatmap): Node {
  const isNothing = answer.cells.every((cell) => cell.total === 0);
  if (isNothing) return empty(t('heat.none'), t('heat.noneHint'));
  const unit = term('type', answer.event);
  return h(
    'div',
    null,
    answer.grain === 'hourly' ? hourly(answer.cells, t('heat.title'), unit) : calendar(answer.cells, unit),
    heatLegend(),
    answer.unplaced &&
      answer.unplaced.total > 0 &&
      h('p', { class: 'note' }, t('heat.unplaced', { n: number(answer.unplaced.total), first: number(answer.unplaced.first) })),
  );
}

function bestOf(answer: Heatmap): Child {
  if (answer.grain !== 'hourly') return null;
  const cells = bestHours(answer.cells, BEST);
  if (cells.length === 0) return null;
  return [
    h('h3', { class: 'best-title' }, t('heat.best')),
    h('ol', { class: 'best-list' }, cells.map((cell: Cell) =>
      h('li', null,
        h('strong', null, joined(weekday(cell.weekday ?? 1, 'long'), hour(cell.hour ?? 0))),
        h('span', { class: 'muted' }, t('heat.bestCount', { n: number(cell.total), first: number(cell.first) })),
      ),
    )),
  ];
}
