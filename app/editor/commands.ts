// What the tools do, each a ProseMirror command, so that a button, a key and a menu are one thing.
import { setBlockType, toggleMark } from 'prosemirror-commands';
import type { MarkType, NodeType } from 'prosemirror-model';
import type { Command, EditorState } from 'prosemirror-state';
import { liftListItem, sinkListItem, wrapInList } from 'prosemirror-schema-list';
import { isInTable } from 'prosemirror-tables';
import { redoCommand, undoCommand } from 'y-prosemirror';
import { OWN_STEP } from './blocks';
import { insertIntervention } from './interventions';
import { marks, nodes } from './schema';
import { insertTable } from './tables';

export interface SignalLink {
  id: string;
  reference: string;
}

/** The list around the selection: innermost first. */
function listAround(state: EditorState): { type: NodeType; position: number } | undefined {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const { type } = $from.node(depth);
    if (type === nodes.bulletList || type === nodes.orderedList) return { type, position: $from.before(depth) };
  }
  return undefined;
}

/** Makes a list, turns it into the other kind, or makes it text again. */
function toggleList(type: NodeType): Command {
  return (state, dispatch, view) => {
    const around = listAround(state);
    if (!around) return wrapInList(type)(state, dispatch);
    if (around.type === type) return liftListItem(nodes.listItem)(state, dispatch, view);
    dispatch?.(state.tr.setNodeMarkup(around.position, type));
    return true;
  };
}

export const commands = {
  paragraph: setBlockType(nodes.paragraph),
  heading3: setBlockType(nodes.heading, { level: 3 }),
  heading4: setBlockType(nodes.heading, { level: 4 }),
  bold: toggleMark(marks.bold),
  italic: toggleMark(marks.italic),
  bulletList: toggleList(nodes.bulletList),
  orderedList: toggleList(nodes.orderedList),
  indent: sinkListItem(nodes.listItem),
  outdent: liftListItem(nodes.listItem),
  insertTable,
  insertIntervention,
  undo: undoCommand,
  redo: redoCommand,
} satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;

function hasMark(state: EditorState, mark: MarkType): boolean {
  const { from, to, empty, $from } = state.selection;
  if (empty) return mark.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, mark);
}

/** Whether a button of this name stands pressed; `undefined` for what is done rather than switched. */
export function isOn(name: CommandName, state: EditorState): boolean | undefined {
  const { parent } = state.selection.$from;
  switch (name) {
    case 'paragraph':
      return parent.type === nodes.paragraph;
    case 'heading3':
    case 'heading4':
      return parent.type === nodes.heading && parent.attrs.level === (name === 'heading3' ? 3 : 4);
    case 'bold':
      return hasMark(state, marks.bold);
    case 'italic':
      return hasMark(state, marks.italic);
    case 'bulletList':
      return listAround(state)?.type === nodes.bulletList;
    case 'orderedList':
      return listAround(state)?.type === nodes.orderedList;
    default:
      return undefined;
  }
}

export function insertSignal(signal: SignalLink): Command {
  return (state, dispatch) => {
    if (!state.selection.$from.parent.inlineContent) return false;
    const node = nodes.signalRef.create({ id: signal.id, reference: signal.reference });
    dispatch?.(state.tr.replaceSelectionWith(node, false).setMeta(OWN_STEP, true).scrollIntoView());
    return true;
  };
}

export { isInTable };
