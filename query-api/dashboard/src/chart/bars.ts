import type { OpenRate, Rate } from '../answers';
import { h } from '../dom';
import { number, percent, range } from '../format';
import { t } from '../locale';
import { explain, figure, told } from '../parts/figure';

const share = (ratio: number | null) => `${Math.min(100, Math.max(0, (ratio ?? 0) * 100)).toFixed(2)}%`;

/**
 * The open rate as what it is: somewhere between the openers known to be people and all that
 * fetched the pixel. The band is the doubt; the mark is the estimate without prefetched messages.
 */
export function openInterval(rate: OpenRate): HTMLElement {
  const lower = rate.lower.value;
  const upper = rate.upper.value;
  const reason = rate.reliability ? t('open.reliability') : '';
  return h(
    'div',
    { class: 'interval' },
    h(
      'div',
      { class: 'interval-head' },
      told(range(lower, upper), `${t('open.lower')}: ${explain(rate.lower)} ${t('open.upper')}: ${explain(rate.upper)}`, true),
      h('span', { class: 'muted' }, t('open.ofReached', { n: number(rate.denominator) })),
    ),
    h(
      'div',
      {
        class: 'interval-track',
        role: 'img',
        'aria-label': t('open.picture', { range: range(lower, upper), adjusted: percent(rate.adjusted.value) }),
        vars: { '--lower': share(lower), '--upper': share(upper), '--adjusted': share(rate.adjusted.value) },
      },
      h('div', { class: 'interval-sure' }),
      h('div', { class: 'interval-band' }),
      rate.adjusted.value !== null && h('div', { class: 'interval-mark' }),
    ),
    h('div', { class: 'interval-scale muted', 'aria-hidden': 'true' }, h('span', null, percent(0)), h('span', null, percent(0.5)), h('span', null, percent(1))),
    h(
      'dl',
      { class: 'interval-facts' },
      fact('sure', t('open.lower'), rate.lower),
      fact('mark', t('open.adjusted'), rate.adjusted),
      fact('band', t('open.upper'), rate.upper),
      rate.prefetch_share && fact('none', t('open.prefetchShare'), rate.prefetch_share),
    ),
    reason && h('p', { class: 'note' }, reason),
  );
}

function fact(key: string, name: string, rate: Rate): HTMLElement {
  return h('div', null, h('dt', null, h('span', { class: `key ${key}`, 'aria-hidden': 'true' }), name), h('dd', null, figure(rate)));
}

export interface Step {
  name: string;
  count: number;
  /** What the count may be at most, where it is not sure. */
  atMost?: number;
  explanation: string;
}

/** How many messages got how far. Each bar is measured against the first. */
export function funnel(steps: readonly Step[]): HTMLElement {
  const whole = steps[0]?.count ?? 0;
  return h(
    'ol',
    { class: 'funnel' },
    steps.map((step) => {
      const ratio = whole === 0 ? null : step.count / whole;
      return h(
        'li',
        { class: 'funnel-step', vars: { '--share': share(ratio), '--at-most': share(whole === 0 ? 0 : (step.atMost ?? step.count) / whole) } },
        h('span', { class: 'funnel-name' }, step.name),
        h('span', { class: 'funnel-track', 'aria-hidden': 'true' }, h('span', { class: 'funnel-doubt' }), h('span', { class: 'funnel-bar' })),
        told(number(step.count), step.explanation),
        h('span', { class: 'funnel-share muted' }, percent(ratio)),
      );
    }),
  );
}

export interface Part {
  name: string;
  rate: Rate;
  tone: string;
}

/** Shares of one whole, as one bar and its list. */
export function parts(label: string, list: readonly Part[]): HTMLElement {
  const whole = list.reduce((sum, part) => sum + part.rate.numerator, 0);
  return h(
    'div',
    { class: 'parts' },
    whole > 0 &&
      h(
        'div',
        { class: 'parts-bar', role: 'img', 'aria-label': label },
        list.map((part) => h('span', { class: `parts-part ${part.tone}`, vars: { '--share': share(part.rate.numerator / whole) } })),
      ),
    h(
      'dl',
      { class: 'parts-list' },
      list.map((part) =>
        h(
          'div',
          null,
          h('dt', null, h('span', { class: `dot ${part.tone}`, 'aria-hidden': 'true' }), part.name),
          h('dd', null, h('span', { class: 'muted' }, number(part.rate.numerator)), figure(part.rate)),
        ),
      ),
    ),
  );
}
