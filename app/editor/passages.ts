// Marks the passages and interventions that have comments, and finds them in the text.
import type { Node } from 'prosemirror-model';
import { type EditorState, Plugin, PluginKey, TextSelection } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition, ySyncPluginKey } from 'y-prosemirror';
import * as Y from 'yjs';
import type { InterventionPlace, Passage, Thread } from './comments';
import { nodes } from './schema';
import { isFromDocument } from './sections';

interface Marked {
  threads: Thread[];
  /** The thread one is at. */
  at: string | undefined;
  set: DecorationSet;
}

const key = new PluginKey<Marked>('passages');
const LONGEST_QUOTE = 120;

/** The selected passage, or nothing when nothing is selected. */
export function passageOf(state: EditorState): Passage | undefined {
  const { from, to, empty } = state.selection;
  const quote = empty ? '' : state.doc.textBetween(from, to, ' ', (leaf) => leaf.type.spec.leafText?.(leaf) ?? ' ').trim();
  if (!quote) return undefined;
  const { type, binding } = ySyncPluginKey.getState(state);
  const relative = (position: number) => Y.relativePositionToJSON(absolutePositionToRelativePosition(position, type, binding.mapping) as Y.RelativePosition);
  return { anchor: relative(from), head: relative(to), quote: short(quote) };
}

/** The intervention with this id, to hang a comment on; nothing when it is not in the text. */
export function interventionOf(state: EditorState, id: string): InterventionPlace | undefined {
  const found = findIntervention(state.doc, id);
  if (!found) return undefined;
  return { intervention: id, quote: short(found.node.textBetween(0, found.node.content.size, ' ').trim()) };
}

function short(quote: string): string {
  return quote.length > LONGEST_QUOTE ? `${quote.slice(0, LONGEST_QUOTE - 1)}…` : quote;
}

/** They stand right in the sections, nowhere deeper. */
function findIntervention(doc: Node, id: string): { node: Node; from: number } | undefined {
  let found: { node: Node; from: number } | undefined;
  doc.forEach((section, before) => {
    section.forEach((node, offset) => {
      if (!found && node.type === nodes.intervention && node.attrs.id === id) found = { node, from: before + 1 + offset };
    });
  });
  return found;
}

function place(state: EditorState, thread: Thread): { from: number; to: number } | undefined {
  if (thread.intervention) {
    const found = findIntervention(state.doc, thread.intervention);
    return found && { from: found.from, to: found.from + found.node.nodeSize };
  }
  const { doc, type, binding } = ySyncPluginKey.getState(state);
  const absolute = (position: unknown): number | null => {
    if (typeof position !== 'object' || position === null) return null;
    return relativePositionToAbsolutePosition(doc, type, Y.createRelativePositionFromJSON(position), binding.mapping);
  };
  const [anchor, head] = [absolute(thread.anchor), absolute(thread.head)];
  if (anchor === null || head === null) return undefined;
  const end = state.doc.content.size;
  return { from: Math.min(anchor, head, end), to: Math.min(Math.max(anchor, head), end) };
}

function mark(state: EditorState, threads: Thread[], at: string | undefined): Marked {
  const marks: Decoration[] = [];
  for (const thread of threads) {
    const found = thread.resolved ? undefined : place(state, thread);
    if (!found || found.from === found.to) continue;
    const names = thread.id === at ? 'plan-passage plan-passage--at' : 'plan-passage';
    const make = thread.intervention ? Decoration.node : Decoration.inline;
    marks.push(make(found.from, found.to, { class: names }, { thread: thread.id }));
  }
  return { threads, at, set: DecorationSet.create(state.doc, marks) };
}

export function passages(): Plugin<Marked> {
  return new Plugin<Marked>({
    key,
    state: {
      init: () => ({ threads: [], at: undefined, set: DecorationSet.empty }),
      apply(tr, marked, _before, state): Marked {
        const told = tr.getMeta(key) as Partial<Marked> | undefined;
        if (told) return mark(state, told.threads ?? marked.threads, 'at' in told ? told.at : marked.at);
        if (isFromDocument(tr)) return mark(state, marked.threads, marked.at);
        // What is typed here is in the document's own mapping a moment later; until then marks move along by themselves.
        return tr.docChanged ? { ...marked, set: marked.set.map(tr.mapping, tr.doc) } : marked;
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
  });
}

export function showThreads(view: EditorView, threads: Thread[]): void {
  view.dispatch(view.state.tr.setMeta(key, { threads }));
}

export function showAt(view: EditorView, at: string | undefined): void {
  if (key.getState(view.state)?.at !== at) view.dispatch(view.state.tr.setMeta(key, { at }));
}

/** The thread whose passage holds the caret: the shortest, where several do. */
export function threadAt(state: EditorState): string | undefined {
  const { from, to } = state.selection;
  const found = key.getState(state)?.set.find(from, to) ?? [];
  const around = found.filter((mark) => mark.from <= from && mark.to >= to);
  return around.sort((a, b) => a.to - a.from - (b.to - b.from))[0]?.spec.thread;
}

/** Whether what it hangs on is still in the text. */
export function isThere(state: EditorState, thread: Thread): boolean {
  const found = place(state, thread);
  return found !== undefined && found.from !== found.to;
}

/** The threads that are marked in the text now. */
export function markedThreads(state: EditorState): string[] {
  return (key.getState(state)?.set.find() ?? []).map(({ spec }) => spec.thread);
}

/** The order in which the passages stand in the text; those that are gone come last. */
export function inOrder(state: EditorState, threads: Thread[]): Thread[] {
  const places = new Map(threads.map((thread) => [thread.id, place(state, thread)?.from ?? Number.MAX_SAFE_INTEGER]));
  return threads.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
}

/** Puts the caret at the passage or in the intervention. Says whether it is there. */
export function goToPassage(view: EditorView, thread: Thread): boolean {
  const found = place(view.state, thread);
  if (!found || found.from === found.to) return false;
  view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(found.from), 1)));
  const { node } = view.domAtPos(found.from);
  const shown = thread.intervention ? view.nodeDOM(found.from) : node;
  (shown instanceof HTMLElement ? shown : shown?.parentElement)?.scrollIntoView({ block: thread.intervention ? 'start' : 'center' });
  return true;
}
