// The tools of the editor, by name, drawing and key.
import type { EditorView } from 'prosemirror-view';
import { type CommandName, commands, insertSignal, isOn, type SignalLink } from './commands';
import { icons } from './icons';
import { openMenu } from './menu';
import { shown } from './shortcuts';
import { table } from './tables';
import type { Say } from './texts';
import type { Tool } from './toolbar';

export interface PageTools {
  find(button: HTMLButtonElement): void;
  shortcuts(): void;
  /** Absent when it is not known who would be commenting. */
  comment?: () => void;
}

/** What does not change the text. */
export function readingTools(say: Say, page: PageTools): Tool[] {
  return [
    { label: say('find'), face: { icon: icons.find }, keys: shown('Mod-F'), act: page.find },
    { label: say('shortcuts'), face: { icon: icons.keyboard }, keys: shown('Mod-/'), act: page.shortcuts },
  ];
}

export function writingTools(say: Say, view: () => EditorView, signals: SignalLink[], page: PageTools): Tool[][] {
  const tool = (name: CommandName, face: Tool['face'], keys?: string): Tool => ({
    label: say(name),
    face,
    keys: keys && shown(keys),
    command: commands[name],
    pressed: (state) => isOn(name, state),
  });
  const choose = (button: HTMLButtonElement) => {
    const choices = signals.map((signal) => ({
      label: signal.reference,
      choose: () => {
        insertSignal(signal)(view().state, view().dispatch);
        view().focus();
      },
    }));
    openMenu(button, say('insertSignal'), choices, say('noSignals'));
  };
  const { comment } = page;
  const commenting: Tool[] = comment
    ? [{ label: say('addComment'), face: { icon: icons.comment }, keys: shown('Mod-Alt-M'), act: comment, possible: (state) => !state.selection.empty }]
    : [];
  return [
    [
      tool('paragraph', { text: say('paragraph') }, 'Mod-Alt-0'),
      tool('heading3', { text: say('heading3') }, 'Mod-Alt-3'),
      tool('heading4', { text: say('heading4') }, 'Mod-Alt-4'),
    ],
    [
      tool('bold', { text: 'B', className: 'plan-tool__bold' }, 'Mod-B'),
      tool('italic', { text: 'I', className: 'plan-tool__italic' }, 'Mod-I'),
    ],
    [
      tool('bulletList', { icon: icons.bulletList }, 'Mod-Shift-8'),
      tool('orderedList', { icon: icons.orderedList }, 'Mod-Shift-7'),
      tool('outdent', { icon: icons.outdent }, 'Shift-Tab'),
      tool('indent', { icon: icons.indent }, 'Tab'),
    ],
    [
      tool('insertIntervention', { icon: icons.intervention }),
      tool('insertTable', { icon: icons.table }),
      { label: say('insertSignal'), face: { icon: icons.signal }, act: choose, menu: true },
      ...commenting,
    ],
    [tool('undo', { icon: icons.undo }, 'Mod-Z'), tool('redo', { icon: icons.redo }, 'Mod-Y')],
  ];
}

/** Shown while the caret is in a table. */
export function tableTools(say: Say): Tool[][] {
  const tool = (label: Parameters<Say>[0], command: Tool['command']): Tool => ({
    label: say(label),
    face: { text: say(label) },
    command,
  });
  return [
    [tool('rowAbove', table.rowAbove), tool('rowBelow', table.rowBelow), tool('deleteRow', table.deleteRow)],
    [tool('columnBefore', table.columnBefore), tool('columnAfter', table.columnAfter), tool('deleteColumn', table.deleteColumn)],
    [tool('headerRow', table.headerRow), tool('deleteTable', table.remove)],
  ];
}
