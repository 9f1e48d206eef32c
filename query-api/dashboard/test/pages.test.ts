import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bestHours, mostOf } from '../src/chart/heat';
import { sorted, type Column } from '../src/parts/table';
import { match } from '../src/router';
import { url } from '../src/api';

describe('paths', () => {
  const entries = [{ template: '/campaigns' }, { template: '/campaigns/{id}' }, { template: '/campaigns/{id}/{view}' }];

  it('lead to the page that fits, with decoded values', () => {
    assert.deepEqual(match(entries, '/campaigns/a%7Eb/links')?.path, { id: 'a~b', view: 'links' });
    assert.equal(match(entries, '/campaigns/')?.entry.template, '/campaigns');
    assert.equal(match(entries, '/nothing'), null);
    assert.equal(match(entries, '/campaigns/%E0%A4%A'), null);
  });

  it('leave out what was not chosen', () => {
    assert.equal(url('/x', { a: 'b c', d: '', e: null, f: 0 }), '/x?a=b+c&f=0');
  });
});

describe('heatmaps', () => {
  const cell = (hour: number, total: number, first: number, masked = false) => ({ weekday: 1, hour, total, first, masked });

  it('take no masked cell for a best hour or for the top of the scale', () => {
    const cells = [cell(1, 50, 4, true), cell(2, 10, 9), cell(3, 12, 8), cell(4, 10, 10), cell(5, 0, 0)];
    assert.deepEqual(bestHours(cells, 3).map((best) => best.hour), [3, 4, 2]);
    assert.equal(mostOf(cells), 12);
  });

  it('end their scale below a single outlier', () => {
    const cells = Array.from({ length: 100 }, (_, index) => cell(index % 24, index === 50 ? 5_000 : 10 + (index % 5), 9));
    assert.equal(mostOf(cells), 14);
    assert.equal(mostOf([]), 0);
  });
});

describe('tables', () => {
  const columns: Column<{ name: string; n: number }>[] = [
    { id: 'name', name: '', key: (row) => row.name, cell: () => null },
    { id: 'n', name: '', key: (row) => row.n, cell: () => null },
  ];
  const rows = [
    { name: 'b10', n: 2 },
    { name: 'b9', n: 10 },
    { name: 'a', n: 2 },
  ];

  it('sort numbers as numbers, also inside of names, and leave equals as they came', () => {
    const names = (column: string, isDescending: boolean) => sorted(rows, columns, { column, isDescending }).map((row) => row.name);
    assert.deepEqual(names('n', true), ['b9', 'b10', 'a']);
    assert.deepEqual(names('name', false), ['a', 'b9', 'b10']);
    assert.deepEqual(names('other', false), ['b10', 'b9', 'a']);
  });
});
