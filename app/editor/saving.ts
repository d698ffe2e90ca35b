// Tells how it stands with what was typed. Calm: what is over within a blink is not shown, and only trouble and its end
// are announced.
import { el } from './dom';
import type { Live } from './live';
import type { Provider } from './provider';
import { type Lang, type Say, timeOfDay } from './texts';

export type SavingState = 'reading' | 'unsaved' | 'saving' | 'saved' | 'failed';

/** How long saving may take before it is worth a word. */
const BLINK = 350;

export interface Stand {
  state: SavingState;
  unsaved: boolean;
  savedAt: Date | undefined;
  reading: boolean;
}

/** How it stands, out of what the connection knows. */
export function standOf(provider: Provider, connected: boolean, reading: boolean): Stand {
  const { unsaved, holding, savedAt } = provider;
  const state: SavingState = !connected ? 'failed' : reading ? 'reading' : holding ? 'unsaved' : unsaved ? 'saving' : 'saved';
  return { state, unsaved, savedAt, reading };
}

export class SavingLine {
  readonly element: HTMLElement;
  readonly #text = el('p', { class: 'autosave__state' });
  readonly #say: Say;
  readonly #lang: Lang;
  readonly #live: Live;
  #shown: SavingState | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next: Stand | undefined;

  constructor(say: Say, lang: Lang, live: Live) {
    this.#say = say;
    this.#lang = lang;
    this.#live = live;
    this.element = el('div', { class: 'autosave plan-saving', role: 'group', 'aria-label': say('savingLabel') }, this.#text);
  }

  show(stand: Stand): void {
    this.#next = stand;
    // For whoever drives the page; the text follows more calmly.
    this.element.dataset.now = stand.state;
    const passing = stand.state === 'unsaved' || stand.state === 'saving';
    if (!passing || this.#shown === undefined) this.#settle();
    else this.#timer ??= setTimeout(() => this.#settle(), BLINK);
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const stand = this.#next;
    if (!stand) return;
    const text = this.#textOf(stand);
    if (this.#text.textContent !== text) this.#text.textContent = text;
    this.element.dataset.state = stand.state;
    const [before, now] = [this.#shown, stand.state];
    if (now === 'failed' && before !== 'failed') this.#live.tell(text);
    if (before === 'failed' && now === 'saved') this.#live.tell(this.#say('savedAgain'));
    if (before === 'failed' && now === 'reading') this.#live.tell(this.#say('backAgain'));
    // On the way back there is one more step to tell about.
    if (!(before === 'failed' && (now === 'saving' || now === 'unsaved'))) this.#shown = now;
  }

  #textOf({ state, unsaved, savedAt, reading }: Stand): string {
    switch (state) {
      case 'reading':
        return this.#say('reading');
      case 'unsaved':
        return this.#say('unsaved');
      case 'saving':
        return this.#say('saving');
      case 'saved':
        return savedAt ? this.#say('savedAt', { time: timeOfDay(savedAt, this.#lang) }) : this.#say('allSaved');
      case 'failed':
        return this.#say(unsaved ? 'failed' : reading ? 'offlineReading' : 'offline');
    }
  }
}
