// The template's sections stand: whatever is typed, pasted, cut or undone in this window, none is removed, added,
// split, joined or moved. What colleagues' windows did comes in as it is; their windows keep the same rule.
import { Fragment, type Node, Slice } from 'prosemirror-model';
import { type EditorState, Plugin, Selection, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { ySyncPluginKey } from 'y-prosemirror';
import { nodes } from './schema';

/** Whether it tells what the shared document has become, rather than what somebody does here. */
export function isFromDocument(tr: Transaction): boolean {
  return Boolean(tr.getMeta(ySyncPluginKey)?.isChangeOrigin);
}

export function keepsSections(before: Node, after: Node): boolean {
  if (before.childCount !== after.childCount) return false;
  for (let index = 0; index < before.childCount; index += 1) {
    const [old, now] = [before.child(index), after.child(index)];
    if (old !== now && (old.type !== now.type || !old.hasMarkup(now.type, now.attrs))) return false;
  }
  return true;
}

function isAcross(selection: Selection): boolean {
  const { $from, $to } = selection;
  return !selection.empty && ($from.depth === 0 || $to.depth === 0 || $from.index(0) !== $to.index(0));
}

/** Empties what is selected, section by section. */
export function deleteAcross(state: EditorState): Transaction {
  const { from, to } = state.selection;
  const { tr } = state;
  const sections: { start: number; end: number }[] = [];
  state.doc.forEach((section, offset) => sections.push({ start: offset + 1, end: offset + section.nodeSize - 1 }));
  for (const { start, end } of sections.toReversed()) {
    if (Math.max(from, start) <= Math.min(to, end)) empty(tr, start, Math.max(from, start), Math.min(to, end));
  }
  return tr.setSelection(Selection.near(tr.doc.resolve(Math.min(from, tr.doc.content.size)), 1)).scrollIntoView();
}

/** Empties `from` to `to` of the section that begins at `start`. */
function empty(tr: Transaction, start: number, from: number, to: number): void {
  const blocks: { start: number; node: Node }[] = [];
  tr.doc.resolve(start).parent.forEach((node, offset) => blocks.push({ start: start + offset, node }));
  for (const block of blocks.toReversed()) {
    const end = block.start + block.node.nodeSize;
    if (from >= end || to <= block.start) continue;
    const first = Selection.findFrom(tr.doc.resolve(block.start), 1, true)?.from ?? block.start;
    const last = Selection.findFrom(tr.doc.resolve(end), -1, true)?.to ?? end;
    // Where the selection begins, the paragraph stays, so that typing goes on there.
    const begins = block.node.isTextblock && from >= first;
    if (from <= first && to >= last && !begins) tr.delete(block.start, end);
    else if (block.node.type === nodes.table) emptyTextblocks(tr, block.start, end, from, to);
    else if (Math.max(from, first) < Math.min(to, last)) tr.delete(Math.max(from, first), Math.min(to, last));
  }
  if (tr.doc.resolve(start).parent.childCount === 0) tr.insert(start, nodes.paragraph.create());
}

/** In a table cut in half by the selection the cells stay and their text goes. */
function emptyTextblocks(tr: Transaction, start: number, end: number, from: number, to: number): void {
  const texts: [number, number][] = [];
  tr.doc.nodesBetween(start, end, (node, position) => {
    if (node.isTextblock) texts.push([Math.max(from, position + 1), Math.min(to, position + 1 + node.content.size)]);
  });
  for (const [a, b] of texts.toReversed()) if (a < b) tr.delete(a, b);
}

/** Text without the sections around it, so that a copy never brings a section along. */
export function withoutSections(slice: Slice): Slice {
  if (slice.content.firstChild?.type !== nodes.section) return slice;
  const blocks: Node[] = [];
  slice.content.forEach((section) => section.content.forEach((block) => blocks.push(block)));
  return new Slice(Fragment.from(blocks), Math.max(0, slice.openStart - 1), Math.max(0, slice.openEnd - 1));
}

/** Puts a paragraph into each section, and each intervention, that two people emptied together. */
export function fillSections(state: EditorState): Transaction | undefined {
  const empty: number[] = [];
  state.doc.forEach((section, offset) => {
    if (section.childCount === 0) empty.push(offset + 1);
    section.forEach((block, within) => {
      if (block.type === nodes.intervention && block.childCount === 0) empty.push(offset + 1 + within + 1);
    });
  });
  if (empty.length === 0) return undefined;
  const { tr } = state;
  for (const start of empty.toReversed()) tr.insert(start, nodes.paragraph.create());
  return tr.setMeta('addToHistory', false);
}

function deleteIfAcross(view: EditorView): boolean {
  if (!view.editable || !isAcross(view.state.selection)) return false;
  view.dispatch(deleteAcross(view.state));
  return true;
}

function cut(view: EditorView, event: ClipboardEvent): boolean {
  if (!view.editable || !event.clipboardData || !isAcross(view.state.selection)) return false;
  const { dom, text } = view.serializeForClipboard(view.state.selection.content());
  event.preventDefault();
  event.clipboardData.clearData();
  event.clipboardData.setData('text/html', dom.innerHTML);
  event.clipboardData.setData('text/plain', text);
  return deleteIfAcross(view);
}

/**
 * ProseMirror hears of a new selection a moment after the browser made it. On a slow machine a key or a paste may come
 * before, and would then be done to what was selected earlier, which may be everything.
 */
function readSelection(view: EditorView): false {
  const { domObserver } = view as unknown as { domObserver?: { flush?(): void } };
  if (!view.composing) domObserver?.flush?.();
  return false;
}

export function sectionGuard(): Plugin {
  return new Plugin({
    filterTransaction: (tr, state) => !tr.docChanged || isFromDocument(tr) || keepsSections(state.doc, tr.doc),
    props: {
      handleKeyDown: (view, event) => ['Backspace', 'Delete', 'Enter'].includes(event.key) && deleteIfAcross(view),
      handleTextInput: (view, _from, _to, text) => {
        if (!deleteIfAcross(view)) return false;
        view.dispatch(view.state.tr.insertText(text).scrollIntoView());
        return true;
      },
      // Typed over a selection, Chromium keeps the colours of what was selected in an inline style, which the page forbids.
      handleKeyPress: (view, event) => {
        const { selection, tr } = view.state;
        const typed = [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !view.composing;
        if (!typed || selection.empty || isAcross(selection) || !selection.$from.sameParent(selection.$to)) return false;
        view.dispatch(tr.insertText(event.key, selection.from, selection.to).scrollIntoView());
        return true;
      },
      handlePaste: (view) => {
        deleteIfAcross(view);
        return false;
      },
      handleDOMEvents: {
        keydown: readSelection,
        paste: readSelection,
        cut: (view, event) => readSelection(view) || cut(view, event),
        beforeinput: (view, event) => {
          if (!event.inputType.startsWith('delete') || !deleteIfAcross(view)) return false;
          event.preventDefault();
          return true;
        },
        compositionstart: (view) => {
          deleteIfAcross(view);
          return false;
        },
      },
      transformCopied: withoutSections,
      transformPasted: withoutSections,
    },
    view: () => filler(),
  });
}

/** Two windows that see the same hole wait for a different while, so that mostly one of them fills it. */
function filler() {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    update(view: EditorView) {
      if (timer || !view.editable || !fillSections(view.state)) return;
      timer = setTimeout(() => {
        timer = undefined;
        const tr = view.editable ? fillSections(view.state) : undefined;
        if (tr) view.dispatch(tr);
      }, 200 + Math.random() * 1500);
    },
    destroy: () => clearTimeout(timer),
  };
}

/** The section that holds this position. */
export function sectionAt(doc: Node, position: number): Node | undefined {
  const $position = doc.resolve(Math.min(position, doc.content.size));
  return $position.depth > 0 ? $position.node(1) : undefined;
}
