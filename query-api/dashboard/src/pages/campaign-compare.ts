import type { Arm, Comparison } from '../answers';
import { getIfThere } from '../api';
import { h, replace, type Child } from '../dom';
import { ltr, number, percent, probability as written } from '../format';
import { t } from '../locale';
import { explain, told } from '../parts/figure';
import { panel, segmented } from '../parts/page';
import { empty, failed, loading } from '../parts/states';
import { csvButton, table } from '../parts/table';
import { keepInAddress } from '../router';
import type { CampaignVisit } from './campaign';

/** From what probability on the page calls a test decided. */
const SURE = 0.95;

/** The arms of an A/B test, by clicks or conversions. */
export function compareView(visit: CampaignVisit): Child {
  let goal = visit.query.get('goal') === 'conversions' ? 'conversions' : 'clicks';
  const place = h('div', null, loading());
  const load = async () => {
    keepInAddress({ goal });
    try {
      const answer = await getIfThere<Comparison>(`${visit.path}/compare`, { goal }, visit.signal);
      const isTest = answer !== null && answer.arms.length > 1;
      replace(place, isTest ? draw(answer) : empty(t('compare.none'), t('compare.noneHint')));
    } catch (error) {
      if (!visit.signal.aborted) replace(place, failed(error, () => void load()));
    }
  };
  void load();
  return panel(
    t('compare.title'),
    t('compare.hint'),
    h(
      'div',
      { class: 'toolbar' },
      segmented(t('compare.goal'), [
        { value: 'clicks', name: t('compare.goalClick') },
        { value: 'conversions', name: t('compare.goalConversion') },
      ], goal, (value) => {
        goal = value;
        void load();
      }),
      h('span', { class: 'spacer' }),
      csvButton(`${visit.path}/compare`, { goal }, `${visit.campaign}-compare.csv`),
    ),
    place,
  );
}

function draw(answer: Comparison): Node {
  const best = [...answer.arms].sort((one, other) => (other.probability_best ?? 0) - (one.probability_best ?? 0))[0];
  const probability = best?.probability_best ?? null;
  const isUnbalanced = answer.sample_ratio?.mismatch ?? false;
  return h(
    'div',
    null,
    best && probability !== null &&
      h(
        'p',
        { class: `verdict ${probability >= SURE && !isUnbalanced ? 'sure' : ''}` },
        t(probability >= SURE ? 'compare.verdictSure' : 'compare.verdictOpen', { arm: ltr(best.variant), probability: written(probability) }),
      ),
    isUnbalanced && h('p', { class: 'note', role: 'alert' }, t('compare.unbalanced')),
    answer.warnings
      .filter((warning) => warning.code !== 'sample_ratio_mismatch')
      .map((warning) => h('p', { class: 'note', lang: 'en', dir: 'ltr' }, warning.detail)),
    armTable(answer),
  );
}

/** The smallest p value that is written in full. */
const LEAST_P = 0.0001;

function pValue(value: number | undefined): string {
  return value !== undefined && value < LEAST_P ? `< ${number(LEAST_P, 4)}` : number(value, 4);
}

function armTable(answer: Comparison): HTMLElement {
  const rate = (arm: Arm) => (arm.messages === 0 ? null : arm.successes / arm.messages);
  return table<Arm>({
    caption: t('compare.title'),
    rows: answer.arms,
    columns: [
      {
        id: 'arm',
        name: t('compare.arm'),
        isHeader: true,
        cell: (arm) => [
          h('span', { class: 'row-title' }, ltr(arm.variant)),
          arm.variant === answer.control && h('span', { class: 'row-sub' }, t('compare.control')),
        ],
      },
      {
        id: 'rate',
        name: t('compare.rate'),
        isNumber: true,
        cell: (arm) =>
          told(
            percent(rate(arm)),
            explain({ value: rate(arm), numerator: arm.successes, denominator: arm.messages, counts: answer.goal === 'clicks' ? 'human' : 'all' }),
          ),
      },
      { id: 'messages', name: t('people.messages'), isNumber: true, cell: (arm) => number(arm.messages) },
      {
        id: 'difference',
        name: t('compare.difference'),
        isNumber: true,
        cell: (arm) => (arm.difference === null ? '–' : `${arm.difference.value > 0 ? '+' : ''}${number(arm.difference.value * 100, 2)}`),
      },
      { id: 'p', name: t('compare.p'), isNumber: true, cell: (arm) => pValue(arm.difference?.p_value) },
      {
        id: 'bar',
        name: '',
        cell: (arm) => h('span', { class: 'mini-bar', 'aria-hidden': 'true', vars: { '--share': `${(arm.probability_best ?? 0) * 100}%` } }),
      },
      { id: 'best', name: t('compare.best'), isNumber: true, cell: (arm) => h('strong', null, written(arm.probability_best)) },
    ],
  });
}
