import type { Campaign } from '../answers';
import { get } from '../api';
import { funnel, openInterval, parts } from '../chart/bars';
import { h, replace, type Child } from '../dom';
import { money, number, percent } from '../format';
import { t } from '../locale';
import { explain, figure, rateCard } from '../parts/figure';
import { follow } from '../parts/live';
import { panel } from '../parts/page';
import { failed, loading } from '../parts/states';
import type { CampaignVisit } from './campaign';
import { timelinePanel } from './campaign-timeline';
import { distributions } from './distributions';

/** What a campaign came to, kept up to date while it is looked at. */
export function overviewView(visit: CampaignVisit): Child {
  const place = h('div', { class: 'stack' }, loading(6));
  let shown = '';
  // Charts that are drawn anew take those before them away.
  let drawn = new AbortController();
  visit.signal.addEventListener('abort', () => drawn.abort());
  const load = async () => {
    try {
      const campaign = await get<Campaign>(visit.path, {}, visit.signal);
      const text = JSON.stringify(campaign);
      if (text === shown || visit.signal.aborted) return;
      shown = text;
      drawn.abort();
      drawn = new AbortController();
      keepFocus(place, () => replace(place, draw(campaign, drawn.signal)));
    } catch (error) {
      if (shown === '' && !visit.signal.aborted) replace(place, failed(error, () => void load()));
    }
  };
  void load();
  follow(() => void load(), visit.signal);
  return h('div', { class: 'stack' }, place, timelinePanel(visit));
}

/** Draws without taking the keyboard's place away from whoever stands on a number. */
function keepFocus(place: HTMLElement, draw: () => void): void {
  const focusable = () => [...place.querySelectorAll<HTMLElement>('button, a, summary, [tabindex="0"]')];
  const index = focusable().indexOf(document.activeElement as HTMLElement);
  draw();
  if (index >= 0) focusable()[index]?.focus({ preventScroll: true });
}

function draw(campaign: Campaign, signal: AbortSignal): Node[] {
  const { rates } = campaign;
  const complaint = rates.complaint_rate.value ?? 0;
  const unsure = t('reliability.unsubscribe');
  return [
    h(
      'div',
      { class: 'cards' },
      rateCard(t('metric.click_through_rate'), rates.click_through_rate, '', 'lead-card'),
      rateCard(t('metric.conversion_rate'), rates.conversion_rate),
      rateCard(t('metric.delivery_rate'), rates.delivery_rate),
      rateCard(t('metric.reply_rate'), rates.reply_rate),
      rateCard(t('metric.unsubscribe_rate'), rates.unsubscribe_rate, rates.unsubscribe_rate.reliability ? unsure : ''),
      rateCard(t('metric.complaint_rate'), rates.complaint_rate, '', complaint >= 0.003 ? 'bad' : complaint >= 0.001 ? 'warn' : ''),
    ),
    h(
      'div',
      { class: 'columns' },
      panel(t('funnel.title'), t('funnel.hint'), funnel(steps(campaign))),
      panel(t('open.title'), t('open.hint'), openInterval(rates.open_rate)),
    ),
    h(
      'div',
      { class: 'columns' },
      panel(t('people.title'), t('people.hint'), peopleAndAll(campaign)),
      panel(
        t('metric.bounce_rate'),
        t('bounce.hint', { rate: percent(rates.bounce_rate.value) }),
        parts(t('metric.bounce_rate'), [
          { name: t('bounce.hard'), rate: rates.bounce_rate.hard, tone: 'bad' },
          { name: t('bounce.soft'), rate: rates.bounce_rate.soft, tone: 'warn' },
          { name: t('bounce.block'), rate: rates.bounce_rate.block, tone: 'machine' },
        ]),
      ),
    ),
    h('div', { class: 'columns' }, panel(t('more.title'), '', moreRates(campaign)), panel(t('money.title'), t('money.hint'), moneyOf(campaign))),
    ...distributions(campaign, signal),
    ...limits(campaign),
  ];
}

function steps(campaign: Campaign) {
  const { counts, rates } = campaign;
  const unique = (type: string) => counts[type]?.unique ?? 0;
  const human = (type: string) => counts[type]?.human_unique ?? 0;
  return [
    { name: t('type.sent'), count: unique('sent'), explanation: t('funnel.sent', { n: number(unique('sent')) }) },
    { name: t('type.delivered'), count: rates.delivery_rate.numerator, explanation: explain(rates.delivery_rate) },
    {
      name: t('type.opened'),
      count: rates.open_rate.lower.numerator,
      atMost: rates.open_rate.upper.numerator,
      explanation: t('funnel.opened', { n: number(rates.open_rate.lower.numerator), all: number(rates.open_rate.upper.numerator) }),
    },
    { name: t('type.clicked'), count: human('clicked'), atMost: unique('clicked'), explanation: explain(rates.click_through_rate) },
    { name: t('type.converted'), count: rates.conversion_rate.numerator, explanation: explain(rates.conversion_rate) },
  ];
}

function peopleAndAll(campaign: Campaign): HTMLElement {
  const row = (type: string) => {
    const counts = campaign.counts[type];
    return h(
      'tr',
      null,
      h('th', { scope: 'row' }, t(type === 'opened' ? 'type.opened' : 'type.clicked')),
      [counts?.human_unique, counts?.unique, counts?.human_total, counts?.total].map((value, index) =>
        h('td', { class: index % 2 === 0 ? 'number strong' : 'number muted', 'data-number': `${type}.${['human_unique', 'unique', 'human_total', 'total'][index]}` }, number(value)),
      ),
    );
  };
  return h(
    'div',
    { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': t('people.title') },
    h(
      'table',
      { class: 'table compact' },
      h(
        'thead',
        null,
        h('tr', null, h('td', null), h('th', { colspan: 2, scope: 'colgroup', class: 'number' }, t('people.messages')), h('th', { colspan: 2, scope: 'colgroup', class: 'number' }, t('people.events'))),
        h('tr', null, h('td', null), [0, 1].map(() => [h('th', { scope: 'col', class: 'number' }, t('people.people')), h('th', { scope: 'col', class: 'number' }, t('people.all'))])),
      ),
      h('tbody', null, row('opened'), row('clicked')),
    ),
  );
}

function moreRates(campaign: Campaign): HTMLElement {
  const { rates } = campaign;
  const line = (name: string, value: HTMLElement) => h('div', null, h('dt', null, name), h('dd', null, value));
  return h(
    'dl',
    { class: 'facts' },
    line(t('metric.click_to_open_rate'), figure(rates.click_to_open_rate)),
    line(t('metric.click_through_rate_total'), figure(rates.click_through_rate_total)),
    line(t('metric.forward_rate'), figure(rates.forward_rate)),
    rates.forward_rate.inferred && line(t('metric.forwards_inferred'), figure(rates.forward_rate.inferred)),
  );
}

function moneyOf(campaign: Campaign): HTMLElement {
  const revenue = Object.entries(campaign.revenue);
  const { roi } = campaign.rates;
  const line = (name: string, value: Child) => h('div', null, h('dt', null, name), h('dd', null, value));
  return h(
    'dl',
    { class: 'facts' },
    line(t('money.revenue'), revenue.length === 0 ? t('money.none') : revenue.map(([currency, sum]) => h('div', null, money(sum, currency)))),
    line(t('money.cost'), campaign.cost === null || !campaign.currency ? t('money.noCost') : money(campaign.cost, campaign.currency)),
    roi.value !== null && line(t('metric.roi'), figure({ ...roi })),
  );
}

function limits(campaign: Campaign): Node[] {
  const late = campaign.limits?.late_events ?? 0;
  const unchecked = campaign.limits?.unchecked_events ?? 0;
  return late + unchecked === 0 ? [] : [h('p', { class: 'note' }, t('limits', { late: number(late), unchecked: number(unchecked) }))];
}
