/** The map of the world and its geometry; loaded when a page shows places. */
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json';
import { h, svg, uniqueId } from '../dom';
import '../styles/map.css';
import { codeOf } from './countries';
import { heatOf } from './heat';
import { outline, partsOf, project, type Outline, type Ring } from './projection';

/** The width of the drawing; everything else follows. */
const WIDTH = 960;

/** Between these latitudes people live; Antarctica only takes room. */
const SOUTH = -56;
const NORTH = 83.7;
const ANTARCTICA = 'AQ';

const SCALE = WIDTH / (2 * project(180, 0)[0]);
const TOP = project(0, NORTH)[1] * SCALE;
const HEIGHT = Math.ceil(project(0, SOUTH)[1] * SCALE - TOP);

export interface MapPlace {
  country: string;
  count: number;
  isMasked: boolean;
  /** What the pointer, the keyboard and screen readers are told. */
  told: string;
}

export interface WorldMap {
  element: HTMLElement;
  /** The countries that have a count, and are too small to be drawn. */
  tooSmall: string[];
}

interface Shape extends Outline {
  code: string | null;
}

let drawnShapes: Shape[] | null = null;

/** The outlines of all countries, in the drawing's own measure. */
function shapes(): Shape[] {
  drawnShapes ??= countries().features.map((country) => {
    const { geometry } = country;
    const polygons =
      geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
    const drawn = polygons.map((rings) => rings.flatMap((ring) => partsOf(ring as unknown as Ring).map((part): Ring => part.map(place))));
    return { code: codeOf(country.id?.toString(), country.properties.name), ...outline(drawn) };
  });
  return drawnShapes;
}

function countries() {
  const world = atlas as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  return feature(world, world.objects.countries);
}

function place([longitude, latitude]: readonly [number, number]): [number, number] {
  const [x, y] = project(longitude, latitude);
  return [x * SCALE + WIDTH / 2, y * SCALE - TOP];
}

/**
 * The world with the countries that have a count in the colours of the scale. Those are one stop of
 * the keyboard; arrow keys walk through them, the most first.
 */
export function worldMap(places: readonly MapPlace[], label: string): WorldMap {
  const byCode = new Map(places.map((entry) => [entry.country, entry]));
  const most = Math.max(0, ...places.filter((entry) => !entry.isMasked).map((entry) => entry.count));
  const hatch = uniqueId('hatch');
  const all = shapes().filter((shape) => shape.code !== ANTARCTICA);
  const land = all.filter((shape) => !byCode.has(shape.code ?? ''));
  const counted = all
    .flatMap((shape) => {
      const entry = byCode.get(shape.code ?? '');
      return entry ? [{ shape, entry }] : [];
    })
    .sort((one, other) => other.entry.count - one.entry.count);
  const stops = counted.map(({ shape, entry }) => country(shape, entry, most, hatch));
  moveByKeys(stops);
  const drawing = svg(
    'svg',
    { class: 'map', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'group', 'aria-label': label },
    svg(
      'defs',
      null,
      svg(
        'pattern',
        { id: hatch, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        svg('rect', { width: 7, height: 7, class: 'map-hatch-ground' }),
        svg('rect', { width: 2.5, height: 7, class: 'map-hatch-line' }),
      ),
    ),
    svg('path', { class: 'map-land', d: land.map((shape) => shape.path).join(''), 'aria-hidden': 'true' }),
    stops,
  );
  const drawn = new Set(counted.map(({ entry }) => entry.country));
  return {
    element: h('div', { class: 'map-frame' }, drawing),
    tooSmall: places.filter((entry) => !drawn.has(entry.country)).map((entry) => entry.country),
  };
}

function country(shape: Shape, entry: MapPlace, most: number, hatch: string): SVGElement {
  return svg('path', {
    class: entry.isMasked ? 'map-country masked' : `map-country heat-${heatOf(entry.count, most)}`,
    fill: entry.isMasked && `url(#${hatch})`,
    d: shape.path,
    role: 'img',
    tabindex: '-1',
    'data-country': entry.country,
    'data-tip': entry.told,
    'data-tip-at': shape.middle.map(Math.round).join(' '),
    'aria-label': entry.told,
  });
}

function moveByKeys(stops: readonly SVGElement[]): void {
  stops[0]?.setAttribute('tabindex', '0');
  stops.forEach((stop, index) =>
    stop.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const next = step && stops[index + step];
      if (!next) return;
      event.preventDefault();
      stop.setAttribute('tabindex', '-1');
      next.setAttribute('tabindex', '0');
      next.focus();
    }),
  );
}
