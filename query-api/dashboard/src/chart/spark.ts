import { svg } from '../dom';
import { isRtl } from '../locale';

const WIDTH = 112;
const HEIGHT = 28;
const MARGIN = 2;

/** A line without axes that shows how a number went; the words are its label. */
export function sparkline(values: readonly number[], label: string): SVGElement {
  const highest = Math.max(1, ...values);
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, values.length - 1);
  const points = values.map((value, index) => {
    const along = MARGIN + index * step;
    const x = isRtl() ? WIDTH - along : along;
    const y = HEIGHT - MARGIN - (value / highest) * (HEIGHT - 2 * MARGIN);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  const first = points[0]?.split(',')[0] ?? '0';
  const last = points.at(-1)?.split(',')[0] ?? '0';
  return svg(
    'svg',
    { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, role: 'img', 'aria-label': label },
    svg('polygon', { points: `${first},${HEIGHT} ${points.join(' ')} ${last},${HEIGHT}`, class: 'spark-area' }),
    svg('polyline', { points: points.join(' '), class: 'spark-line' }),
  );
}
