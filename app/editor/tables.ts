// Tables, kept whole with a light hand: see `mendOwnTables`.
import { type Command, Plugin, TextSelection, type Transaction } from 'prosemirror-state';
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  fixTables,
  isInTable,
  tableEditing,
  toggleHeader,
} from 'prosemirror-tables';
import { nodes } from './schema';
import { isFromDocument } from './sections';

/**
 * prosemirror-tables makes a table rectangular again after each change. Were that done for what colleagues did, two
 * windows would mend the same table at once, each with cells of its own, and then mend each other's mending, without
 * end. So a table that two people made uneven stays so until somebody changes something in it.
 */
export function mendOwnTables(): Plugin {
  const plugin = tableEditing();
  const mend = plugin.spec.appendTransaction;
  return new Plugin({
    ...plugin.spec,
    appendTransaction(transactions, before, after) {
      if (transactions.some(isFromDocument)) return null;
      return mend?.call(this as never, transactions, before, after);
    },
  });
}

/** A table command, after a mend if the table has become uneven. */
function on(command: Command): Command {
  return (state, dispatch, view) => {
    if (!isInTable(state)) return false;
    const mending = fixTables(state);
    if (!mending) return command(state, dispatch, view);
    const mended = state.apply(mending);
    if (!dispatch) return command(mended);
    dispatch(mending);
    return view ? command(view.state, dispatch, view) : command(mended, dispatch);
  };
}

export const table = {
  rowAbove: on(addRowBefore),
  rowBelow: on(addRowAfter),
  columnBefore: on(addColumnBefore),
  columnAfter: on(addColumnAfter),
  deleteRow: on(deleteRow),
  deleteColumn: on(deleteColumn),
  headerRow: on(toggleHeader('row')),
  remove: on(deleteTable),
};

/** Three by three, the first row for headings. */
export const insertTable: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if (isInTable(state) || $from.depth < 2) return false;
  const cell = (type: 'tableHeader' | 'tableCell') => nodes[type].create(null, nodes.paragraph.create());
  const row = (type: 'tableHeader' | 'tableCell') => nodes.tableRow.create(null, [cell(type), cell(type), cell(type)]);
  const made = nodes.table.create(null, [row('tableHeader'), row('tableCell'), row('tableCell')]);
  if (!dispatch) return true;
  // As a block of the section, after the one with the caret; an empty paragraph gives way to it.
  const block = $from.node(2);
  const replaces = block.type === nodes.paragraph && block.content.size === 0;
  const at = replaces ? $from.before(2) : $from.after(2);
  const tr: Transaction = replaces ? state.tr.replaceWith(at, $from.after(2), made) : state.tr.insert(at, made);
  // A way out below: after a table at the end of a section one could not write on.
  const after = at + made.nodeSize;
  if (tr.doc.resolve(after).nodeAfter === null) tr.insert(after, nodes.paragraph.create());
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  return true;
};
