// The list of keys, in a dialog.
import { el, freshId } from './dom';
import type { Key, Say } from './texts';

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** `Mod-Shift-7` as it stands on this person's keyboard. */
export function shown(keys: string): string {
  const names: Record<string, string> = MAC ? { Mod: '⌘', Alt: '⌥', Shift: '⇧' } : { Mod: 'Ctrl' };
  return keys
    .split('-')
    .map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(MAC ? ' ' : '+');
}

const KEYS: [string, Key][] = [
  ['Mod-Alt-3', 'heading3'],
  ['Mod-Alt-4', 'heading4'],
  ['Mod-Alt-0', 'paragraph'],
  ['Mod-B', 'bold'],
  ['Mod-I', 'italic'],
  ['Mod-Shift-8', 'bulletList'],
  ['Mod-Shift-7', 'orderedList'],
  ['Shift-Enter', 'keyHardBreak'],
  ['Tab', 'keyTab'],
  ['Shift-Tab', 'keyShiftTab'],
  ['Alt-Enter', 'keyOpenSignal'],
  ['Mod-Z', 'undo'],
  ['Mod-Y', 'redo'],
  ['Mod-F', 'find'],
  ['Mod-Alt-M', 'addComment'],
  ['Alt-F10', 'keyToolbar'],
  ['Mod-/', 'shortcuts'],
];

export function shortcutsDialog(say: Say): HTMLDialogElement {
  const id = freshId('plan-keys');
  const rows: [string, string][] = KEYS.map(([keys, key]) => [shown(keys), say(key)]);
  rows.push(
    ['Tab, Esc', say('keyFields')],
    [`Esc, ${say('keyThen')} Tab`, say('keyLeave')],
    [`- + ${say('keySpace')}`, say('keyDash')],
    [`1. + ${say('keySpace')}`, say('keyOne')],
    [`### / #### + ${say('keySpace')}`, say('keyHash')],
  );
  const close = el(
    'button',
    { type: 'button', class: 'utrecht-button utrecht-button--secondary-action', autofocus: true },
    say('close'),
  );
  const dialog = el(
    'dialog',
    { class: 'plan-keys', 'aria-labelledby': id },
    el('h2', { class: 'utrecht-heading-2', id }, say('shortcuts')),
    el(
      'div',
      { class: 'plan-keys__list', tabindex: '0', role: 'region', 'aria-labelledby': id },
      el(
        'table',
        { class: 'utrecht-table' },
        el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, say('keysIn')), el('th', { scope: 'col' }, say('keysDo')))),
        el('tbody', {}, ...rows.map(([keys, does]) => el('tr', {}, el('th', { scope: 'row' }, el('kbd', {}, keys)), el('td', {}, does)))),
      ),
    ),
    close,
  );
  close.addEventListener('click', () => dialog.close());
  return dialog;
}
