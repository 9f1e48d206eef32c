import type { Child } from '../dom';
import type { CampaignVisit } from './campaign';

export function compareView(_visit: CampaignVisit): Child {
  return null;
}
