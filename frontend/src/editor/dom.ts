/** Small pieces of page. */

import { part } from "../page.ts";

export function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** A copy of one of the icons in the page's template: their addresses are Django's. */
export function icon(name: string): Node {
  const icons = part<HTMLTemplateElement>("code-icons").content;
  const found = icons.querySelector(`[data-icon="${name}"]`);
  return found ? found.cloneNode(true) : document.createTextNode("");
}

/** Words that only a screen reader needs. */
export function unseen(words: string): HTMLElement {
  return element("span", "visually-hidden", words);
}

/** Text in columns that may be wider than the page: it scrolls by itself, with the keyboard too. */
export function scrolling(className: string, label: string, ...children: (Node | string)[]): HTMLElement {
  const box = element("pre", className, ...children);
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", label);
  return box;
}
