// Blocks of a section that are more than text: where they go when they are inserted, and how one gets past them.
import type { Node } from 'prosemirror-model';
import { type EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { nodes } from './schema';

/** Marks a transaction that is undone by itself, however fast one typed before and after it. */
export const OWN_STEP = 'own-step';

/** Puts it after the block of the section that holds the caret, or in the place of an empty paragraph. */
export function insertBlock(state: EditorState, made: Node): Transaction {
  const { $from } = state.selection;
  const block = $from.node(2);
  const replaces = block.type === nodes.paragraph && block.content.size === 0;
  const at = replaces ? $from.before(2) : $from.after(2);
  const tr = replaces ? state.tr.replaceWith(at, $from.after(2), made) : state.tr.insert(at, made);
  // A way out below: after a table at the end of a section one could not write on.
  const after = at + made.nodeSize;
  if (tr.doc.resolve(after).nodeAfter === null) tr.insert(after, nodes.paragraph.create());
  return tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).setMeta(OWN_STEP, true);
}
