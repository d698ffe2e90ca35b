// Chooses somebody of the team to mention: a field to type a name in and the list of who fits, an ARIA combobox.
import { el, freshId } from './dom';
import type { PersonOption } from './intervention-view';
import { labels, matching } from './mentions';
import type { Say } from './texts';

/** How it ended: with a label, or with what was typed and no choice. */
export interface Outcome {
  chosen(label: string): void;
  /** `back`: the caret goes back to the comment. `erased`: with what called for it taken away. */
  left(typed: string, how: { back: boolean; erased: boolean }): void;
}

export class MentionPicker {
  readonly element: HTMLElement;
  readonly #people: PersonOption[];
  readonly #field: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #nobody: HTMLElement;
  #outcome: Outcome | undefined;
  #fitting: PersonOption[] = [];
  #at = 0;

  constructor(say: Say, people: PersonOption[]) {
    this.#people = people;
    const id = freshId('plan-mention');
    this.#list = el('ul', { id: `${id}-list`, class: 'plan-mention-picker__list', role: 'listbox', 'aria-label': say('team') });
    this.#field = el('input', {
      id,
      type: 'text',
      class: 'utrecht-textbox',
      role: 'combobox',
      autocomplete: 'off',
      'aria-autocomplete': 'list',
      'aria-controls': `${id}-list`,
      'aria-expanded': 'false',
    });
    this.#nobody = el('p', { class: 'plan-comments__by', role: 'status' });
    this.#nobody.dataset.text = say('nobodyFits');
    this.element = el('div', { class: 'plan-mention-picker' }, el('label', { class: 'plan-intervention__label', for: id }, say('mentionWhom')), this.#field, this.#list, this.#nobody);
    this.element.hidden = true;
    this.#field.addEventListener('input', () => this.#filter());
    this.#field.addEventListener('keydown', (event) => this.#key(event));
    // A moment later: when the list of comments is drawn anew the caret is out of the field, and back at once.
    this.#field.addEventListener('blur', () => setTimeout(() => document.activeElement !== this.#field && this.#end({ back: false, erased: false })));
    // Pressing on the list must not take the caret out of the field.
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
  }

  open(outcome: Outcome): void {
    this.#outcome = outcome;
    this.#field.value = '';
    this.element.hidden = false;
    this.#filter();
    this.element.scrollIntoView({ block: 'nearest' });
    this.#field.focus();
  }

  #filter(): void {
    this.#fitting = matching(this.#people, this.#field.value);
    const called = labels(this.#people);
    const options = this.#fitting.map((person, at) => {
      const id = `${this.#list.id}-${at}`;
      const option = el('li', { id, role: 'option', class: 'plan-mention-picker__option' }, el('strong', {}, called.get(person.id) ?? ''), ` ${person.department}`);
      option.addEventListener('click', () => this.#choose(person));
      return option;
    });
    this.#list.replaceChildren(...options);
    this.#list.hidden = options.length === 0;
    this.#nobody.textContent = options.length === 0 ? (this.#nobody.dataset.text ?? '') : '';
    this.#field.setAttribute('aria-expanded', String(options.length > 0));
    this.#goTo(0);
  }

  #goTo(at: number): void {
    const { length } = this.#fitting;
    this.#at = length === 0 ? 0 : (at + length) % length;
    for (const [index, option] of [...this.#list.children].entries()) option.setAttribute('aria-selected', String(index === this.#at));
    const option = this.#list.children[this.#at];
    if (!option) return this.#field.removeAttribute('aria-activedescendant');
    this.#field.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }

  #key(event: KeyboardEvent): void {
    const person = this.#fitting[this.#at];
    if (event.key === 'ArrowDown') this.#goTo(this.#at + 1);
    else if (event.key === 'ArrowUp') this.#goTo(this.#at - 1);
    else if (event.key === 'Enter' && person) this.#choose(person);
    else if (event.key === 'Enter' || event.key === 'Escape') this.#end({ back: true, erased: false });
    else if (event.key === 'Backspace' && this.#field.value === '') this.#end({ back: true, erased: true });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(person: PersonOption): void {
    const outcome = this.#close();
    outcome?.chosen(labels(this.#people).get(person.id) ?? person.name);
  }

  #end(how: { back: boolean; erased: boolean }): void {
    const typed = this.#field.value;
    this.#close()?.left(typed, how);
  }

  /** Once: hiding the field takes the caret out of it, which ends it again. */
  #close(): Outcome | undefined {
    const outcome = this.#outcome;
    this.#outcome = undefined;
    this.element.hidden = true;
    this.#field.setAttribute('aria-expanded', 'false');
    return outcome;
  }
}
