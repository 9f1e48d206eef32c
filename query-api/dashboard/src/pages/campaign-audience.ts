import type { DimensionRow } from '../answers';
import { h, type Child } from '../dom';
import { ltr, number, percent } from '../format';
import { t, term } from '../locale';
import { told } from '../parts/figure';
import { panel } from '../parts/page';
import { allRows } from '../parts/paged';
import { empty, section } from '../parts/states';
import { csvButton, table, type Column } from '../parts/table';
import type { CampaignVisit } from './campaign';
import { placesPanel } from './campaign-places';

const human = (row: DimensionRow, type: string) => row.counts[type]?.human_unique ?? 0;
const unique = (row: DimensionRow, type: string) => row.counts[type]?.unique ?? 0;

/** By what and from where the mail was read, and by which companies. */
export function audienceView(visit: CampaignVisit): Child {
  return h(
    'div',
    { class: 'stack' },
    placesPanel(visit),
    h(
      'div',
      { class: 'columns' },
      devices(visit),
      accounts(visit),
    ),
  );
}

function devices(visit: CampaignVisit): HTMLElement {
  const label = (row: DimensionRow) => term('device', row.device ?? 'unknown');
  return panel(
    t('devices.title'),
    t('devices.hint'),
    csvButton(`${visit.path}/devices`, {}, `${visit.campaign}-devices.csv`),
    section(
      (signal) => allRows<DimensionRow>(`${visit.path}/devices`, 'devices', signal),
      ({ rows }) => {
        if (rows.length === 0) return empty(t('audience.none'), t('audience.noneHint'));
        const opens = rows.reduce((sum, row) => sum + (row.counts['opened']?.human_total ?? 0), 0);
        const share = (row: DimensionRow) => (opens === 0 ? null : (row.counts['opened']?.human_total ?? 0) / opens);
        return table<DimensionRow>({
          caption: t('devices.title'),
          rows,
          sorting: { column: 'share', isDescending: true },
          columns: [
            { id: 'name', name: t('devices.device'), isHeader: true, key: label, cell: label },
            {
              id: 'bar',
              name: '',
              cell: (row) => h('span', { class: 'mini-bar', 'aria-hidden': 'true', vars: { '--share': `${(share(row) ?? 0) * 100}%` } }),
            },
            {
              id: 'share',
              name: t('audience.share'),
              isNumber: true,
              key: (row) => share(row) ?? -1,
              cell: (row) =>
                told(percent(share(row)), t('rate.of', { numerator: number(row.counts['opened']?.human_total), denominator: number(opens) }) + '.'),
            },
            plain('opened', t('campaigns.opened'), (row) => human(row, 'opened')),
            plain('clicked', t('campaigns.clicked'), (row) => human(row, 'clicked')),
          ],
        });
      },
      visit.signal,
    ),
  );
}

function plain(id: string, name: string, value: (row: DimensionRow) => number): Column<DimensionRow> {
  return { id, name, isNumber: true, key: value, cell: (row) => number(value(row)) };
}

function accounts(visit: CampaignVisit): HTMLElement {
  return panel(
    t('accounts.title'),
    t('accounts.hint'),
    csvButton(`${visit.path}/accounts`, {}, `${visit.campaign}-accounts.csv`),
    section(
      (signal) => allRows<DimensionRow>(`${visit.path}/accounts`, 'accounts', signal),
      ({ rows }) =>
        rows.length === 0
          ? empty(t('accounts.none'), t('accounts.noneHint'))
          : table<DimensionRow>({
              caption: t('accounts.title'),
              rows,
              sorting: { column: 'clicked', isDescending: true },
              columns: [
                { id: 'account', name: t('accounts.account'), isHeader: true, key: (row) => row.account ?? '', cell: (row) => ltr(row.account ?? '') },
                plain('sent', t('type.sent'), (row) => unique(row, 'sent')),
                plain('opened', t('campaigns.opened'), (row) => human(row, 'opened')),
                plain('clicked', t('campaigns.clicked'), (row) => human(row, 'clicked')),
                plain('replied', t('type.replied'), (row) => unique(row, 'replied')),
                plain('converted', t('type.converted'), (row) => unique(row, 'converted')),
              ],
            }),
      visit.signal,
    ),
  );
}
