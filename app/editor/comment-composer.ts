// A small form to write a comment in.
import { el, freshId } from './dom';
import type { PersonOption } from './intervention-view';
import { MentionPicker } from './mention-picker';
import { stored } from './mentions';
import type { Key, Say } from './texts';

export interface Composer {
  element: HTMLElement;
  /** Shows it and puts the caret in it. */
  focus(): void;
  hide(): void;
}

export interface Ends {
  /** What the comment hangs on, in words. */
  about?: string;
  /** Who can be mentioned. */
  team: PersonOption[];
  /** With the text as it is stored. */
  send(text: string): void;
  cancel(): void;
}

const LONGEST = '4000';

export function composer(say: Say, label: Key, { about, team, send, cancel }: Ends): Composer {
  const id = freshId('plan-comment');
  const hint = team.length > 0 ? `${id}-hint` : undefined;
  const area = el('textarea', { id, class: 'utrecht-textarea', rows: 3, maxlength: LONGEST, 'aria-describedby': hint });
  const place = el('button', { type: 'submit', class: 'utrecht-button utrecht-button--primary-action' }, say('placeComment'));
  const leave = el('button', { type: 'button', class: 'utrecht-button utrecht-button--subtle' }, say('cancel'));
  const form = el('form', { class: 'plan-composer' });
  if (about) form.append(el('p', { class: 'plan-comments__text' }, about));
  form.append(el('label', { class: 'plan-intervention__label', for: id }, say(label)), area);
  const actions = el('div', { class: 'plan-comments__actions' }, place, leave);
  if (hint) {
    const picker = mentioning(area, say, team);
    const mention = el('button', { type: 'button', class: 'utrecht-button utrecht-button--subtle' }, say('mention'));
    mention.addEventListener('click', () => picker.begin());
    actions.append(mention);
    form.append(el('p', { id: hint, class: 'plan-comments__by' }, say('mentionHint')), actions, picker.element);
  } else form.append(actions);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = area.value.trim();
    if (text) send(stored(text, team));
    else area.focus();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') cancel();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  leave.addEventListener('click', cancel);
  return {
    element: form,
    focus() {
      form.hidden = false;
      area.focus();
    },
    hide() {
      form.hidden = true;
      area.value = '';
    },
  };
}

/** Offers the team when an `@` is typed where a word begins, or when asked to. */
function mentioning(area: HTMLTextAreaElement, say: Say, team: PersonOption[]): { element: HTMLElement; begin(): void } {
  const picker = new MentionPicker(say, team);
  const open = (called: boolean) => {
    const at = area.selectionEnd;
    // What called for it is before the caret, and is replaced.
    const put = (text: string, from: number) => area.setRangeText(text, from, at, 'end');
    const before = called ? at - 1 : at;
    picker.open({
      chosen: (name) => {
        const space = before > 0 && !/\s|\($/.test(area.value.slice(before - 1, before)) ? ' ' : '';
        put(`${space}@${name} `, before);
        area.focus();
      },
      left: (typed, { back, erased }) => {
        put(called && !erased ? `@${typed}` : '', before);
        if (back) area.focus();
      },
    });
  };
  area.addEventListener('input', (event) => {
    const typed = event instanceof InputEvent && event.data?.endsWith('@');
    const at = area.selectionEnd;
    if (typed && area.value[at - 1] === '@' && /(^|[\s(])$/.test(area.value.slice(0, at - 1))) open(true);
  });
  return { element: picker.element, begin: () => open(false) };
}
