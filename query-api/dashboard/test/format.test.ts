import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ago, calendarParts, country, day, duration, gregorianMonth, hour, money, month, number, percent, probability, range, useZone, weekday, weekdays } from '../src/format';
import { firstLanguage, isRtl, t, useLanguage, type Language } from '../src/locale';

/** Spaces and marks of direction that differ between releases of ICU. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u200e\u200f\u061c]/g, '');

async function speaking(language: Language, check: () => void): Promise<void> {
  await useLanguage(language);
  useZone('UTC');
  try {
    check();
  } finally {
    await useLanguage('en');
  }
}

describe('numbers', () => {
  it('stand in the digits of the language', async () => {
    await speaking('en', () => assert.equal(number(1234567), '1,234,567'));
    await speaking('fa', () => assert.equal(number(1234567), '۱٬۲۳۴٬۵۶۷'));
    await speaking('az', () => assert.equal(number(1234567.5, 1), '1.234.567,5'));
  });

  it('are ratios with two decimals below ten per cent and one above', async () => {
    await speaking('en', () => {
      assert.equal(plain(percent(0.0075)), '0.75%');
      assert.equal(plain(percent(0.05)), '5%');
      assert.equal(plain(percent(0.26123)), '26.1%');
      assert.equal(plain(percent(9)), '900%');
      assert.equal(percent(null), '–');
    });
    await speaking('fa', () => assert.equal(plain(percent(0.0075)), '۰٫۷۵٪'));
    await speaking('az', () => assert.equal(plain(percent(0.0075)), '0,75 %'));
  });

  it('are an interval, unless both ends look the same', async () => {
    await speaking('en', () => {
      assert.equal(range(0.26, 0.51), '26% to 51%');
      assert.equal(range(0.26, 0.26), '26%');
      assert.equal(range(null, null), '–');
    });
  });

  it('are money with its currency', async () => {
    await speaking('en', () => assert.equal(plain(money(1000, 'AZN')), 'AZN 1,000.00'));
    await speaking('az', () => assert.equal(plain(money(1000, 'AZN')), '1.000,00 AZN'));
  });
});

describe('times', () => {
  const instant = '2026-11-27T21:15:00Z';

  it('stand in the calendar of the language', async () => {
    await speaking('en', () => assert.equal(day(instant), '27 Nov 2026'));
    await speaking('fa', () => assert.equal(plain(day(instant)), '۶ آذر ۱۴۰۵'));
    await speaking('az', () => {
      assert.equal(day(instant), '27 noyabr 2026');
      assert.equal(month(instant), 'noyabr 2026');
    });
    await speaking('fa', () => assert.equal(month(instant), 'آذر ۱۴۰۵'));
  });

  it('stand in the zone that was chosen', async () => {
    await speaking('az', () => {
      useZone('Asia/Baku');
      assert.equal(day(instant), '28 noyabr 2026');
    });
    await speaking('fa', () => {
      useZone('Asia/Tehran');
      assert.equal(plain(day(instant)), '۷ آذر ۱۴۰۵');
    });
  });

  it('find the first day of a Jalali month', async () => {
    await speaking('fa', () => {
      assert.deepEqual(calendarParts('2026-03-20'), { year: 1404, month: 12, day: 29 });
      assert.deepEqual(calendarParts('2026-03-21'), { year: 1405, month: 1, day: 1 });
    });
    await speaking('en', () => assert.deepEqual(calendarParts('2026-03-21'), { year: 2026, month: 3, day: 21 }));
  });

  it('have a week that begins where the language begins it', async () => {
    await speaking('en', () => assert.deepEqual(weekdays(), [1, 2, 3, 4, 5, 6, 7]));
    await speaking('fa', () => {
      assert.equal(weekdays()[0], 6);
      assert.equal(weekday(6, 'long'), 'شنبه');
    });
    await speaking('en', () => assert.equal(weekday(1, 'long'), 'Monday'));
    await speaking('az', () => assert.equal(weekday(2, 'long'), 'Çərşənbə axşamı'));
  });

  it('are spans in two units at most', async () => {
    await speaking('en', () => {
      assert.equal(duration(0), '0 s');
      assert.equal(duration(59), '59 s');
      assert.equal(duration(7_200), '2 h');
      assert.equal(duration(7_260), '2 h 1 min');
      assert.equal(duration(90_061), '1 d 1 h');
      assert.equal(duration(null), '–');
      assert.equal(ago('2026-01-01T00:00:00Z', Date.parse('2026-01-01T03:20:00Z')), '3 h ago');
    });
  });

  it('are hours of a day', async () => {
    await speaking('en', () => assert.equal(hour(9), '09:00'));
    await speaking('fa', () => assert.equal(hour(9), '۰۹:۰۰'));
  });
});

describe('probabilities and months', () => {
  it('are never quite certain', async () => {
    await speaking('en', () => {
      assert.equal(probability(0.99999), '> 99.9%');
      assert.equal(probability(0.0000001), '< 0.1%');
      assert.equal(probability(0.5), '50%');
    });
  });

  it('are Gregorian where sums are made by Gregorian months', async () => {
    await speaking('fa', () => assert.equal(gregorianMonth('2026-11'), 'نوامبر ۲۰۲۶'));
    await speaking('az', () => assert.equal(gregorianMonth('2026-11'), 'noyabr 2026'));
  });
});

describe('languages', () => {
  it('begin with the choice, then the browser, then English', () => {
    assert.equal(firstLanguage('az', ['fa-IR']), 'az');
    assert.equal(firstLanguage(null, ['de-DE', 'fa-IR', 'en']), 'fa');
    assert.equal(firstLanguage('xx', ['de']), 'en');
  });

  it('write from right to left in Persian alone', async () => {
    await speaking('fa', () => assert.equal(isRtl(), true));
    await speaking('az', () => assert.equal(isRtl(), false));
  });

  it('name countries, also where the browser does not know the language', async () => {
    await speaking('az', () => assert.equal(country('DE'), 'Almaniya'));
    await speaking('en', () => assert.equal(country('DE'), 'Germany'));
    await speaking('fa', () => assert.equal(country('DE'), 'آلمان'));
    await speaking('en', () => assert.equal(country(null), 'Unknown'));
  });

  it('put values into texts', async () => {
    await speaking('az', () => assert.equal(t('rate.of', { numerator: 5, denominator: 10 }), '10 içindən 5'));
  });
});
