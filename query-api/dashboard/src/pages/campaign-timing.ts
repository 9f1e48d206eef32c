import { h, type Child } from '../dom';
import { currentZone } from '../format';
import { t, term } from '../locale';
import { heatmapPlace, zonePicker } from '../parts/heatmap';
import { panel, picker, segmented } from '../parts/page';
import { csvButton } from '../parts/table';
import type { CampaignVisit } from './campaign';

const EVENTS = ['opened', 'clicked', 'sent', 'received', 'replied'] as const;

/** When things happen: the hours of a week, or the days of a calendar. */
export function timingView(visit: CampaignVisit): Child {
  const choice = {
    event: visit.query.get('event') ?? 'opened',
    grain: visit.query.get('grain') ?? 'hourly',
    zone: visit.query.get('zone') ?? currentZone(),
    counts: visit.query.get('counts') ?? 'human',
    basis: visit.query.get('basis') ?? 'event',
  };
  const hint = h('p', { class: 'hint', id: 'basis-hint' });
  const { nodes, set } = heatmapPlace(`${visit.path}/heatmap`, choice, visit.signal, () => {
    hint.textContent = t(choice.basis === 'event' ? 'heat.basisEventHint' : 'heat.basisSentHint');
  });
  return panel(
    t('heat.title'),
    t('heat.hint'),
    h(
      'div',
      { class: 'toolbar' },
      picker(t('heat.event'), EVENTS.map((event) => ({ value: event, name: term('type', event) })), choice.event, set('event')),
      zonePicker(choice.zone, set('zone'), [{ value: 'recipient', name: t('heat.zoneRecipient') }]),
      segmented(t('heat.grain'), [
        { value: 'hourly', name: t('heat.hourly') },
        { value: 'daily', name: t('heat.daily') },
      ], choice.grain, set('grain')),
      segmented(t('heat.basis'), [
        { value: 'event', name: t('heat.basisEvent') },
        { value: 'sent', name: t('heat.basisSent') },
      ], choice.basis, set('basis')),
      segmented(t('heat.counts'), [
        { value: 'human', name: t('people.people') },
        { value: 'all', name: t('people.all') },
      ], choice.counts, set('counts')),
      h('span', { class: 'spacer' }),
      csvButton(`${visit.path}/heatmap`, choice, `${visit.campaign}-heatmap.csv`),
    ),
    hint,
    nodes,
  );
}
