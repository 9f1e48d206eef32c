/** How long until the numbers are asked for again where nothing tells that they changed. */
const POLL_MS = 5_000;

/**
 * Calls back while numbers of a campaign may have changed: every few seconds as long as the page is
 * in sight.
 */
export function follow(_campaign: string, changed: () => void, signal: AbortSignal): void {
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') changed();
  }, POLL_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
}
