/** What an element may hold; null, undefined and false are nothing. */
export type Child = Node | string | number | null | undefined | false | readonly Child[];

type Props = Readonly<Record<string, unknown>>;

const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element. Functions under `on…` become listeners, `vars` become custom properties of its style. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props?: Props | null,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), props, children);
}

/** An SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  props?: Props | null,
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill<E extends HTMLElement | SVGElement>(
  element: E,
  props: Props | null | undefined,
  children: readonly Child[],
): E {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value as EventListener);
    } else if (name === 'vars') {
      for (const [key, text] of Object.entries(value as Record<string, string>)) {
        element.style.setProperty(key, text);
      }
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(element, children);
  return element;
}

export function append(parent: Node, children: Child): void {
  if (Array.isArray(children)) {
    children.forEach((child: Child) => append(parent, child));
  } else if (children instanceof Node) {
    parent.appendChild(children);
  } else if (children !== null && children !== undefined && children !== false) {
    parent.appendChild(document.createTextNode(String(children)));
  }
}

/** Puts the children in the place of everything that the parent holds. */
export function replace(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

let ids = 0;

/** An id that nothing else on the page has. */
export function uniqueId(prefix: string): string {
  ids += 1;
  return `${prefix}-${ids}`;
}
