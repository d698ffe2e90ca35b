// A small form to write a comment in.
import { el, freshId } from './dom';
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
  send(text: string): void;
  cancel(): void;
}

const LONGEST = '4000';

export function composer(say: Say, label: Key, { about, send, cancel }: Ends): Composer {
  const id = freshId('plan-comment');
  const area = el('textarea', { id, class: 'utrecht-textarea', rows: 3, maxlength: LONGEST });
  const place = el('button', { type: 'submit', class: 'utrecht-button utrecht-button--primary-action' }, say('placeComment'));
  const leave = el('button', { type: 'button', class: 'utrecht-button utrecht-button--subtle' }, say('cancel'));
  const form = el('form', { class: 'plan-composer' });
  if (about) form.append(el('p', { class: 'plan-comments__text' }, about));
  form.append(el('label', { class: 'plan-intervention__label', for: id }, say(label)), area, el('div', { class: 'plan-comments__actions' }, place, leave));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = area.value.trim();
    if (text) send(text);
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
