// Carets of colleagues. Drawn with classes only: the usual builder writes inline styles, which the page forbids.
import type { DecorationAttrs, EditorView } from 'prosemirror-view';
import type { Plugin } from 'prosemirror-state';
import { relativePositionToAbsolutePosition, yCursorPlugin, ySyncPluginKey } from 'y-prosemirror';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { el } from './dom';
import type { Presence } from './presence';

/** How long a name stands by its caret after it moved. */
const SHOWN = 2_500;

export function carets(awareness: Awareness, presence: Presence): Plugin {
  const drawn = new Map<number, { caret: HTMLElement; until: number }>();

  /** ProseMirror draws a caret anew when the text around it changes; its name stands on for what is left of its time. */
  const name = (client: number): void => {
    const known = drawn.get(client);
    if (!known) return;
    turn(known.caret);
    const left = known.until - performance.now();
    known.caret.classList.toggle('plan-caret--active', left > 0);
    if (left > 0) setTimeout(() => name(client), left + 1);
  };

  awareness.on('change', ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }) => {
    for (const client of removed) drawn.delete(client);
    // After the caret has been drawn at its new place.
    requestAnimationFrame(() => {
      for (const client of [...added, ...updated]) {
        const known = drawn.get(client);
        if (known) known.until = performance.now() + SHOWN;
        name(client);
      }
    });
  });

  return yCursorPlugin(awareness, {
    cursorBuilder: (_user: unknown, client: number): HTMLElement => {
      const label = el('span', { class: 'plan-caret__name' }, presence.nameOf(client));
      // Screen readers get the list of who is here instead: a name amid the text would be read as text.
      const caret = el('span', { class: `plan-caret who--${presence.colourOf(client)}`, 'aria-hidden': 'true', 'data-client': client }, label);
      drawn.set(client, { caret, until: drawn.get(client)?.until ?? 0 });
      requestAnimationFrame(() => name(client));
      return caret;
    },
    selectionBuilder: (_user: unknown, client: number): DecorationAttrs => ({
      class: `plan-selected who--${presence.colourOf(client)}`,
    }),
  });
}

/** A name near the right edge stands to the left of its caret, one in the first line below it. */
function turn(caret: HTMLElement): void {
  const paper = caret.closest('.plan-editor__paper')?.getBoundingClientRect();
  if (!paper) return;
  const { left, top } = caret.getBoundingClientRect();
  caret.classList.toggle('plan-caret--left', left > paper.left + paper.width / 2);
  caret.classList.toggle('plan-caret--below', top < paper.top + 28);
}

/** Where in this window the colleague's caret stands. */
export function caretOf(view: EditorView, awareness: Awareness, client: number): number | undefined {
  const cursor = awareness.getStates().get(client)?.cursor as { head?: unknown } | undefined;
  if (!cursor?.head) return undefined;
  const { doc, type, binding } = ySyncPluginKey.getState(view.state);
  const head = Y.createRelativePositionFromJSON(cursor.head);
  return relativePositionToAbsolutePosition(doc, type, head, binding.mapping) ?? undefined;
}

