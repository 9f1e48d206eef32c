import { Problem } from '../api';
import { h, replace } from '../dom';
import { t } from '../locale';

/** What stands where numbers are on their way. */
export function loading(lines = 3): HTMLElement {
  return h(
    'div',
    { class: 'loading', role: 'status' },
    h('span', { class: 'visually-hidden' }, t('state.loading')),
    Array.from({ length: lines }, () => h('div', { class: 'skeleton', 'aria-hidden': 'true' })),
  );
}

/** What stands where there is nothing yet, with what would change that. */
export function empty(title: string, hint = ''): HTMLElement {
  return h(
    'div',
    { class: 'empty' },
    h('p', { class: 'empty-title' }, title),
    hint && h('p', { class: 'empty-hint' }, hint),
  );
}

/** What went wrong, in words for people, and a button that tries again where that may help. */
export function failed(error: unknown, retry: () => void): HTMLElement {
  const problem = error instanceof Problem ? error : null;
  const title =
    problem?.status === 404
      ? t('state.missing')
      : problem?.status === 403
        ? t('state.forbidden')
        : problem?.status === 0
          ? t('state.offline')
          : t('state.failed');
  return h(
    'div',
    { class: 'empty failed', role: 'alert' },
    h('p', { class: 'empty-title' }, title),
    problem?.message && problem.status !== 0 && h('p', { class: 'empty-hint', lang: 'en', dir: 'ltr' }, problem.message),
    (problem === null || problem.isPassing) &&
      h('button', { type: 'button', class: 'button', onclick: retry }, t('state.retry')),
  );
}

/**
 * A place that shows its state: it asks, and draws what comes, or says that it failed.
 *
 * @param ask stops when the signal says that nobody waits any more
 */
export function section<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  draw: (answer: T) => Node | readonly Node[],
  signal: AbortSignal,
): HTMLElement & { refresh: () => Promise<void> } {
  const place = h('div', { class: 'section-body' });
  const load = async (isFirst: boolean) => {
    if (isFirst) replace(place, loading());
    try {
      const answer = await ask(signal);
      if (!signal.aborted) replace(place, draw(answer) as Node);
    } catch (error) {
      // A refresh that fails leaves the numbers that are there.
      if (!signal.aborted && isFirst) replace(place, failed(error, () => void load(true)));
    }
  };
  void load(true);
  return Object.assign(place, { refresh: () => load(false) });
}
