import { h } from '../dom';
import { change, number } from '../format';
import { t } from '../locale';

/** A number, and below it what it was in the period before and how far it moved: words and signs, no colours. */
export function changed(now: number, before: number): HTMLElement {
  return h(
    'span',
    { class: 'changed' },
    h('span', { class: 'changed-now' }, number(now)),
    ' ',
    h('span', { class: 'changed-before' }, t('change.before', { n: number(before) }), before > 0 && now !== before && [' ', h('bdi', null, `(${change(now / before - 1)})`)]),
  );
}

/** The periods that numbers can be had of. */
const DAYS = ['7', '28', '90'] as const;

export interface PeriodChoice {
  /** How many days back from now; empty for all that there is. */
  days: string;
  isCompared: boolean;
}

/** What an address says of the period. */
export function periodIn(query: URLSearchParams): PeriodChoice {
  const days = (DAYS as readonly (string | null)[]).includes(query.get('days')) ? (query.get('days') as string) : '';
  return { days, isCompared: days !== '' && query.get('compare') === 'previous' };
}

/** The same as an address has it. */
export function inAddress({ days, isCompared }: PeriodChoice): Record<string, string> {
  return { days, compare: isCompared ? 'previous' : '' };
}

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;

/**
 * The same as the API is asked for it: so many times 24 hours up to now, since a day that is not over
 * must not stand beside a whole one.
 */
export function asked({ days, isCompared }: PeriodChoice, now = Date.now()): Record<string, string> {
  if (days === '') return {};
  const to = Math.ceil(now / QUARTER_MS) * QUARTER_MS;
  const from = to - Number(days) * DAY_MS;
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ...(isCompared && { compare: 'previous' }),
  };
}

/** The choice of a period, and whether the one before stands beside it. */
export function periodPicker(choice: PeriodChoice, choose: (choice: PeriodChoice) => void): HTMLElement[] {
  const box = h('input', { type: 'checkbox', checked: choice.isCompared, disabled: choice.days === '' });
  const select = h(
    'select',
    { class: 'select' },
    ['', ...DAYS].map((days) =>
      h('option', { value: days, selected: days === choice.days }, days === '' ? t('period.all') : t('list.last', { n: number(Number(days)) })),
    ),
  );
  const tell = () => {
    box.disabled = select.value === '';
    if (box.disabled) box.checked = false;
    choose({ days: select.value, isCompared: box.checked });
  };
  select.addEventListener('change', tell);
  box.addEventListener('change', tell);
  return [
    h('label', { class: 'picker' }, h('span', { class: 'label' }, t('list.period')), select),
    h('label', { class: 'picker check' }, box, h('span', { class: 'label' }, t('period.compare'))),
  ];
}
