// What can be done with interventions, apart from filling in their fields (`intervention-view.ts`).
import { uuidv4 } from 'lib0/random';
import { Fragment, type Node, Slice } from 'prosemirror-model';
import { type Command, type EditorState, Plugin, Selection, TextSelection } from 'prosemirror-state';
import { insertBlock } from './blocks';
import { drawIntervention, type InterventionOptions } from './intervention-view';
import { nodes } from './schema';

/** A new one after the block with the caret; then its first field. */
export const insertIntervention: Command = (state, dispatch, view) => {
  const { $from } = state.selection;
  if ($from.depth < 2 || $from.node(2).type === nodes.intervention) return false;
  if (!dispatch) return true;
  const id = uuidv4();
  dispatch(insertBlock(state, nodes.intervention.create({ id }, nodes.paragraph.create())).scrollIntoView());
  // After the button that did this has given the focus back to the text.
  if (view) setTimeout(() => focusFields(view.dom.querySelector(`[data-id="${id}"]`)));
  return true;
};

function focusFields(block: Element | null): boolean {
  const field = block?.querySelector<HTMLElement>('select, input, textarea');
  field?.focus();
  return field !== undefined;
}

/** From the description to the fields above it. */
export const intoFields: Command = (state, _dispatch, view) => {
  const { $from } = state.selection;
  if ($from.depth < 2 || $from.node(2).type !== nodes.intervention || !view) return false;
  const dom = view.nodeDOM($from.before(2));
  return dom instanceof Element && focusFields(dom);
};

/** Enter on an empty last line goes on below the intervention. */
export const outOfIntervention: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth !== 3 || $from.node(2).type !== nodes.intervention || $from.parent.content.size > 0) return false;
  const block = $from.node(2);
  if (block.childCount < 2 || $from.index(2) !== block.childCount - 1) return false;
  if (!dispatch) return true;
  const tr = state.tr.delete($from.before(), $from.after());
  const after = tr.mapping.map($from.after(2));
  tr.insert(after, nodes.paragraph.create());
  dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
};

/** Down from the last line of a section that ends with a table or an intervention: a paragraph to go on with. */
export const outBelow: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth < 3 || !endsWithBlock(state) || !view?.endOfTextblock('down')) return false;
  const end = $from.end(1);
  const next = Selection.findFrom(state.doc.resolve($from.after()), 1, true);
  if (next && next.from < end && $from.node(2).type === nodes.intervention) return false;
  if ($from.node(2).type === nodes.table && $from.index(2) < $from.node(2).childCount - 1) return false;
  if (!dispatch) return true;
  const tr = state.tr.insert(end, nodes.paragraph.create());
  dispatch(tr.setSelection(TextSelection.create(tr.doc, end + 1)).scrollIntoView());
  return true;
};

function endsWithBlock(state: EditorState): boolean {
  const { $from } = state.selection;
  const last = $from.node(1).lastChild;
  return $from.node(2) === last && (last?.type === nodes.intervention || last?.type === nodes.table);
}

/** A copy is another intervention, so it gets an id of its own; one that was cut out keeps its id, and its comments. */
export function renew(content: Fragment, doc: Node): Fragment {
  const taken = new Set<unknown>();
  doc.descendants((node) => {
    if (node.type === nodes.intervention) taken.add(node.attrs.id);
    return node.type === nodes.section;
  });
  const made: Node[] = [];
  content.forEach((node) => {
    const copy = node.type === nodes.intervention && taken.has(node.attrs.id);
    made.push(copy ? node.type.create({ ...node.attrs, id: uuidv4() }, node.content) : node);
  });
  return Fragment.from(made);
}

export function interventions(options: InterventionOptions): Plugin {
  return new Plugin({
    props: {
      nodeViews: { [nodes.intervention.name]: drawIntervention(options) },
      transformPasted: (slice, view) => new Slice(renew(slice.content, view.state.doc), slice.openStart, slice.openEnd),
    },
    view: (view) => {
      let editable = view.editable;
      return {
        update: () => {
          if (view.editable === editable) return;
          editable = view.editable;
          const fields = view.dom.querySelectorAll<HTMLFieldSetElement>('.plan-intervention__fields');
          for (const set of fields) set.disabled = !editable;
        },
      };
    },
  });
}
