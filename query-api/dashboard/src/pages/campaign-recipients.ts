import type { Child } from '../dom';
import type { CampaignVisit } from './campaign';

export function recipientsView(_visit: CampaignVisit): Child {
  return null;
}
