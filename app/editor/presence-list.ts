// The list of who is here, with a way to each of them.
import { el } from './dom';
import type { Person } from './presence';
import type { Say } from './texts';

export class PresenceList {
  readonly element: HTMLElement;
  readonly #list = el('ul', { class: 'plan-presence__list' });
  readonly #count = el('span', { class: 'plan-presence__count' });
  readonly #alone: HTMLElement;
  readonly #mute: HTMLInputElement;
  readonly #say: Say;
  readonly #me: string | undefined;
  readonly #goTo: (id: string) => void;
  readonly #items = new Map<string, HTMLElement>();

  constructor(say: Say, me: string | undefined, goTo: (id: string) => void) {
    this.#me = me;
    this.#say = say;
    this.#goTo = goTo;
    this.#alone = el('p', { class: 'plan-presence__alone' }, say('alone'));
    this.#mute = el('input', { type: 'checkbox', checked: true });
    const wide = window.matchMedia('(min-width: 64rem)').matches;
    this.element = el(
      'details',
      { class: 'plan-presence', open: wide },
      el('summary', {}, el('span', { class: 'plan-presence__title' }, say('presence')), ' ', this.#count),
      this.#list,
      this.#alone,
      el('label', { class: 'plan-presence__mute' }, this.#mute, ` ${say('mute')}`),
    );
    this.show([]);
  }

  /** Whether coming and going is told. Holds as long as the page. */
  get tells(): boolean {
    return this.#mute.checked;
  }

  /** Without a connection an empty list means nothing. */
  set connected(connected: boolean) {
    this.#alone.textContent = this.#say(connected ? 'alone' : 'unknown');
    this.#count.hidden = !connected;
  }

  /** Entries that stay are changed rather than made anew: somebody's focus may be on their button. */
  show(people: Person[]): void {
    this.#count.textContent = `(${people.length})`;
    this.#alone.hidden = people.length > 0;
    this.#list.hidden = people.length === 0;
    const here = new Set(people.map((person) => person.id));
    for (const [id, item] of this.#items) {
      if (here.has(id)) continue;
      item.remove();
      this.#items.delete(id);
    }
    people.forEach((person, index) => {
      const item = this.#items.get(person.id) ?? this.#make(person);
      const windows = item.querySelector('.plan-presence__windows');
      if (windows) windows.textContent = person.windows.length > 1 ? this.#say('windows', { count: person.windows.length }) : '';
      if (this.#list.children[index] !== item) this.#list.insertBefore(item, this.#list.children[index] ?? null);
    });
  }

  #make(person: Person): HTMLElement {
    const go = el(
      'button',
      { type: 'button', class: 'plan-presence__go utrecht-button utrecht-button--subtle' },
      this.#say('goTo'),
      el('span', { class: 'visually-hidden' }, ` ${person.name}`),
    );
    go.addEventListener('click', () => this.#goTo(person.id));
    const item = el(
      'li',
      { class: 'plan-presence__person', 'data-person': person.id },
      el('span', { class: `plan-presence__swatch who--${person.colour}`, 'aria-hidden': 'true' }),
      el(
        'span',
        { class: 'plan-presence__who' },
        el('span', { class: 'plan-presence__name' }, person.name),
        el('span', { class: 'plan-presence__department' }, person.id === this.#me ? this.#say('yourself') : person.department),
        el('span', { class: 'plan-presence__windows' }),
      ),
      go,
    );
    this.#items.set(person.id, item);
    return item;
  }
}
