import type { Rate } from '../answers';
import { h } from '../dom';
import { number, percent } from '../format';
import { t } from '../locale';

/** What a rate is made of, as a sentence: 500 of 10,000, people only. */
export function explain(rate: Rate, reason = ''): string {
  const parts = [
    t('rate.of', { numerator: number(rate.numerator, 2), denominator: number(rate.denominator, 2) }),
    t(rate.counts === 'human' ? 'rate.human' : 'rate.all'),
  ];
  if (rate.value === null) parts.push(t('rate.none'));
  if (reason) parts.push(reason);
  return parts.join('. ').replaceAll('..', '.') + '.';
}

/**
 * A rate that tells its numerator and denominator to the pointer, the keyboard and screen readers.
 *
 * @param reason why it is not reliable; empty where it is
 */
export function figure(rate: Rate, reason = ''): HTMLElement {
  return told(percent(rate.value), explain(rate, reason), reason !== '');
}

/** A text with an explanation for the pointer, the keyboard and screen readers. */
export function told(text: string, explanation: string, isDoubtful = false): HTMLElement {
  return h(
    'button',
    {
      type: 'button',
      class: isDoubtful ? 'figure doubtful' : 'figure',
      'data-tip': explanation,
      'aria-label': `${text}. ${explanation}`,
    },
    text,
  );
}

/** A card with a name, a number and what stands below it. */
export function card(name: string, value: HTMLElement | string, below: string, tone = ''): HTMLElement {
  return h(
    'div',
    { class: `card metric ${tone}` },
    h('h3', { class: 'metric-name' }, name),
    h('div', { class: 'metric-value' }, value),
    h('p', { class: 'metric-below' }, below),
  );
}

/** A rate as a card, with its numerator and denominator below it. */
export function rateCard(name: string, rate: Rate, reason = '', tone = ''): HTMLElement {
  return card(
    name,
    figure(rate, reason),
    t('rate.of', { numerator: number(rate.numerator), denominator: number(rate.denominator) }),
    tone,
  );
}
