import type { DimensionRow } from '../answers';
import { heatLegend } from '../chart/heat';
import { h, replace, type Child } from '../dom';
import { country, joined, number, percent } from '../format';
import { t } from '../locale';
import { told } from '../parts/figure';
import { panel, segmented } from '../parts/page';
import { allPages } from '../parts/paged';
import { empty, loading, section } from '../parts/states';
import { csvButton, table } from '../parts/table';
import { keepInAddress } from '../router';
import type { CampaignVisit } from './campaign';

type Event = 'opened' | 'clicked';

interface Places {
  places: DimensionRow[];
  min_messages: number;
}

/** From where people opened and clicked: the world, and beside it the same numbers as a table. */
export function placesPanel(visit: CampaignVisit): HTMLElement {
  let event: Event = visit.query.get('event') === 'clicked' ? 'clicked' : 'opened';
  const place = h('div');
  let shown: Places | null = null;
  const show = () => shown && replace(place, draw(shown, event));
  return panel(
    t('places.title'),
    t('places.hint'),
    csvButton(`${visit.path}/places`, {}, `${visit.campaign}-places.csv`),
    h(
      'div',
      { class: 'toolbar' },
      segmented(t('places.event'), [
        { value: 'opened', name: t('places.opens') },
        { value: 'clicked', name: t('places.clicks') },
      ], event, (value) => {
        event = value as Event;
        keepInAddress({ event });
        show();
      }),
    ),
    section(
      (signal) => allPages<Places>(`${visit.path}/places`, 'places', signal),
      (answer) => {
        shown = answer;
        show();
        return place;
      },
      visit.signal,
    ),
  );
}

/** Events by people in one country, of all events by people. */
interface Line {
  country: string | null;
  events: number;
  messages: number;
  all: number;
}

function draw({ places, min_messages: least }: Places, event: Event): Child {
  const all = places.reduce((sum, row) => sum + (row.counts[event]?.human_total ?? 0), 0);
  const lines = places
    .map((row): Line => {
      const counts = row.counts[event];
      return { country: row.country ?? null, events: counts?.human_total ?? 0, messages: counts?.human_unique ?? 0, all };
    })
    .filter((line) => line.events > 0);
  if (all === 0) return empty(t('places.none'), t('audience.noneHint'));
  const known = lines.filter((line): line is Line & { country: string } => line.country !== null);
  return h(
    'div',
    { class: 'places-body' },
    h('div', null, known.length > 0 && map(known, event, least), coverage(known, all, event)),
    h('div', { class: 'places-numbers' }, placesTable(lines, event, least)),
  );
}

const share = (line: Line) => line.events / line.all;

/** What a share is made of, and whether it rests on too few messages. */
function explanation(line: Line, event: Event, least: number): string {
  const parts = [
    t(event === 'opened' ? 'places.ofOpens' : 'places.ofClicks', { n: number(line.events), all: number(line.all) }),
    line.messages < least ? t('places.few') : '',
  ];
  return parts.filter(Boolean).join('. ') + '.';
}

function map(known: readonly (Line & { country: string })[], event: Event, least: number): HTMLElement {
  const place = h('div', { class: 'places-map' }, loading(4));
  const places = known.map((line) => ({
    country: line.country,
    count: line.events,
    isMasked: line.messages < least,
    told: `${country(line.country)}: ${percent(share(line))}. ${explanation(line, event, least)}`,
  }));
  void import('../chart/map')
    .then(({ worldMap }) => {
      const { element, tooSmall } = worldMap(places, t(event === 'opened' ? 'places.mapOpens' : 'places.mapClicks', { n: number(places.length) }));
      const names = tooSmall.map((code) => country(code));
      replace(place, element, heatLegend(), names.length > 0 && h('p', { class: 'hint' }, t('places.tooSmall', { names: names.reduce(joined) })));
    })
    // The table beside it has the same numbers.
    .catch(() => place.remove());
  return place;
}

function placesTable(lines: readonly Line[], event: Event, least: number): HTMLElement {
  return table<Line>({
    caption: t('places.title'),
    rows: lines,
    sorting: { column: 'events', isDescending: true },
    columns: [
      { id: 'name', name: t('places.country'), isHeader: true, key: (row) => country(row.country), cell: (row) => country(row.country) },
      {
        id: 'share',
        name: t('places.share'),
        isNumber: true,
        key: share,
        cell: (row) => told(percent(share(row)), explanation(row, event, least), row.messages < least),
      },
      { id: 'events', name: t(event === 'opened' ? 'places.opens' : 'places.clicks'), isNumber: true, key: (row) => row.events, cell: (row) => number(row.events) },
      { id: 'messages', name: t('people.messages'), isNumber: true, key: (row) => row.messages, cell: (row) => number(row.messages) },
    ],
  });
}

/** How much of all that people did has a place at all. */
function coverage(known: readonly Line[], all: number, event: Event): HTMLElement {
  const placed = known.reduce((sum, line) => sum + line.events, 0);
  const values = { share: percent(placed / all), n: number(placed), all: number(all) };
  const text = placed === all ? t('places.allPlaced') : t(event === 'opened' ? 'places.coverageOpens' : 'places.coverageClicks', values);
  return h('p', { class: placed === all ? 'hint' : 'note', 'data-coverage': '' }, text, placed === 0 && ` ${t('places.noDatabase')}`);
}
