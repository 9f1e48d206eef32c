/** What a page gets: the values of its path, the query, and a signal that it is no longer shown. */
export interface Visit {
  path: Readonly<Record<string, string>>;
  query: URLSearchParams;
  signal: AbortSignal;
}

export interface PageView {
  title: string;
  content: Node;
}

export type PageMaker = (visit: Visit) => PageView;

export interface RouteEntry {
  template: string;
  make: PageMaker;
}

/** The first entry whose template fits the path, with the decoded values of its placeholders. */
export function match<T extends { template: string }>(
  entries: readonly T[],
  pathname: string,
): { entry: T; path: Record<string, string> } | null {
  const segments = pathname.split('/').filter(Boolean);
  for (const entry of entries) {
    const parts = entry.template.split('/').filter(Boolean);
    if (parts.length !== segments.length) continue;
    const path: Record<string, string> = {};
    const fits = parts.every((part, index) => {
      const segment = segments[index] ?? '';
      if (!part.startsWith('{')) return part === segment;
      try {
        path[part.slice(1, -1)] = decodeURIComponent(segment);
        return true;
      } catch {
        return false;
      }
    });
    if (fits) return { entry, path };
  }
  return null;
}

let whenMoved: () => void = () => {};

/** Starts to follow the address: links of our own pages, the back button, [navigate]. */
export function follow(listener: () => void): void {
  whenMoved = listener;
  window.addEventListener('popstate', listener);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || link.target || link.hasAttribute('download')) return;
    if (link.origin !== location.origin || link.hash) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}

export function navigate(target: string, isReplacing = false): void {
  if (isReplacing) history.replaceState(null, '', target);
  else history.pushState(null, '', target);
  whenMoved();
}

/** Keeps a choice of the page in its address, so that it can be shared, without drawing anew. */
export function keepInAddress(values: Readonly<Record<string, string | null>>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  history.replaceState(null, '', location.pathname + (text ? `?${text}` : ''));
}
