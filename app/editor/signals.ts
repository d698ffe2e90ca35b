// References to signals amid the text. A click puts the caret there; with Ctrl, or by a key, it opens.
import { DOMSerializer, type Node } from 'prosemirror-model';
import { type Command, Plugin, TextSelection } from 'prosemirror-state';
import type { EditorView, NodeView } from 'prosemirror-view';
import { nodes } from './schema';

function open(link: Element | null | undefined): boolean {
  const address = link?.getAttribute('href');
  if (!address) return false;
  // Beside this page: whoever follows a reference is still writing.
  window.open(address, '_blank', 'noopener');
  return true;
}

function linkOf(event: Event): Element | null {
  return event.target instanceof Element ? event.target.closest('a[data-signal]') : null;
}

/** Opens the reference beside the caret. */
export const openSignal: Command = (state, _dispatch, view) => {
  const { $from, empty } = state.selection;
  if (!empty || !view) return false;
  const before = $from.nodeBefore?.type === nodes.signalRef ? $from.pos - 1 : undefined;
  const at = $from.nodeAfter?.type === nodes.signalRef ? $from.pos : before;
  const dom = at === undefined ? null : view.nodeDOM(at);
  return dom instanceof Element && open(dom);
};

/** Amid text that is edited it is no stop for the Tab key; for who reads, it is a link like any other. */
function draw(node: Node, view: EditorView): NodeView {
  const { dom } = DOMSerializer.renderSpec(document, node.type.spec.toDOM!(node));
  if (view.editable && dom instanceof HTMLElement) dom.tabIndex = -1;
  return { dom };
}

export function signalLinks(): Plugin {
  return new Plugin({
    props: {
      nodeViews: { [nodes.signalRef.name]: draw },
      handleDOMEvents: {
        // The browser would give the focus to the link, and keys would go nowhere.
        mousedown: (view, event) => {
          const link = linkOf(event);
          if (!link || !view.editable || event.button !== 0 || event.ctrlKey || event.metaKey) return false;
          event.preventDefault();
          const { left, width } = link.getBoundingClientRect();
          const before = view.posAtDOM(link, 0);
          const at = event.clientX < left + width / 2 ? before : before + 1;
          view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at)));
          view.focus();
          return true;
        },
        click: (view, event) => {
          const link = linkOf(event);
          if (!link) return false;
          // Never in this page: the text would be left.
          event.preventDefault();
          if (!view.editable || event.ctrlKey || event.metaKey) open(link);
          return true;
        },
      },
    },
  });
}
