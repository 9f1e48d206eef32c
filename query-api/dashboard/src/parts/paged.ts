import { get, type Query } from '../api';
import { h, replace } from '../dom';
import { t } from '../locale';
import { failed, loading } from './states';

export interface PagedOptions<T> {
  path: string;
  query: Query;
  rowsName: string;
  draw: (rows: readonly T[]) => Node;
  none: () => Node;
  signal: AbortSignal;
  /** Hears how many rows are shown, and whether there are more. */
  tells?: (rows: number, hasMore: boolean) => void;
  /** Hears that an answer, or what went wrong, is drawn. */
  settled?: () => void;
}

/** A table that is read page by page: a button asks for more while there is more. */
export function paged<T>(options: PagedOptions<T>): HTMLElement {
  const place = h('div', { class: 'section-body' });
  const rows: T[] = [];

  const load = async (cursor: string | null) => {
    try {
      const page = await get<Record<string, unknown>>(
        options.path,
        { ...options.query, cursor },
        options.signal,
      );
      rows.push(...(page[options.rowsName] as T[]));
      show((page['next_cursor'] as string | null) ?? null);
    } catch (error) {
      if (options.signal.aborted) return;
      replace(place, failed(error, () => void load(cursor)));
    }
    if (!options.signal.aborted) options.settled?.();
  };
  const show = (next: string | null) => {
    options.tells?.(rows.length, next !== null);
    if (rows.length === 0) {
      replace(place, options.none());
      return;
    }
    const more = h('button', { type: 'button', class: 'button more' }, t('table.more'));
    more.addEventListener('click', () => {
      more.disabled = true;
      void load(next);
    });
    replace(place, options.draw(rows), next !== null && more);
  };

  replace(place, loading(6));
  void load(null);
  return place;
}

/** All rows of a table, up to a limit that a browser still draws at once. */
export async function allRows<T>(
  path: string,
  rowsName: string,
  signal: AbortSignal,
  query: Query = {},
  maxPages = 5,
): Promise<{ rows: T[]; isWhole: boolean }> {
  const rows: T[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const answer: Record<string, unknown> = await get(path, { limit: 1000, ...query, cursor }, signal);
    rows.push(...(answer[rowsName] as T[]));
    cursor = (answer['next_cursor'] as string | null) ?? null;
    if (cursor === null) return { rows, isWhole: true };
  }
  return { rows, isWhole: false };
}

/** A whole table as one answer: that of its first page, with the rows of all. */
export async function allPages<T>(path: string, rowsName: string, signal: AbortSignal): Promise<T> {
  const first = await get<Record<string, unknown>>(path, { limit: 1000 }, signal);
  let cursor = first['next_cursor'] as string | null;
  const rows = [...(first[rowsName] as unknown[])];
  while (cursor !== null) {
    const page: Record<string, unknown> = await get(path, { limit: 1000, cursor }, signal);
    rows.push(...(page[rowsName] as unknown[]));
    cursor = page['next_cursor'] as string | null;
  }
  return { ...first, [rowsName]: rows } as T;
}
