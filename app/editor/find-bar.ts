// The bar to find a text with.
import type { EditorView } from 'prosemirror-view';
import { el, freshId, icon } from './dom';
import { found, search, selectFound, step } from './find';
import { icons } from './icons';
import type { Say } from './texts';

export class FindBar {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #count: HTMLElement;
  readonly #view: () => EditorView;
  readonly #say: Say;
  #opener: HTMLElement | undefined;

  constructor(view: () => EditorView, say: Say) {
    this.#view = view;
    this.#say = say;
    const id = freshId('plan-find');
    this.#input = el('input', { id, type: 'search', class: 'utrecht-textbox plan-find__input', autocomplete: 'off', spellcheck: 'false' });
    this.#count = el('span', { class: 'plan-find__count', role: 'status' });
    const button = (label: string, path: string, act: () => void) => {
      const made = el('button', { type: 'button', class: 'plan-tool', 'aria-label': label, title: label }, icon(path));
      made.addEventListener('click', act);
      return made;
    };
    this.element = el(
      'div',
      { class: 'plan-find', role: 'search', hidden: true },
      el('label', { for: id, class: 'plan-find__label' }, say('findLabel')),
      this.#input,
      this.#count,
      button(say('findPrevious'), icons.up, () => this.#step(-1)),
      button(say('findNext'), icons.down, () => this.#step(1)),
      button(say('findClose'), icons.close, () => this.close()),
    );
    this.#input.addEventListener('input', () => {
      search(this.#view(), this.#input.value);
      this.refresh();
    });
    this.element.addEventListener('keydown', (event) => this.#key(event));
  }

  open(opener?: HTMLElement): void {
    this.#opener = opener;
    this.element.hidden = false;
    const { state } = this.#view();
    const { from, to } = state.selection;
    const selected = to - from < 80 ? state.doc.textBetween(from, to, ' ') : '';
    if (selected) this.#input.value = selected;
    search(this.#view(), this.#input.value);
    this.refresh();
    this.#input.focus();
    this.#input.select();
  }

  close(): void {
    selectFound(this.#view());
    search(this.#view(), '');
    this.element.hidden = true;
    if (this.#opener) this.#opener.focus();
    else this.#view().focus();
  }

  /** The plan has changed: so may have what is found. */
  refresh(): void {
    if (this.element.hidden) return;
    const { query, matches, at } = found(this.#view().state);
    const said = !query ? '' : matches.length === 0 ? this.#say('findNone') : this.#say('findCount', { at: at + 1, count: matches.length });
    if (this.#count.textContent !== said) this.#count.textContent = said;
  }

  #step(by: 1 | -1): void {
    step(this.#view(), by);
    this.refresh();
  }

  #key(event: KeyboardEvent): void {
    const again = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey);
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && event.target === this.#input) this.#step(event.shiftKey ? -1 : 1);
    else if (again) this.#input.select();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
