// Finds a text in the plan and marks where it stands. What is found is computed anew whenever the plan changes.
import type { Node } from 'prosemirror-model';
import { type EditorState, Plugin, PluginKey, TextSelection } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';

export interface Match {
  from: number;
  to: number;
}

interface Found {
  query: string;
  matches: Match[];
  /** Which of them the person is at; -1 when there is none. */
  at: number;
}

const key = new PluginKey<Found>('find');
const NOTHING: Found = { query: '', matches: [], at: -1 };

/** Lower case that keeps every character where it is. */
function fold(text: string): string {
  const lower = text.toLocaleLowerCase();
  return lower.length === text.length ? lower : text;
}

export function findIn(doc: Node, query: string): Match[] {
  const wanted = fold(query);
  const matches: Match[] = [];
  if (!wanted) return matches;
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    // One character per position, so that an offset in the text is a place in the document.
    const text = fold(node.textBetween(0, node.content.size, '', (leaf) => '\ufffc'.repeat(leaf.nodeSize)));
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      matches.push({ from: position + 1 + at, to: position + 1 + at + wanted.length });
    }
    node.forEach((leaf, offset) => {
      const reference = leaf.isText ? undefined : leaf.attrs.reference;
      if (typeof reference === 'string' && fold(reference).includes(wanted)) {
        matches.push({ from: position + 1 + offset, to: position + 1 + offset + leaf.nodeSize });
      }
    });
    return false;
  });
  return matches.sort((a, b) => a.from - b.from);
}

function nearest(matches: Match[], position: number): number {
  if (matches.length === 0) return -1;
  const after = matches.findIndex((match) => match.from >= position);
  return after < 0 ? 0 : after;
}

export function finder(): Plugin<Found> {
  return new Plugin<Found>({
    key,
    state: {
      init: () => NOTHING,
      apply(tr, found, _before, state): Found {
        const asked = tr.getMeta(key) as Partial<Found> | undefined;
        if (asked?.query !== undefined) {
          const matches = findIn(state.doc, asked.query);
          return { query: asked.query, matches, at: nearest(matches, state.selection.from) };
        }
        if (asked?.at !== undefined) return { ...found, at: asked.at };
        if (!tr.docChanged || !found.query) return found;
        const matches = findIn(state.doc, found.query);
        return { query: found.query, matches, at: matches.length === 0 ? -1 : Math.min(Math.max(found.at, 0), matches.length - 1) };
      },
    },
    props: {
      decorations(state) {
        const found = key.getState(state);
        if (!found?.matches.length) return null;
        const marks = found.matches.map(({ from, to }, index) =>
          Decoration.inline(from, to, { class: index === found.at ? 'plan-found plan-found--at' : 'plan-found' }),
        );
        return DecorationSet.create(state.doc, marks);
      },
    },
  });
}

export function found(state: EditorState): Found {
  return key.getState(state) ?? NOTHING;
}

export function search(view: EditorView, query: string): void {
  view.dispatch(view.state.tr.setMeta(key, { query }));
  show(view);
}

/** One further, or back; past the last comes the first. */
export function step(view: EditorView, by: 1 | -1): void {
  const { matches, at } = found(view.state);
  if (matches.length === 0) return;
  view.dispatch(view.state.tr.setMeta(key, { at: (at + by + matches.length) % matches.length }));
  show(view);
}

/** Puts the selection on what was found, so that closing the bar leaves the person there. */
export function selectFound(view: EditorView): void {
  const { matches, at } = found(view.state);
  const match = matches[at];
  if (match) view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, match.from, match.to)));
}

function show(view: EditorView): void {
  view.dom.querySelector('.plan-found--at')?.scrollIntoView({ block: 'center' });
}
