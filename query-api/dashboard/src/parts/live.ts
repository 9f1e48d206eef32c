/** How long until the numbers are asked for again where nothing tells that they changed. */
const POLL_MS = 5_000;

/** How long to wait for more changes, and for what an event changes to be stored, before asking once for all of them. */
const SETTLE_MS = 1_500;

/** How long the first message of the feed may take before the page goes on asking. */
const RETRY_MS = 30_000;

/**
 * Calls back whenever numbers may have changed: when the API's live feed tells, else every few
 * seconds while the page is in sight.
 *
 * @param tells hears whether the feed is there
 */
function followFeed(query: string, changed: () => void, tells: (isLive: boolean) => void, signal: AbortSignal): void {
  let isLive = false;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const soon = () => {
    settling ??= setTimeout(() => {
      settling = undefined;
      changed();
    }, SETTLE_MS);
  };
  const become = (live: boolean) => {
    isLive = live;
    tells(live);
  };
  const connect = () => {
    source = new EventSource('/api/v1/live' + query);
    source.onopen = () => become(true);
    source.onmessage = soon;
    source.onerror = () => {
      // The browser tries again by itself unless the answer was no stream at all.
      if (source?.readyState !== EventSource.CLOSED) return;
      become(false);
      retry = setTimeout(connect, RETRY_MS);
    };
  };
  const poll = setInterval(() => {
    if (!isLive && document.visibilityState === 'visible') changed();
  }, POLL_MS);
  become(false);
  connect();
  signal.addEventListener('abort', () => {
    clearInterval(poll);
    clearTimeout(settling);
    clearTimeout(retry);
    source?.close();
  });
}

/** Calls back every few seconds while a campaign's page is in sight. */
export function follow(changed: () => void, signal: AbortSignal): void {
  const poll = setInterval(() => {
    if (document.visibilityState === 'visible') changed();
  }, POLL_MS);
  signal.addEventListener('abort', () => clearInterval(poll));
}

/** Calls back when there may be new signals. */
export function followSignals(changed: () => void, tells: (isLive: boolean) => void, signal: AbortSignal): void {
  followFeed('', changed, tells, signal);
}
