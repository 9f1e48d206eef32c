import type { RouteEntry } from './router';
import { campaignsPage } from './pages/campaigns';
import { campaignPage } from './pages/campaign';

/** All pages. The service answers at the same paths. */
export const routes: readonly RouteEntry[] = [
  { template: '/campaigns', make: campaignsPage },
  { template: '/campaigns/{id}', make: campaignPage },
  { template: '/campaigns/{id}/{view}', make: campaignPage },
];
