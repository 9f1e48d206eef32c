import type { Campaign } from '../answers';

/** How long people took, where the API tells. */
export function distributions(_campaign: Campaign): Node[] {
  return [];
}
