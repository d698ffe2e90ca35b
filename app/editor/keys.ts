// Keys, and what becomes something else while it is typed.
import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands';
import { inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { type Command, Plugin } from 'prosemirror-state';
import { splitListItem } from 'prosemirror-schema-list';
import { goToNextCell } from 'prosemirror-tables';
import { commands } from './commands';
import { intoFields, outBelow, outOfIntervention } from './interventions';
import { nodes } from './schema';
import { openSignal } from './signals';

export interface Actions {
  find(): void;
  shortcuts(): void;
  toolbar(): void;
  comment(): void;
}

const hardBreak: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hardBreak.create()).scrollIntoView());
  return true;
});

/** A heading becomes a paragraph again before anything is merged. */
const headingToParagraph: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0 || $from.parent.type !== nodes.heading) return false;
  return commands.paragraph(state, dispatch);
};

/**
 * Where no command found anything to merge with (the start of a section, a cell, an intervention; below a table), the
 * browser must not try its own way.
 */
function atTextblock(edge: 'start' | 'end'): Command {
  return ({ selection }) => {
    const { $from, empty } = selection;
    return empty && $from.parent.isTextblock && $from.parentOffset === (edge === 'start' ? 0 : $from.parent.content.size);
  };
}

/** After Escape the Tab key leaves the text, also from a list or a table. */
function leaving(): { plugin: Plugin; left: () => boolean } {
  let escaped = false;
  const plugin = new Plugin({
    props: {
      handleKeyDown: (_view, event) => {
        if (event.key !== 'Tab' && event.key !== 'Shift') escaped = event.key === 'Escape';
        return false;
      },
      handleDOMEvents: {
        focus: () => {
          escaped = false;
          return false;
        },
      },
    },
  });
  return { plugin, left: () => escaped };
}

export function keys(actions: Actions): Plugin[] {
  const act = (action: () => void): Command => {
    return () => {
      action();
      return true;
    };
  };
  const { plugin, left } = leaving();
  const unlessLeaving = (...all: Command[]): Command => {
    const chain = chainCommands(...all);
    return (state, dispatch, view) => !left() && chain(state, dispatch, view);
  };
  return [
    plugin,
    keymap({
      'Mod-Alt-0': commands.paragraph,
      'Mod-Alt-3': commands.heading3,
      'Mod-Alt-4': commands.heading4,
      'Mod-b': commands.bold,
      'Mod-i': commands.italic,
      // Browsers tell these by the character or by the key; on some keyboards Shift-7 is a slash.
      'Mod-Shift-7': commands.orderedList,
      'Mod-Shift-8': commands.bulletList,
      'Mod-z': commands.undo,
      'Mod-y': commands.redo,
      'Shift-Mod-z': commands.redo,
      'Mod-f': act(actions.find),
      'Mod-/': act(actions.shortcuts),
      'Mod-Alt-m': act(actions.comment),
      'Alt-F10': act(actions.toolbar),
      'Shift-Enter': hardBreak,
      'Mod-Enter': hardBreak,
      Enter: chainCommands(outOfIntervention, splitListItem(nodes.listItem)),
      ArrowDown: outBelow,
      Tab: unlessLeaving(goToNextCell(1), commands.indent, intoFields),
      'Shift-Tab': unlessLeaving(goToNextCell(-1), commands.outdent),
      'Alt-Enter': openSignal,
      Backspace: chainCommands(undoInputRule, headingToParagraph, baseKeymap.Backspace!, atTextblock('start')),
      Delete: chainCommands(baseKeymap.Delete!, atTextblock('end')),
    }),
    keymap(baseKeymap),
  ];
}

export function typing(): Plugin {
  return inputRules({
    rules: [
      wrappingInputRule(/^\s*[-*]\s$/, nodes.bulletList),
      wrappingInputRule(/^\s*1\.\s$/, nodes.orderedList),
      textblockTypeInputRule(/^(#{3,4})\s$/, nodes.heading, (match) => ({ level: match[1]?.length ?? 3 })),
    ],
  });
}
