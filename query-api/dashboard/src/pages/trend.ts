import { stepOf, type Timeline } from '../answers';
import { getIfThere } from '../api';
import { sparkline } from '../chart/spark';
import { h, replace } from '../dom';
import { number } from '../format';
import { t } from '../locale';

const MAX_POINTS = 60;
const seen = new Map<string, Promise<Timeline | null>>();

/** A small picture of a campaign's opens by day, asked for when it comes into sight. */
export function trend(campaign: string, signal: AbortSignal): HTMLElement {
  const place = h('span', { class: 'trend' });
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    void draw(campaign, place);
  });
  observer.observe(place);
  signal.addEventListener('abort', () => observer.disconnect());
  return place;
}

async function draw(campaign: string, place: HTMLElement): Promise<void> {
  let asked = seen.get(campaign);
  if (!asked) {
    asked = getIfThere<Timeline>(`/campaigns/${encodeURIComponent(campaign)}/timeline`, { grain: 'day' }).catch(() => null);
    seen.set(campaign, asked);
    // Numbers grow: a list that is opened again later asks again.
    setTimeout(() => seen.delete(campaign), 60_000);
  }
  const timeline = await asked;
  const values = (timeline?.points ?? []).map((point) => stepOf(point, 'opened').total).slice(-MAX_POINTS);
  if (values.length > 1) {
    const total = values.reduce((sum, value) => sum + value, 0);
    replace(place, sparkline(values, t('campaigns.trendLabel', { days: number(values.length), n: number(total) })));
  }
}
