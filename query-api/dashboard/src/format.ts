import { countryNames, isRtl, language, t, type Language } from './locale';
import { AZ_MONTHS, AZ_WEEKDAYS, AZ_WEEKDAYS_SHORT } from './i18n/az-names';

/** What stands where there is no number. */
export const NONE = '–';

/** Azerbaijani writes numbers as Turkish does, and browsers often lack its own rules. */
const TAGS: Record<Language, string> = {
  en: 'en-GB',
  fa: 'fa-IR-u-ca-persian-nu-arabext',
  az: 'tr-TR',
};

let zone = 'UTC';

/** Makes it the zone in which times are shown. */
export function useZone(name: string): void {
  zone = name;
}

export function currentZone(): string {
  return zone;
}

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const id = language() + JSON.stringify(options);
  let format = numberFormats.get(id);
  if (!format) {
    format = new Intl.NumberFormat(TAGS[language()], options);
    numberFormats.set(id, format);
  }
  return format;
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = language() + JSON.stringify(options);
  let format = dateFormats.get(id);
  if (!format) {
    format = new Intl.DateTimeFormat(TAGS[language()], options);
    dateFormats.set(id, format);
  }
  return format;
}

export function number(value: number | null | undefined, maxDigits = 0): string {
  return value === null || value === undefined
    ? NONE
    : numbers({ maximumFractionDigits: maxDigits }).format(value);
}

/** A ratio as per cent: two decimals below ten per cent, one above. */
export function percent(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined) return NONE;
  const digits = Math.abs(ratio) < 0.1 ? 2 : 1;
  if (language() === 'az') {
    return number(ratio * 100, digits) + ' %';
  }
  return numbers({ style: 'percent', maximumFractionDigits: digits }).format(ratio);
}

/** How far a number moved, with its sign, such as +12.5%. */
export function change(ratio: number): string {
  const options: Intl.NumberFormatOptions = { maximumFractionDigits: Math.abs(ratio) < 0.1 ? 1 : 0, signDisplay: 'exceptZero' };
  return language() === 'az' ? numbers(options).format(ratio * 100) + ' %' : numbers({ ...options, style: 'percent' }).format(ratio);
}

export function money(value: number, currency: string): string {
  if (language() === 'az') {
    return `${numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value)} ${currency}`;
  }
  try {
    return numbers({ style: 'currency', currency, currencyDisplay: 'code' }).format(value);
  } catch {
    return `${number(value, 2)} ${currency}`;
  }
}

type Parts = { year: string; month: number; day: string; weekday: number };

function az(date: Date, timeZone: string): Parts {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: 'numeric',
  }).formatToParts(date);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  const day = Date.UTC(Number(part('year')), Number(part('month')) - 1, Number(part('day')));
  return {
    year: part('year'),
    month: Number(part('month')),
    day: String(Number(part('day'))),
    weekday: new Date(day).getUTCDay(),
  };
}

/** A day in the calendar of the language, such as 27 Nov 2026. */
export function day(time: string | number | Date, timeZone = zone): string {
  const date = new Date(time);
  if (language() === 'az') {
    const parts = az(date, timeZone);
    return `${parts.day} ${AZ_MONTHS[parts.month - 1] ?? ''} ${parts.year}`;
  }
  return dates({ timeZone, year: 'numeric', month: 'short', day: 'numeric' }).format(date);
}

/** A day without its year, for axes. */
export function shortDay(time: string | number | Date, timeZone = zone): string {
  const date = new Date(time);
  if (language() === 'az') {
    const parts = az(date, timeZone);
    return `${parts.day} ${(AZ_MONTHS[parts.month - 1] ?? '').slice(0, 3)}`;
  }
  return dates({ timeZone, month: 'short', day: 'numeric' }).format(date);
}

/** A Gregorian month with its year in any language, for sums that are made by such months. */
export function gregorianMonth(isoMonth: string): string {
  const date = new Date(`${isoMonth}-15T12:00:00Z`);
  if (language() === 'az') return month(date, 'UTC');
  return new Intl.DateTimeFormat(language() === 'fa' ? 'fa-IR-u-ca-gregory' : TAGS.en, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
  }).format(date);
}

/** A probability, which is never quite 0 or 1. */
export function probability(value: number | null): string {
  if (value === null) return NONE;
  if (value > 0.999) return '> ' + percent(0.999);
  if (value < 0.001) return '< ' + percent(0.001);
  return percent(value);
}

/** A month with its year, such as November 2026. */
export function month(time: string | number | Date, timeZone = zone): string {
  const date = new Date(time);
  if (language() === 'az') {
    const parts = az(date, timeZone);
    return `${AZ_MONTHS[parts.month - 1] ?? ''} ${parts.year}`;
  }
  const parts = dates({ timeZone, year: 'numeric', month: 'long' }).formatToParts(date);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('month')} ${part('year')}`;
}

/** Two parts of one thing with the comma of the language between them. */
export function joined(one: string, other: string): string {
  return one + (language() === 'fa' ? '، ' : ', ') + other;
}

/** Hours and minutes of a day, 24 of them. */
export function clock(time: string | number | Date, timeZone = zone): string {
  return dates({ timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(time));
}

export function dateTime(time: string | number | Date | null | undefined, timeZone = zone): string {
  return time === null || time === undefined ? NONE : joined(day(time, timeZone), clock(time, timeZone));
}

/** A full hour, such as 09:00, in the digits of the language. */
export function hour(value: number): string {
  const digits = numbers({ minimumIntegerDigits: 2, useGrouping: false });
  return `${digits.format(value)}:${digits.format(0)}`;
}

/** The name of a weekday, 1 for Monday to 7 for Sunday. */
export function weekday(value: number, style: 'long' | 'short' | 'narrow' = 'short'): string {
  if (language() === 'az') {
    return (style === 'long' ? AZ_WEEKDAYS : AZ_WEEKDAYS_SHORT)[value - 1] ?? '';
  }
  // 5 January 1970 was a Monday.
  return dates({ timeZone: 'UTC', weekday: style }).format(new Date(Date.UTC(1970, 0, 4 + value)));
}

/** The weekdays in the order of the language's week: from Saturday in Persian, else from Monday. */
export function weekdays(): number[] {
  return language() === 'fa' ? [6, 7, 1, 2, 3, 4, 5] : [1, 2, 3, 4, 5, 6, 7];
}

/** The year, month and day of a date in the language's calendar, for laying out months. */
export function calendarParts(isoDate: string): { year: number; month: number; day: number } {
  const calendar = language() === 'fa' ? 'persian' : 'gregory';
  const parts = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(new Date(isoDate + 'T00:00:00Z'));
  const part = (type: string) => parseInt(parts.find((candidate) => candidate.type === type)?.value ?? '0', 10);
  return { year: part('year'), month: part('month'), day: part('day') };
}

const STEPS: readonly [number, 'days' | 'hours' | 'minutes' | 'seconds'][] = [
  [86_400, 'days'],
  [3_600, 'hours'],
  [60, 'minutes'],
  [1, 'seconds'],
];

/** A span of time in its two largest units, such as 2 h 5 min. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return NONE;
  let rest = Math.round(seconds);
  const texts: string[] = [];
  for (const [size, unit] of STEPS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) texts.push(t(`duration.${unit}`, { n: number(count) }));
    if (texts.length === 2 || (texts.length === 1 && unit === 'hours' && rest < 60)) break;
  }
  return texts.length === 0 ? t('duration.seconds', { n: number(0) }) : texts.join(' ');
}

/** How long ago a time was, in its largest unit. */
export function ago(time: string | number | Date, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - new Date(time).getTime()) / 1000));
  if (seconds < 10) return t('ago.now');
  const [size, unit] = STEPS.find(([step]) => seconds >= step) ?? [1, 'seconds'];
  return t('ago.past', { span: t(`duration.${unit}`, { n: number(Math.floor(seconds / size)) }) });
}

/** The name of a country by its two-letter code. */
export function country(code: string | null): string {
  if (!code) return t('unknown');
  const own = countryNames();
  if (own) return own[code] ?? code;
  try {
    return new Intl.DisplayNames([TAGS[language()]], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** An interval between two ratios. */
export function range(lower: number | null, upper: number | null): string {
  if (lower === null || upper === null) return NONE;
  if (percent(lower) === percent(upper)) return percent(lower);
  return t('interval', { lower: percent(lower), upper: percent(upper) });
}

/** Marks a text of ids, URLs and the like as one that runs from left to right in any language. */
export function ltr(text: string): string {
  return isRtl() ? `\u2066${text}\u2069` : text;
}
