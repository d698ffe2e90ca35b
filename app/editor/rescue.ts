// What somebody wrote that will never be saved: found in the document, to be copied or thrown away.
import * as Y from 'yjs';
import { el, freshId } from './dom';
import type { Live } from './live';
import type { Say } from './texts';

/**
 * The text in the document that this client wrote at or after a clock, in the document's order, a line per paragraph.
 * Rather too much than too little: a paragraph that was split counts as written anew.
 */
export function unsentText(root: Y.XmlFragment, client: number, since: number): string {
  const lines: string[] = [];
  const visit = (type: Y.XmlFragment): void => {
    let line = '';
    for (const child of type.toArray()) {
      if (child instanceof Y.XmlText) line += unsentIn(child, client, since);
      else if (child instanceof Y.XmlFragment) visit(child);
    }
    if (line) lines.push(line);
  };
  visit(root);
  return lines.join('\n');
}

function unsentIn(text: Y.XmlText, client: number, since: number): string {
  let found = '';
  for (let item = text._start; item; item = item.right) {
    const { id, content, deleted, length } = item;
    if (deleted || id.client !== client || id.clock + length <= since) continue;
    if (content instanceof Y.ContentString) found += content.str.slice(Math.max(0, since - id.clock));
  }
  return found;
}

export interface Ways {
  /** What the second button says. */
  leave: string;
  left: () => void;
}

/** The text to copy, and a way on. */
export function rescuePanel(text: string, say: Say, live: Live, ways: Ways): Node[] {
  const id = freshId('plan-unsent');
  const area = el('textarea', { id, class: 'utrecht-textarea plan-unsent__text', readonly: true, rows: 5 });
  area.value = text;
  const copy = el('button', { type: 'button', class: 'utrecht-button utrecht-button--primary-action' }, say('copyUnsent'));
  const leave = el('button', { type: 'button', class: 'utrecht-button utrecht-button--secondary-action' }, ways.leave);
  const said = el('p', { class: 'plan-unsent__said' });
  const tell = (what: string) => {
    said.textContent = what;
    live.tell(what);
  };
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      tell(say('copied'));
    } catch {
      area.focus();
      area.select();
      tell(say('copyYourself'));
    }
  });
  leave.addEventListener('click', ways.left);
  return [
    el('label', { for: id, class: 'utrecht-form-label plan-unsent__label' }, say('unsentLabel')),
    area,
    el('div', { class: 'actions' }, copy, leave),
    said,
  ];
}
