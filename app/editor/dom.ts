// Makes elements without HTML strings: the page's content security policy allows no inline styles, so none can be written.

type Value = string | number | boolean | undefined;

/** An element with attributes (`true` writes an empty one, `false` and `undefined` write none) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, Value> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
}

/** A line drawing of 20 by 20, for a button that has its name in `aria-label`. `path` is ours, never somebody's text. */
export function icon(path: string): Element {
  const holder = el('span');
  holder.innerHTML = `<svg class="plan-icon" viewBox="0 0 20 20" aria-hidden="true"><path d="${path}"/></svg>`;
  return holder.firstElementChild ?? holder;
}

let last = 0;

/** An id that no other element of this page has. */
export function freshId(prefix: string): string {
  last += 1;
  return `${prefix}-${last}`;
}
