import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import atlas from 'world-atlas/countries-110m.json';
import { codeOf } from '../src/chart/countries';
import { outline, partsOf, project } from '../src/chart/projection';
import { AZ_COUNTRIES } from '../src/i18n/az-countries';

const countries = atlas.objects.countries.geometries as { id?: string; properties: { name: string } }[];

/** Where the geometry writes a name in short, or in another way than Unicode does. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  BA: 'Bosnia and Herz.', CD: 'Dem. Rep. Congo', CF: 'Central African Rep.', CG: 'Congo', CI: "Côte d'Ivoire",
  DO: 'Dominican Rep.', EH: 'W. Sahara', FK: 'Falkland Is.', GQ: 'Eq. Guinea', MK: 'Macedonia', MM: 'Myanmar',
  PS: 'Palestine', SB: 'Solomon Is.', SS: 'S. Sudan', SZ: 'eSwatini', TF: 'Fr. S. Antarctic Lands', TR: 'Turkey',
  TT: 'Trinidad and Tobago', US: 'United States of America',
};

describe('the map', () => {
  it('takes each country of the geometry for the one that has its name', () => {
    const names = new Intl.DisplayNames(['en'], { type: 'region' });
    const seen = new Set<string>();
    for (const { id, properties } of countries) {
      const code = codeOf(id, properties.name);
      if (code === null) {
        assert.ok(['N. Cyprus', 'Somaliland'].includes(properties.name), properties.name);
        continue;
      }
      assert.equal(OTHER_NAMES[code] ?? names.of(code), properties.name);
      assert.ok(!seen.has(code), code);
      seen.add(code);
    }
    assert.equal(seen.size, 175);
  });

  it('has a name in Azerbaijani for each', () => {
    const nameless = countries.map(({ id, properties }) => codeOf(id, properties.name)).filter((code) => code !== null && !AZ_COUNTRIES[code]);
    assert.deepEqual(nameless, []);
  });

  // Lengths of parallels and their distances from the equator, from the table that the projection was drawn by.
  for (const [latitude, length, distance] of [
    [0, 1, 0],
    [30, 0.957, 0.372],
    [45, 0.9006, 0.5571],
    [60, 0.8196, 0.7346],
    [80, 0.6754, 0.9394],
  ] as const) {
    it(`follows the projection's table at ${latitude} degrees`, () => {
      const [x, y] = project(180, latitude);
      assert.ok(Math.abs(x / (0.8707 * Math.PI) - length) < 0.003, `${x}`);
      assert.ok(Math.abs(-y / (0.8707 * 0.52 * Math.PI) - distance) < 0.003, `${y}`);
    });
  }

  it('is cut where it crosses the edge of the map, and nowhere else', () => {
    const crossing = partsOf([[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]]);
    assert.deepEqual(
      crossing.map((part) => [Math.min(...part.map(([x]) => x)), Math.max(...part.map(([x]) => x))]),
      [[-180, -170], [170, 180]],
    );
    const whole = [[10, 0], [20, 0], [20, 10], [10, 0]] as [number, number][];
    assert.deepEqual(partsOf(whole), [whole]);
  });

  it('points at the largest part of a country', () => {
    const square = (x: number, y: number, size: number): [number, number][] => [[x, y], [x + size, y], [x + size, y + size], [x, y + size]];
    const { path, middle } = outline([[square(0, 0, 1)], [square(100, 40, 10)]]);
    assert.deepEqual(middle, [105, 45]);
    assert.equal(path, 'M0.0,0.0L1.0,0.0L1.0,1.0L0.0,1.0ZM100.0,40.0L110.0,40.0L110.0,50.0L100.0,50.0Z');
  });
});
