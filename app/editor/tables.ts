// Tables, kept whole with a light hand: see `mendOwnTables`.
import { type Command, Plugin } from 'prosemirror-state';
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
import { insertBlock } from './blocks';
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
  dispatch(insertBlock(state, made).scrollIntoView());
  return true;
};
