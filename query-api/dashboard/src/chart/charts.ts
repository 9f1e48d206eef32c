import type { EChartsType } from 'echarts/core';
import { h } from '../dom';
import { number } from '../format';
import { isRtl, t } from '../locale';

/** The colours of the present theme. */
export interface Palette {
  ink: string;
  muted: string;
  line: string;
  accent: string;
  machine: string;
  warn: string;
  bad: string;
  font: string;
}

export interface Series {
  name: string;
  values: readonly (number | null)[];
  colour: keyof Palette;
  type: 'line' | 'bar';
  isArea?: boolean;
  isDashed?: boolean;
  stack?: string;
}

export interface ChartOptions {
  /** What the chart shows, as a sentence for those who do not see it. */
  label: string;
  /** The places on the axis of categories, as they are written. */
  categories: readonly string[];
  series: readonly Series[];
  /** How values are written; whole numbers by default. */
  format?: (value: number) => string;
  height?: 'low' | 'high';
  signal: AbortSignal;
  /** The table's heading for the categories. */
  categoryName: string;
}

const drawn = new Set<() => void>();

/** Draws all charts anew, in the colours of the theme. */
export function redrawCharts(): void {
  drawn.forEach((draw) => draw());
}

function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: read('ink'),
    muted: read('muted'),
    line: read('line'),
    accent: read('accent'),
    machine: read('machine'),
    warn: read('warn'),
    bad: read('bad'),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** A chart, with the same numbers as a table for those who want or need it. */
export function chart(options: ChartOptions): HTMLElement {
  const canvas = h('div', {
    class: `chart ${options.height ?? 'high'}`,
    role: 'img',
    'aria-label': options.label,
  });
  const legend = h(
    'ul',
    { class: 'legend' },
    options.series.map((series) => h('li', null, h('span', { class: `dot ${series.colour} ${series.isDashed ? 'dashed' : ''}`, 'aria-hidden': 'true' }), series.name)),
  );
  void mount(canvas, options);
  return h('div', { class: 'chart-block' }, options.series.length > 1 && legend, canvas, asTable(options));
}

async function mount(canvas: HTMLElement, options: ChartOptions): Promise<void> {
  const { init } = await import('./engine');
  if (options.signal.aborted) return;
  const instance: EChartsType = init(canvas);
  const draw = () => instance.setOption(settings(options, palette()), { notMerge: true });
  const resizes = new ResizeObserver(() => instance.resize());
  draw();
  drawn.add(draw);
  resizes.observe(canvas);
  options.signal.addEventListener('abort', () => {
    drawn.delete(draw);
    resizes.disconnect();
    instance.dispose();
  });
}

function settings(options: ChartOptions, colours: Palette): Parameters<EChartsType['setOption']>[0] {
  const format = options.format ?? ((value: number) => number(value, 2));
  const text = { color: colours.muted, fontFamily: colours.font, fontSize: 12 };
  return {
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 250,
    grid: { left: 8, right: 8, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      className: 'chart-tip',
      // Without these the library writes styles that the page's policy forbids, or its own look.
      backgroundColor: 'transparent',
      borderWidth: 0,
      padding: 0,
      extraCssText: 'box-shadow:none',
      axisPointer: { type: options.series.some((series) => series.type === 'bar') ? 'shadow' : 'line', shadowStyle: { opacity: 0.25 } },
      formatter: (points: unknown) => tip(points as TipPoint[], format),
    },
    xAxis: {
      type: 'category',
      data: [...options.categories],
      inverse: isRtl(),
      boundaryGap: options.series.some((series) => series.type === 'bar'),
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true, margin: 10 },
    },
    yAxis: {
      type: 'value',
      position: isRtl() ? 'right' : 'left',
      minInterval: options.format ? undefined : 1,
      splitNumber: 4,
      axisLabel: { ...text, formatter: format },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: options.series.map((series) => ({
      name: series.name,
      type: series.type,
      data: [...series.values],
      stack: series.stack,
      showSymbol: series.values.length < 2,
      symbolSize: 6,
      smooth: false,
      connectNulls: false,
      barMaxWidth: 28,
      lineStyle: series.isDashed ? { width: 1.5, type: 'dashed', opacity: 0.75 } : { width: 2 },
      itemStyle: { color: colours[series.colour], borderRadius: series.type === 'bar' && !series.stack ? [3, 3, 0, 0] : 0 },
      areaStyle: series.isArea ? { opacity: 0.12 } : undefined,
      emphasis: { disabled: true },
    })),
  } as Parameters<EChartsType['setOption']>[0];
}

interface TipPoint {
  axisValueLabel?: string;
  name: string;
  seriesName: string;
  seriesIndex: number;
  value: number | null;
  color: string;
}

function tip(points: readonly TipPoint[], format: (value: number) => string): HTMLElement {
  return h(
    'div',
    { class: 'tip chart-tip-box', dir: isRtl() ? 'rtl' : 'ltr' },
    h('strong', null, points[0]?.axisValueLabel ?? points[0]?.name ?? ''),
    points
      .filter((point) => point.value !== null)
      .map((point) => h('div', null, h('span', { class: 'dot', vars: { background: point.color } }), `${point.seriesName}: ${format(point.value ?? 0)}`)),
  );
}

function asTable(options: ChartOptions): HTMLElement {
  const format = options.format ?? ((value: number) => number(value, 2));
  const details = h('details', { class: 'as-table' }, h('summary', null, t('chart.asTable')));
  details.addEventListener(
    'toggle',
    () =>
      details.append(
        h(
          'div',
          { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': options.label },
          h(
            'table',
            { class: 'table' },
            h('caption', { class: 'visually-hidden' }, options.label),
            h(
              'thead',
              null,
              h(
                'tr',
                null,
                h('th', { scope: 'col' }, options.categoryName),
                options.series.map((series) => h('th', { scope: 'col', class: 'number' }, series.name)),
              ),
            ),
            h(
              'tbody',
              null,
              options.categories.map((category, index) =>
                h(
                  'tr',
                  null,
                  h('th', { scope: 'row' }, category),
                  options.series.map((series) => {
                    const value = series.values[index];
                    return h('td', { class: 'number' }, value === null || value === undefined ? '–' : format(value));
                  }),
                ),
              ),
            ),
          ),
        ),
      ),
    { once: true },
  );
  return details;
}
