import { h } from '../dom';

/**
 * One tooltip for the whole page: it shows the text in `data-tip` of what the pointer is over or the
 * keyboard is at. Escape hides it.
 */
export function installTip(): void {
  const tip = h('div', { id: 'tip', role: 'tooltip', class: 'tip', hidden: true });
  document.body.appendChild(tip);
  let owner: Element | null = null;

  const hide = () => {
    owner?.removeAttribute('aria-describedby');
    owner = null;
    tip.hidden = true;
  };
  const show = (target: EventTarget | null) => {
    const found = target instanceof Element ? target.closest('[data-tip]') : null;
    if (found === owner) return;
    hide();
    const text = found?.getAttribute('data-tip');
    if (!found || !text) return;
    owner = found;
    found.setAttribute('aria-describedby', 'tip');
    tip.textContent = text;
    tip.hidden = false;
    place(tip, found);
  };

  document.addEventListener('pointerover', (event) => show(event.target));
  document.addEventListener('focusin', (event) => show(event.target));
  document.addEventListener('focusout', hide);
  document.addEventListener('scroll', hide, true);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
}

function place(tip: HTMLElement, target: Element): void {
  const box = anchor(target);
  const margin = 8;
  const width = tip.offsetWidth;
  const left = Math.min(Math.max(margin, box.left + box.width / 2 - width / 2), window.innerWidth - width - margin);
  const above = box.top - tip.offsetHeight - margin;
  tip.style.left = `${left}px`;
  tip.style.top = `${above >= margin ? above : box.bottom + margin}px`;
}

/** What the tooltip points at: the element, or where it lies spread out the point that `data-tip-at` names. */
function anchor(target: Element): DOMRect {
  const at = target.getAttribute('data-tip-at')?.split(' ').map(Number);
  const toScreen = target instanceof SVGGraphicsElement ? target.getScreenCTM() : null;
  if (!at || !toScreen) return target.getBoundingClientRect();
  const { x, y } = new DOMPoint(at[0], at[1]).matrixTransform(toScreen);
  return new DOMRect(x, y, 0, 0);
}
