import type { Cell, Heatmap } from '../answers';
import { get } from '../api';
import { bestHours, calendar, heatLegend, hourly } from '../chart/heat';
import { h, replace, type Child } from '../dom';
import { currentZone, hour, joined, number, weekday } from '../format';
import { t, term } from '../locale';
import { keepInAddress } from '../router';
import { picker } from './page';
import { empty, failed, loading } from './states';

const BEST = 3;

/** A heatmap that is asked for anew whenever a choice changes; the choices stand in the address. */
export interface HeatmapPlace<C> {
  nodes: HTMLElement[];
  set: (name: keyof C) => (value: string) => void;
}

/** @param changed hears of every choice before it is asked for */
export function heatmapPlace<C extends Record<string, string>>(
  path: string,
  choice: C,
  signal: AbortSignal,
  changed: () => void = () => {},
): HeatmapPlace<C> {
  const place = h('div', { class: 'section-body' });
  const best = h('div', { class: 'best' });
  let asked = new AbortController();
  signal.addEventListener('abort', () => asked.abort());

  const load = async () => {
    asked.abort();
    asked = new AbortController();
    const waiting = asked.signal;
    keepInAddress(choice);
    changed();
    if (!place.hasChildNodes()) replace(place, loading(4));
    try {
      const answer = await get<Heatmap>(path, choice, waiting);
      replace(place, draw(answer));
      replace(best, bestOf(answer));
    } catch (error) {
      if (waiting.aborted) return;
      replace(best);
      replace(place, failed(error, () => void load()));
    }
  };
  void load();
  return {
    nodes: [best, place],
    set: (name) => (value) => {
      choice[name] = value as C[keyof C];
      void load();
    },
  };
}

/**
 * The choice of a time zone.
 *
 * @param more choices before the zones
 */
export function zonePicker(chosen: string, choose: (zone: string) => void, more: { value: string; name: string }[] = []): HTMLElement {
  const known = new Set([currentZone(), chosen, Intl.DateTimeFormat().resolvedOptions().timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  more.forEach(({ value }) => known.delete(value));
  const choices = [...more, ...[...known].map((zone) => ({ value: zone, name: zone.replaceAll('_', ' ') }))];
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
    h('h3', { class: 'best-title' }, t(cells[0]?.first === undefined ? 'heat.busiest' : 'heat.best')),
    h('ol', { class: 'best-list' }, cells.map((cell: Cell) =>
      h('li', null,
        h('strong', null, joined(weekday(cell.weekday ?? 1, 'long'), hour(cell.hour ?? 0))),
        h('span', { class: 'muted' }, cell.first === undefined
          ? t('heat.bestMails', { n: number(cell.total) })
          : t('heat.bestCount', { n: number(cell.total), first: number(cell.first) })),
      ),
    )),
  ];
}
