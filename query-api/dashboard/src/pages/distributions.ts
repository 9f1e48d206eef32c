import type { Campaign, Distributions, TimeSpread } from '../answers';
import { parts } from '../chart/bars';
import { chart } from '../chart/charts';
import { h } from '../dom';
import { duration, number } from '../format';
import { t } from '../locale';
import { panel } from '../parts/page';

/** How long people took to open, click, reply and read, where the answer tells. */
export function distributions(campaign: Campaign, signal: AbortSignal): Node[] {
  const all = campaign.distributions;
  if (!all) return [];
  const panels = (['time_to_open', 'time_to_click', 'recipient_reply_time'] as const).flatMap((name) =>
    (all[name] ?? []).filter((spread) => spread.messages > 0).map((spread) => timePanel(t(`dist.${name}`), spread, signal)),
  );
  const reading = readPanel(all);
  if (reading) panels.push(reading);
  return panels.length === 0 ? [] : [h('div', { class: 'columns' }, panels)];
}

function timePanel(title: string, spread: TimeSpread, signal: AbortSignal): HTMLElement {
  const name = (seconds: number | null) => (seconds === null ? t('dist.beyond') : duration(seconds));
  return panel(
    title,
    t(`dist.${spread.since}`),
    h('p', { class: 'spread' }, t('dist.median', { median: duration(spread.median_seconds), p90: duration(spread.p90_seconds), n: number(spread.messages) })),
    chart({
      label: title,
      categories: spread.histogram.map((bar) => name(bar.up_to_seconds)),
      categoryName: t('dist.within'),
      series: [{ name: t('dist.messages'), values: spread.histogram.map((bar) => bar.messages), colour: 'accent', type: 'bar' }],
      height: 'low',
      signal,
    }),
  );
}

function readPanel(all: Distributions): HTMLElement | null {
  const { glanced, skimmed, read } = all.read_time;
  if (!glanced || !skimmed || !read || glanced.denominator === 0) return null;
  return panel(
    t('dist.readTime'),
    t('dist.readHint'),
    parts(t('dist.readTime'), [
      { name: t('dist.glanced'), rate: glanced, tone: 'machine' },
      { name: t('dist.skimmed'), rate: skimmed, tone: 'warn' },
      { name: t('dist.read'), rate: read, tone: 'accent' },
    ]),
  );
}
