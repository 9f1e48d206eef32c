import type { CampaignRow, Growth } from '../answers';
import { get } from '../api';
import { chart } from '../chart/charts';
import { h, replace } from '../dom';
import { ltr, number, shortDay } from '../format';
import { t } from '../locale';
import { card, rateCard } from '../parts/figure';
import { pageHead, panel, segmented } from '../parts/page';
import { allRows } from '../parts/paged';
import { empty, failed, loading, section } from '../parts/states';
import { csvButton, table } from '../parts/table';
import { navigate, type PageView, type Visit } from '../router';
import { finder } from './recipients';

/** The lists that campaigns name. */
export function listsPage(visit: Visit): PageView {
  const title = t('lists.title');
  return {
    title,
    content: h(
      'div',
      null,
      pageHead({ title, lead: t('lists.lead'), actions: [finder(t('lists.find'), (id) => navigate(`/lists/${encodeURIComponent(id)}`))] }),
      h(
        'div',
        { class: 'card flush' },
        section(
          (signal) => allRows<CampaignRow>('/campaigns', 'campaigns', signal),
          ({ rows }) => {
            const lists = new Map<string, number>();
            for (const row of rows) if (row.list) lists.set(row.list, (lists.get(row.list) ?? 0) + 1);
            if (lists.size === 0) return empty(t('lists.none'), t('lists.noneHint'));
            return table<[string, number]>({
              caption: title,
              rows: [...lists],
              sorting: { column: 'list', isDescending: false },
              columns: [
                {
                  id: 'list',
                  name: t('lists.list'),
                  isHeader: true,
                  key: ([list]) => list,
                  cell: ([list]) => h('a', { href: `/lists/${encodeURIComponent(list)}`, class: 'row-title' }, ltr(list)),
                },
                { id: 'campaigns', name: t('lists.campaigns'), isNumber: true, key: ([, campaigns]) => campaigns, cell: ([, campaigns]) => number(campaigns) },
              ],
            });
          },
          visit.signal,
        ),
      ),
    ),
  };
}

/** How one list grew. */
export function listPage(visit: Visit): PageView {
  const list = visit.path['id'] ?? '';
  const path = `/lists/${encodeURIComponent(list)}/growth`;
  const place = h('div', { class: 'stack' }, loading());
  const load = async (days: string) => {
    const from = new Date(Date.now() - Number(days) * 86_400_000).toISOString().slice(0, 10);
    try {
      const growth = await get<Growth>(path, { from }, visit.signal);
      replace(place, draw(growth, visit.signal));
    } catch (error) {
      if (!visit.signal.aborted) replace(place, failed(error, () => void load(days)));
    }
  };
  void load('30');
  return {
    title: list,
    content: h(
      'div',
      null,
      pageHead({
        title: list,
        back: { href: '/lists', name: t('nav.lists') },
        actions: [
          segmented(t('list.period'), ['7', '30', '90', '365'].map((value) => ({ value, name: t('list.last', { n: number(Number(value)) }) })), '30', (value) => void load(value)),
          csvButton(path, {}, `${list}.csv`),
        ],
      }),
      place,
    ),
  };
}

function draw(growth: Growth, signal: AbortSignal): Node[] {
  const { counts } = growth;
  const name = (date: string) => shortDay(date + 'T12:00:00Z', 'UTC');
  return [
    h(
      'div',
      { class: 'cards' },
      rateCard(t('list.rate'), growth.rates.list_growth_rate, '', 'lead-card'),
      card(t('list.start'), number(growth.size_at_start), ''),
      card(t('list.end'), number(growth.size_at_end), ''),
      card(t('list.subscribed'), number(counts.subscribed), ''),
      card(t('list.departed'), number(counts.departed), `${t('list.unsubscribed')} ${number(counts.unsubscribed)}, ${t('list.complained')} ${number(counts.complained)}`),
    ),
    panel(
      t('list.days'),
      t('list.daysHint'),
      chart({
        label: t('list.label', { from: name(growth.days[0]?.date ?? growth.from.slice(0, 10)), to: name(growth.days.at(-1)?.date ?? growth.to.slice(0, 10)) }),
        categories: growth.days.map((entry) => name(entry.date)),
        categoryName: t('timeline.day'),
        series: [
          { name: t('list.subscribed'), values: growth.days.map((entry) => entry.subscribed), colour: 'accent', type: 'bar', stack: 'change' },
          { name: t('list.departed'), values: growth.days.map((entry) => -entry.departed), colour: 'bad', type: 'bar', stack: 'change' },
        ],
        signal,
      }),
    ),
  ];
}
