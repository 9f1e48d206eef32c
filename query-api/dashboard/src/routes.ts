import type { RouteEntry } from './router';
import { accountingPage } from './pages/accounting';
import { campaignPage } from './pages/campaign';
import { campaignsPage } from './pages/campaigns';
import { listPage, listsPage } from './pages/lists';
import { mailboxesPage, mailboxPage } from './pages/mailboxes';
import { recipientPage, recipientsPage } from './pages/recipients';
import { signalsPage } from './pages/signals';
import { totalsPage } from './pages/totals';

/** All pages. The service answers at the same paths. */
export const routes: readonly RouteEntry[] = [
  { template: '/campaigns', make: campaignsPage },
  { template: '/campaigns/{id}', make: campaignPage },
  { template: '/campaigns/{id}/{view}', make: campaignPage },
  { template: '/recipients', make: recipientsPage },
  { template: '/recipients/{id}', make: recipientPage },
  { template: '/lists', make: listsPage },
  { template: '/lists/{id}', make: listPage },
  { template: '/mailboxes', make: mailboxesPage },
  { template: '/mailboxes/{id}', make: mailboxPage },
  { template: '/totals', make: totalsPage },
  { template: '/signals', make: signalsPage },
  { template: '/accounting', make: accountingPage },
];
