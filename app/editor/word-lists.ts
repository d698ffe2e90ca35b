// Word writes a list as paragraphs that look like one: `mso-list:l0 level2 lfo1`, with the bullet typed as text.

const LEVEL = /mso-list:\s*\S+\s+level(\d+)/i;
const MARKER = /mso-list:\s*ignore/i;
const NUMBERED = /^[\s\u00a0]*(?:\d+|[a-z]{1,4})[.)]/i;

interface Item {
  paragraph: Element;
  level: number;
  numbered: boolean;
}

function styleOf(element: Element): string {
  return element.getAttribute('data-style') ?? '';
}

function levelOf(element: Element | null): number | undefined {
  if (!element?.matches('p, h1, h2, h3, h4, h5, h6, div')) return undefined;
  const level = LEVEL.exec(styleOf(element))?.[1];
  if (level) return Math.min(9, Math.max(1, Number(level)));
  // Without a level but with the marker it is a list all the same.
  return /\bMsoListParagraph/.test(element.className) && markerOf(element) ? 1 : undefined;
}

function markerOf(paragraph: Element): Element | undefined {
  return [...paragraph.querySelectorAll('[data-style]')].find((part) => MARKER.test(styleOf(part)));
}

function take(paragraph: Element, level: number): Item {
  const marker = markerOf(paragraph);
  const numbered = NUMBERED.test(marker?.textContent ?? '');
  marker?.remove();
  return { paragraph, level, numbered };
}

/** Makes lists of what only looks like them. Must run before styles (kept in `data-style`) are taken away. */
export function mendWordLists(body: HTMLElement): void {
  const seen = new Set<Element>();
  for (const first of body.querySelectorAll('p, h1, h2, h3, h4, h5, h6, div')) {
    if (seen.has(first) || levelOf(first) === undefined) continue;
    const items: Item[] = [];
    const place = first.ownerDocument.createTextNode('');
    first.before(place);
    for (let next: Element | null = first; next; ) {
      const level = levelOf(next);
      if (level === undefined) break;
      seen.add(next);
      items.push(take(next, level));
      next = next.nextElementSibling;
    }
    place.replaceWith(...build(items));
  }
}

function build(items: Item[]): Element[] {
  const roots: Element[] = [];
  const open: { list: Element; level: number; numbered: boolean }[] = [];
  for (const { paragraph, level, numbered } of items) {
    while (open.length > 0 && open.at(-1)!.level > level) open.pop();
    if (open.at(-1)?.level === level && open.at(-1)!.numbered !== numbered) open.pop();
    if (open.length === 0 || open.at(-1)!.level < level) {
      const list = paragraph.ownerDocument.createElement(numbered ? 'ol' : 'ul');
      const inside = open.at(-1)?.list.lastElementChild;
      if (inside) inside.append(list);
      else roots.push(list);
      open.push({ list, level, numbered });
    }
    const item = paragraph.ownerDocument.createElement('li');
    const text = paragraph.ownerDocument.createElement('p');
    text.append(...paragraph.childNodes);
    item.append(text);
    open.at(-1)!.list.append(item);
    paragraph.remove();
  }
  return roots;
}
