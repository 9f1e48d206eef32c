import type { LinkRow } from '../answers';
import { h, type Child } from '../dom';
import { dateTime, ltr, number } from '../format';
import { t } from '../locale';
import { panel } from '../parts/page';
import { paged } from '../parts/paged';
import { empty } from '../parts/states';
import { csvButton, table } from '../parts/table';
import type { CampaignVisit } from './campaign';

/** The links that were clicked. */
export function linksView(visit: CampaignVisit): Child {
  return panel(
    t('links.title'),
    t('links.hint'),
    csvButton(`${visit.path}/links`, {}, `${visit.campaign}-links.csv`),
    paged<LinkRow>({
      path: `${visit.path}/links`,
      query: { limit: 200 },
      rowsName: 'links',
      signal: visit.signal,
      none: () => empty(t('links.none'), t('links.noneHint')),
      draw: (rows) => {
        const most = Math.max(1, ...rows.map((row) => row.human_unique));
        return table({
          caption: t('links.title'),
          rows,
          sorting: { column: 'human_unique', isDescending: true },
          columns: [
            {
              id: 'link',
              name: t('links.link'),
              isHeader: true,
              key: (row) => row.link ?? row.url,
              cell: (row) => [
                h('span', { class: 'row-title' }, row.link === null ? t('links.unnamed') : ltr(row.link)),
                h('span', { class: 'row-sub url', dir: 'ltr' }, row.url),
                row.urls > 1 && h('span', { class: 'row-sub' }, t('links.urls', { n: number(row.urls) })),
              ],
            },
            {
              id: 'share',
              name: '',
              cell: (row) => h('span', { class: 'mini-bar', 'aria-hidden': 'true', vars: { '--share': `${(row.human_unique / most) * 100}%` } }),
            },
            { id: 'human_unique', name: t('links.humanUnique'), isNumber: true, key: (row) => row.human_unique, cell: (row) => number(row.human_unique) },
            { id: 'human_total', name: t('links.humanTotal'), isNumber: true, key: (row) => row.human_total, cell: (row) => number(row.human_total) },
            { id: 'total', name: t('links.total'), isNumber: true, key: (row) => row.total, cell: (row) => h('span', { class: 'muted' }, number(row.total)) },
            { id: 'last', name: t('links.last'), key: (row) => row.last_human_click ?? '', cell: (row) => dateTime(row.last_human_click) },
          ],
        });
      },
    }),
  );
}
