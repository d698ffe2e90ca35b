// References to signals amid the text. A click puts the caret there; with Ctrl, or Enter on a chosen one, it opens.
import { DOMSerializer, type Node } from 'prosemirror-model';
import { NodeSelection, Plugin } from 'prosemirror-state';
import type { EditorView, NodeView } from 'prosemirror-view';
import { nodes } from './schema';

function open(link: Element | null | undefined): boolean {
  const address = link?.getAttribute('href');
  if (!address) return false;
  // Beside this page: whoever follows a reference is still writing.
  window.open(address, '_blank', 'noopener');
  return true;
}

function chosen(view: EditorView): Element | undefined {
  const { selection } = view.state;
  if (!(selection instanceof NodeSelection) || selection.node.type !== nodes.signalRef) return undefined;
  const dom = view.nodeDOM(selection.from);
  return dom instanceof Element ? dom : undefined;
}

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
      handleKeyDown: (view, event) => event.key === 'Enter' && open(chosen(view)),
      handleDOMEvents: {
        click: (view, event) => {
          const link = event.target instanceof Element ? event.target.closest('a[data-signal]') : null;
          if (!link || (view.editable && !event.ctrlKey && !event.metaKey)) return false;
          event.preventDefault();
          return open(link);
        },
      },
    },
  });
}
