import { stepOf, type Step, type Timeline } from '../answers';
import { get } from '../api';
import { chart, type Series } from '../chart/charts';
import { h, replace, type Child } from '../dom';
import { clock, joined, number, shortDay } from '../format';
import { t } from '../locale';
import { asked, changed, inAddress, periodIn, periodPicker } from '../parts/change';
import { card } from '../parts/figure';
import { panel, segmented } from '../parts/page';
import { empty, failed, loading } from '../parts/states';
import { keepInAddress } from '../router';
import type { CampaignVisit } from './campaign';

/** What the sums of a period are of. */
const SUMS = ['sent', 'opened', 'clicked', 'replied'] as const;

const NAMES = { sent: 'type.sent', opened: 'campaigns.opened', clicked: 'campaigns.clicked', replied: 'type.replied' } as const;

/** What happened over time: in the campaign's whole life, or of late and beside the period before. */
export function timelinePanel(visit: CampaignVisit): HTMLElement {
  let grain = visit.query.get('grain') === 'hour' ? 'hour' : 'day';
  let period = periodIn(visit.query);
  const place = h('div', { class: 'section-body' }, loading());
  // Charts that are drawn anew take those before them away.
  let drawn = new AbortController();
  visit.signal.addEventListener('abort', () => drawn.abort());

  const load = async () => {
    drawn.abort();
    drawn = new AbortController();
    const { signal } = drawn;
    keepInAddress({ grain: grain === 'day' ? '' : grain, ...inAddress(period) });
    try {
      const answer = await get<Timeline>(`${visit.path}/timeline`, { grain, ...asked(period) }, signal);
      if (!signal.aborted) replace(place, draw(answer, period.days !== '', signal));
    } catch (error) {
      if (!signal.aborted) replace(place, failed(error, () => void load()));
    }
  };
  const block = panel(
    t('timeline.title'),
    t('timeline.hint'),
    h(
      'div',
      { class: 'toolbar' },
      periodPicker(period, (chosen) => {
        period = chosen;
        void load();
      }),
      segmented(t('timeline.grain'), [
        { value: 'day', name: t('timeline.day') },
        { value: 'hour', name: t('timeline.hour') },
      ], grain, (value) => {
        grain = value;
        void load();
      }),
    ),
    place,
  );
  void load();
  return block;
}

function draw(answer: Timeline, isOfPeriod: boolean, signal: AbortSignal): Child {
  if (answer.points.length === 0) return empty(t('heat.none'));
  const name = (start: string) =>
    answer.grain === 'day' ? shortDay(start, answer.zone) : joined(shortDay(start, answer.zone), clock(start, answer.zone));
  const { previous } = answer;
  return [
    isOfPeriod && sums(answer),
    chart({
      label: previous
        ? t('timeline.labelCompared', { from: name(answer.from), to: name(answer.to), before: name(previous.from) })
        : t('timeline.label', { from: name(answer.from), to: name(answer.to) }),
      categories: answer.points.map((point) => name(point.start)),
      categoryName: t(answer.grain === 'day' ? 'timeline.day' : 'timeline.hour'),
      series: [
        line(answer.points, 'opened', 'accent', true),
        line(answer.points, 'clicked', 'warn', false),
        ...(previous ? [before(previous.points, 'opened', 'accent', answer.points.length), before(previous.points, 'clicked', 'warn', answer.points.length)] : []),
      ],
      signal,
    }),
  ];
}

const total = (points: readonly Step[], event: string) => points.reduce((sum, point) => sum + stepOf(point, event).total, 0);

/** The sums of the period, beside those of the period before. */
function sums(answer: Timeline): HTMLElement {
  const { previous } = answer;
  return h(
    'div',
    { class: 'cards period', 'data-from': answer.from, 'data-to': answer.to },
    SUMS.map((event) => {
      const now = total(answer.points, event);
      return card(t(NAMES[event]), previous ? changed(now, total(previous.points, event)) : number(now), '');
    }),
  );
}

function line(points: readonly Step[], event: 'opened' | 'clicked', colour: 'accent' | 'warn', isArea: boolean): Series {
  return { name: t(NAMES[event]), values: points.map((point) => stepOf(point, event).total), colour, type: 'line', isArea };
}

/** The same of the period before, step by step beside those of this one. */
function before(points: readonly Step[], event: 'opened' | 'clicked', colour: 'accent' | 'warn', steps: number): Series {
  const values = Array.from({ length: steps }, (_, index) => {
    const point = points[index];
    return point ? stepOf(point, event).total : null;
  });
  return { name: t('timeline.before', { name: t(NAMES[event]) }), values, colour, type: 'line', isDashed: true };
}
