// The list of comments beside the text: to read, answer, resolve, and go from one to the next.
import type { EditorView } from 'prosemirror-view';
import { type Composer, composer } from './comment-composer';
import type { About, Comments, Thread } from './comments';
import { el, icon } from './dom';
import { pieces, spoken } from './mentions';
import { icons } from './icons';
import type { Live } from './live';
import type { Commenting, PersonOption } from './intervention-view';
import { goToPassage, inOrder, interventionOf, isThere, markedThreads, passageOf, showAt, showThreads, threadAt } from './passages';
import { type Key, type Lang, type Say, dayAndTime } from './texts';

export interface PaneOptions {
  say: Say;
  lang: Lang;
  live: Live;
  people: PersonOption[];
  /** Who this is. */
  me: string;
  /** A thread to begin with, as the address of the page has it. */
  wanted: string | undefined;
  /** Nothing can be added while this is false. */
  writable: () => boolean;
}

export class CommentPane implements Commenting {
  readonly element: HTMLElement;
  readonly #options: PaneOptions;
  readonly #list = el('ol', { class: 'plan-comments__list' });
  readonly #count = el('span', { class: 'plan-presence__count' });
  readonly #empty: HTMLElement;
  readonly #steps: HTMLElement;
  readonly #resolvedToo: HTMLInputElement;
  readonly #place = el('div');
  readonly #answers = new Map<string, Composer>();
  #view: EditorView | undefined;
  #comments: Comments | undefined;
  #stop: (() => void) | undefined;
  #at: string | undefined;
  #marked = '';
  #wanted: string | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PaneOptions) {
    this.#options = options;
    this.#wanted = options.wanted;
    const { say } = options;
    this.#empty = el('p', { class: 'plan-presence__alone' }, say('noComments'));
    this.#resolvedToo = el('input', { type: 'checkbox' });
    this.#resolvedToo.addEventListener('change', () => this.#draw());
    const button = (label: string, path: string, by: 1 | -1) => {
      const made = el('button', { type: 'button', class: 'plan-tool', 'aria-label': label, title: label }, icon(path));
      made.addEventListener('click', () => this.#step(by));
      return made;
    };
    this.#steps = el('div', { class: 'plan-comments__steps' }, button(say('previousComment'), icons.up, -1), button(say('nextComment'), icons.down, 1));
    this.element = el(
      'details',
      { class: 'plan-presence plan-comments', open: wide() },
      el('summary', {}, el('span', { class: 'plan-presence__title' }, say('comments')), ' ', this.#count),
      this.#steps,
      this.#place,
      this.#empty,
      this.#list,
      el('label', { class: 'plan-presence__mute' }, this.#resolvedToo, ` ${say('resolvedToo')}`),
    );
  }

  attach(view: EditorView, comments: Comments): void {
    this.#stop?.();
    this.#view = view;
    this.#comments = comments;
    // A moment later, when the text on the screen is that of the document again.
    this.#stop = comments.watch(() => this.#soonDraw());
    this.#changed();
    this.#showWanted();
  }

  /** Once, to the thread that somebody came for. */
  #showWanted(): void {
    const thread = this.#comments?.threads.find(({ id }) => id === this.#wanted);
    this.#wanted = undefined;
    if (!thread || !this.#view) return;
    if (thread.resolved) this.#resolvedToo.checked = true;
    if (wide()) goToPassage(this.#view, thread);
    this.#draw();
    // The page must have been on the screen once: until then the browser looks itself for what should have the focus.
    requestAnimationFrame(() => setTimeout(() => this.show(thread.id)));
  }

  #soonDraw(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#changed());
  }

  detach(): void {
    this.#stop?.();
    clearTimeout(this.#soon);
    this.#stop = undefined;
    this.#view = undefined;
    this.#comments = undefined;
  }

  /** The caret has moved, or the right to write has changed. */
  refresh(): void {
    if (!this.#view) return;
    const at = threadAt(this.#view.state);
    if (at !== undefined && at !== this.#at) this.#go(at);
    // What a comment hangs on may have gone from the text, or have come back.
    const marked = markedThreads(this.#view.state).sort().join();
    if (marked !== this.#marked) this.#soonDraw();
    this.element.classList.toggle('plan-comments--reading', !this.#options.writable());
  }

  /** A comment on an intervention, or on what is selected. */
  begin(intervention?: string): void {
    const state = this.#view?.state;
    const about = state && (intervention === undefined ? passageOf(state) : interventionOf(state, intervention));
    if (!about || !this.#options.writable()) return;
    (this.element as HTMLDetailsElement).open = true;
    const made = composer(this.#options.say, 'commentOn', {
      about: this.#saidOf(about),
      team: this.#team(),
      send: (text) => this.#add(about, text),
      cancel: () => this.#close(),
    });
    this.#place.replaceChildren(made.element);
    made.focus();
  }

  /** To a thread in the list, from what it hangs on. */
  show(id: string): void {
    (this.element as HTMLDetailsElement).open = true;
    this.#go(id);
    this.#list.querySelector<HTMLElement>(`[data-keep="${CSS.escape(`quote-${id}`)}"]`)?.focus();
  }

  /** What a comment hangs on, in words. */
  #saidOf(about: { intervention?: string | undefined; quote: string }): string {
    if (!about.intervention) return `“${about.quote}”`;
    const { say } = this.#options;
    return about.quote ? say('aboutIntervention', { quote: about.quote }) : say('intervention');
  }

  #add(about: About, text: string): void {
    const id = this.#comments?.add(about, text);
    this.#close();
    if (id) this.#at = id;
    this.#options.live.tell(this.#options.say('commentPlaced'));
  }

  #close(): void {
    this.#place.replaceChildren();
    this.#view?.focus();
  }

  #changed(): void {
    if (!this.#view || !this.#comments) return;
    showThreads(this.#view, this.#comments.threads);
    showAt(this.#view, this.#at);
    this.#marked = markedThreads(this.#view.state).sort().join();
    clearTimeout(this.#soon);
    this.#draw();
  }

  #shown(): Thread[] {
    if (!this.#view || !this.#comments) return [];
    const threads = this.#comments.threads.filter((thread) => this.#resolvedToo.checked || !thread.resolved);
    return inOrder(this.#view.state, threads);
  }

  #draw(): void {
    const shown = this.#shown();
    this.#count.textContent = `(${shown.filter((thread) => !thread.resolved).length})`;
    this.#empty.hidden = shown.length > 0;
    this.#list.hidden = shown.length === 0;
    this.#steps.hidden = shown.length < 2;
    for (const id of this.#answers.keys()) if (!shown.some((thread) => thread.id === id)) this.#answers.delete(id);
    const active = this.#list.contains(document.activeElement) ? document.activeElement : null;
    this.#list.replaceChildren(...shown.map((thread) => this.#item(thread)));
    // Whoever stood on a button of the list, or was answering, is there still.
    if (!(active instanceof HTMLElement)) return;
    if (active.dataset.keep) this.#list.querySelector<HTMLElement>(`[data-keep="${CSS.escape(active.dataset.keep)}"]`)?.focus();
    else active.focus();
  }

  #item(thread: Thread): HTMLElement {
    const { say } = this.#options;
    const button = (name: string, label: string, act: () => void) => {
      const made = el('button', { type: 'button', class: 'plan-comments__do utrecht-button utrecht-button--subtle', 'data-keep': `${name}-${thread.id}` }, label);
      made.addEventListener('click', act);
      return made;
    };
    const quote = el('button', { type: 'button', class: 'plan-comments__quote', 'data-keep': `quote-${thread.id}` }, this.#saidOf(thread));
    quote.addEventListener('click', () => this.#open(thread));
    const answer = this.#answer(thread);
    const resolve = button('resolve', say(thread.resolved ? 'reopen' : 'resolve'), () => {
      this.#comments?.resolve(thread.id, !thread.resolved);
      this.#options.live.tell(say(thread.resolved ? 'reopened' : 'resolved'));
    });
    return el(
      'li',
      { class: `plan-comments__thread${thread.resolved ? ' plan-comments__thread--resolved' : ''}`, 'data-thread': thread.id, 'aria-current': thread.id === this.#at ? 'true' : undefined },
      quote,
      ...(thread.resolved ? [el('p', { class: 'plan-comments__state' }, say('isResolved'))] : []),
      ...(this.#isGone(thread) ? [el('p', { class: 'plan-comments__state' }, say(goneOf(thread)))] : []),
      ...thread.messages.map((message) =>
        el(
          'div',
          { class: 'plan-comments__message' },
          el('p', { class: 'plan-comments__by' }, el('strong', {}, this.#nameOf(message.by)), ` ${dayAndTime(message.at, this.#options.lang)}`),
          el('p', { class: 'plan-comments__text' }, ...this.#written(message.text)),
        ),
      ),
      answer.element,
      el('div', { class: 'plan-comments__actions' }, button('reply', say('reply'), () => answer.focus()), resolve),
    );
  }

  /** One per thread and kept, so that what somebody is writing outlives what others add meanwhile. */
  #answer(thread: Thread): Composer {
    const known = this.#answers.get(thread.id);
    if (known) return known;
    const made = composer(this.#options.say, 'yourReply', {
      team: this.#team(),
      send: (text) => {
        this.#answers.delete(thread.id);
        this.#comments?.reply(thread.id, text);
        this.#options.live.tell(this.#options.say('commentPlaced'));
      },
      cancel: () => made.hide(),
    });
    made.element.hidden = true;
    this.#answers.set(thread.id, made);
    return made;
  }

  #written(text: string): (Node | string)[] {
    return pieces(text).map((piece) => (typeof piece === 'string' ? piece : el('strong', { class: 'plan-mention' }, `@${this.#nameOf(piece.person)}`)));
  }

  /** Who can be mentioned: the others. */
  #team(): PersonOption[] {
    return this.#options.people.filter(({ id }) => id !== this.#options.me);
  }

  #nameOf(id: string): string {
    return this.#options.people.find((person) => person.id === id)?.name ?? this.#options.say('somebody');
  }

  #step(by: 1 | -1): void {
    const shown = this.#shown();
    const at = shown.findIndex((thread) => thread.id === this.#at);
    const next = at < 0 ? shown.at(by > 0 ? 0 : -1) : shown[(at + by + shown.length) % shown.length];
    if (next) this.#open(next);
  }

  /** To the passage, with the comment marked in the list. */
  #open(thread: Thread): void {
    if (!this.#view) return;
    goToPassage(this.#view, thread);
    this.#go(thread.id);
    const first = thread.messages[0];
    const said = `${this.#nameOf(first?.by ?? '')}: ${spoken(first?.text ?? '', (id) => this.#nameOf(id))}`;
    this.#options.live.tell(this.#isGone(thread) ? `${said} ${this.#options.say(goneOf(thread))}` : said);
  }

  #isGone(thread: Thread): boolean {
    return this.#view !== undefined && !isThere(this.#view.state, thread);
  }

  #go(id: string): void {
    this.#at = id;
    for (const item of this.#list.children) {
      const here = item instanceof HTMLElement && item.dataset.thread === id;
      if (here) {
        item.setAttribute('aria-current', 'true');
        item.scrollIntoView({ block: 'nearest' });
      } else item.removeAttribute('aria-current');
    }
    if (this.#view) showAt(this.#view, id);
  }
}

function wide(): boolean {
  return window.matchMedia('(min-width: 64rem)').matches;
}

function goneOf(thread: Thread): Key {
  return thread.intervention ? 'interventionGone' : 'passageGone';
}
