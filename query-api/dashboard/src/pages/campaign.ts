import type { Campaign } from '../answers';
import { get } from '../api';
import { h, type Child } from '../dom';
import { ltr } from '../format';
import { t, type Key } from '../locale';
import { pageHead } from '../parts/page';
import { section } from '../parts/states';
import type { PageView, Visit } from '../router';
import { audienceView } from './campaign-audience';
import { compareView } from './campaign-compare';
import { linksView } from './campaign-links';
import { overviewView } from './campaign-overview';
import { recipientsView } from './campaign-recipients';
import { timingView } from './campaign-timing';

export interface CampaignVisit {
  campaign: string;
  /** The campaign's path in the API. */
  path: string;
  query: URLSearchParams;
  signal: AbortSignal;
}

const VIEWS: readonly { id: string; name: Key; draw: (visit: CampaignVisit) => Child }[] = [
  { id: '', name: 'view.overview', draw: overviewView },
  { id: 'timing', name: 'view.timing', draw: timingView },
  { id: 'links', name: 'view.links', draw: linksView },
  { id: 'audience', name: 'view.audience', draw: audienceView },
  { id: 'recipients', name: 'view.recipients', draw: recipientsView },
  { id: 'compare', name: 'view.compare', draw: compareView },
];

/** One campaign, in several views. */
export function campaignPage(visit: Visit): PageView {
  const campaign = visit.path['id'] ?? '';
  const encoded = encodeURIComponent(campaign);
  const view = VIEWS.find((candidate) => candidate.id === (visit.path['view'] ?? '')) ?? VIEWS[0]!;
  const inner: CampaignVisit = { campaign, path: `/campaigns/${encoded}`, query: visit.query, signal: visit.signal };
  const head = section(
    (signal) => get<Campaign>(inner.path, {}, signal),
    (answer) => titled(answer),
    visit.signal,
  );
  const tabs = h(
    'nav',
    { class: 'tabs', 'aria-label': t('view.label') },
    VIEWS.map((candidate) =>
      h(
        'a',
        {
          href: `/campaigns/${encoded}${candidate.id && '/' + candidate.id}`,
          class: 'tab',
          'aria-current': candidate === view && 'page',
        },
        t(candidate.name),
      ),
    ),
  );
  return { title: campaign, content: h('div', null, head, tabs, view.draw(inner)) };
}

function titled(campaign: Campaign): HTMLElement {
  return pageHead({
    title: campaign.name ?? campaign.campaign,
    back: { href: '/campaigns', name: t('nav.campaigns') },
    lead: [
      campaign.subject && h('bdi', { class: 'subject' }, campaign.subject),
      h('span', { class: 'chips' },
        h('span', { class: 'chip mono' }, ltr(campaign.campaign)),
        campaign.list && h('a', { class: 'chip', href: `/lists/${encodeURIComponent(campaign.list)}` }, t('campaign.list', { list: campaign.list })),
        campaign.labels.map((label) => h('a', { class: 'chip', href: `/campaigns?label=${encodeURIComponent(label)}` }, h('bdi', null, label))),
      ),
    ],
  });
}
