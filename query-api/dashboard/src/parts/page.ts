import { h, type Child } from '../dom';

export interface PageHead {
  title: string;
  lead?: Child;
  /** Where one came from, as a link. */
  back?: { href: string; name: string };
  actions?: Child;
}

/** The head of a page. */
export function pageHead(head: PageHead): HTMLElement {
  return h(
    'div',
    { class: 'page-head' },
    head.back && h('a', { href: head.back.href, class: 'back' }, h('span', { class: 'back-arrow', 'aria-hidden': 'true' }), head.back.name),
    h(
      'div',
      { class: 'page-head-row' },
      h('div', { class: 'page-head-text' }, h('h1', null, h('bdi', null, head.title)), head.lead && h('p', { class: 'lead' }, head.lead)),
      head.actions && h('div', { class: 'page-actions' }, head.actions),
    ),
  );
}

/** A card with a heading, what it means, and its content. */
export function panel(title: string, hint: string, ...content: Child[]): HTMLElement {
  return h('section', { class: 'card panel' }, h('div', { class: 'panel-head' }, h('h2', null, title), hint && h('p', { class: 'hint' }, hint)), content);
}

export interface Choice {
  value: string;
  name: string;
}

/** A row of buttons of which one is pressed. */
export function segmented(label: string, choices: readonly Choice[], chosen: string, choose: (value: string) => void): HTMLElement {
  const buttons = choices.map((choice) => {
    const button = h('button', { type: 'button', class: 'segment', 'aria-pressed': String(choice.value === chosen) }, choice.name);
    button.addEventListener('click', () => {
      buttons.forEach((other) => other.setAttribute('aria-pressed', String(other === button)));
      choose(choice.value);
    });
    return button;
  });
  return h('div', { class: 'segmented', role: 'group', 'aria-label': label }, buttons);
}

/** A labelled choice from a list. */
export function picker(label: string, choices: readonly Choice[], chosen: string, choose: (value: string) => void): HTMLElement {
  const select = h(
    'select',
    { class: 'select' },
    choices.map((choice) => h('option', { value: choice.value, selected: choice.value === chosen }, choice.name)),
  );
  select.addEventListener('change', () => choose(select.value));
  return h('label', { class: 'picker' }, h('span', { class: 'label' }, label), select);
}
