import type { Session } from './answers';
import { h, svg, type Child } from './dom';
import { LANGUAGES, language, t, type Key, type Language } from './locale';
import type { Actions } from './main';
import type { PageView } from './router';

interface Place {
  path: string;
  name: Key;
  icon: string;
}

const ACCOUNTING = '/accounting';

const PLACES: readonly Place[] = [
  { path: '/campaigns', name: 'nav.campaigns', icon: 'M3 6.5 10 11l7-4.5M3 5h14v10H3z' },
  { path: '/totals', name: 'nav.totals', icon: 'M3 16h14M5 13V9m4 4V5m4 8V8m3 5V6' },
  { path: '/recipients', name: 'nav.recipients', icon: 'M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 7c.6-3 3-4.500 6-4.500s5.400 1.500 6 4.500' },
  { path: '/lists', name: 'nav.lists', icon: 'M7 5h10M7 10h10M7 15h10M3.500 5h.01M3.500 10h.01M3.500 15h.01' },
  { path: '/mailboxes', name: 'nav.mailboxes', icon: 'M3 11h4l1.500 2.500h3L13 11h4M3 11l2.500-6.500h9L17 11v5H3z' },
  { path: '/signals', name: 'nav.signals', icon: 'M11 2.500 4.500 11H10l-1 6.500L15.500 9H10z' },
  { path: ACCOUNTING, name: 'nav.accounting', icon: 'm4 10.500 4 4 8-9' },
];

export function mark(): SVGElement {
  return svg(
    'svg',
    { viewBox: '0 0 32 32', class: 'mark', 'aria-hidden': 'true' },
    svg('rect', { width: 32, height: 32, rx: 8, class: 'mark-ground' }),
    svg('path', { d: 'M7 12.5 16 19l9-6.5', class: 'mark-line' }),
    svg('circle', { cx: 16, cy: 9, r: 2.1, class: 'mark-dot' }),
  );
}

/** The frame around every page: where one can go, who one is, and the page itself. */
export function shell(session: Session, page: PageView, actions: Actions): Node {
  const nav = h('nav', { id: 'places', class: 'places', 'aria-label': t('nav.label') }, placesOf(session).map(placeLink));
  const toggle = h(
    'button',
    { type: 'button', class: 'button quiet menu', 'aria-expanded': 'false', 'aria-controls': 'places' },
    t('nav.menu'),
  );
  toggle.addEventListener('click', () => {
    const isOpen = nav.classList.toggle('open');
    toggle.setAttribute('aria-expanded', String(isOpen));
  });
  const main = h('main', { id: 'main', class: 'main', tabindex: '-1' }, page.content);
  const skip = h('a', { class: 'skip', href: '#main' }, t('nav.skip'));
  skip.addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
  });
  return h(
    'div',
    { class: 'shell' },
    skip,
    h(
      'header',
      { class: 'side' },
      h(
        'div',
        { class: 'side-top' },
        h('a', { class: 'brand', href: '/campaigns' }, mark(), h('span', null, 'Aftersend')),
        toggle,
      ),
      nav,
      h(
        'div',
        { class: 'side-foot' },
        h('p', { class: 'who' }, h('bdi', null, session.tenant), h('span', { class: 'muted' }, session.zone)),
        choices(actions),
        h('button', { type: 'button', class: 'button quiet sign-out', onclick: actions.signOut }, t('nav.signOut')),
      ),
    ),
    main,
  );
}

function placesOf(session: Session): readonly Place[] {
  return session.accounting ? PLACES : PLACES.filter((place) => place.path !== ACCOUNTING);
}

function placeLink(place: Place): HTMLElement {
  const isHere = location.pathname === place.path || location.pathname.startsWith(place.path + '/');
  return h(
    'a',
    { href: place.path, class: 'place', 'aria-current': isHere && 'page' },
    svg('svg', { viewBox: '0 0 20 20', class: 'place-icon', 'aria-hidden': 'true' }, svg('path', { d: place.icon })),
    t(place.name),
  );
}

/** The choice of language and theme. */
export function choices(actions: Pick<Actions, 'speak' | 'switchTheme'>): Child {
  const select = h(
    'select',
    { class: 'select', 'aria-label': t('nav.language') },
    LANGUAGES.map(({ id, name }) => h('option', { value: id, lang: id, selected: id === language() }, name)),
  );
  select.addEventListener('change', () => actions.speak(select.value as Language));
  return h(
    'div',
    { class: 'choices' },
    select,
    h(
      'button',
      { type: 'button', class: 'button quiet icon', 'aria-label': t('nav.theme'), 'data-tip': t('nav.theme'), onclick: actions.switchTheme },
      svg(
        'svg',
        { viewBox: '0 0 20 20', class: 'place-icon', 'aria-hidden': 'true' },
        svg('circle', { cx: 10, cy: 10, r: 6.5 }),
        svg('path', { d: 'M10 3.500a6.500 6.500 0 0 1 0 13z', class: 'filled' }),
      ),
    ),
  );
}
