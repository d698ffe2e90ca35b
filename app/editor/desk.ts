// The person's desk: tools, text, who is here and what must be known, around one session at a time.
import type { EditorState } from 'prosemirror-state';
import { TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { isInTable, type SignalLink } from './commands';
import { CommentPane } from './comment-pane';
import { el } from './dom';
import { FindBar } from './find-bar';
import type { PersonOption } from './intervention-view';
import { Live } from './live';
import { spoken } from './mentions';
import { Notices } from './notices';
import { Palette, type Person } from './presence';
import { PresenceList } from './presence-list';
import type { Notice, Stop } from './protocol';
import type { Reports, Socket } from './provider';
import { rescuePanel } from './rescue';
import { SavingLine, standOf } from './saving';
import { sectionAt } from './sections';
import { Session } from './session';
import { shortcutsDialog } from './shortcuts';
import { type Key, type Lang, type Say, speak } from './texts';
import { Toolbar } from './toolbar';
import { type PageTools, readingTools, tableTools, writingTools } from './tools';

export interface DeskOptions {
  lang: Lang;
  writable: boolean;
  signals: SignalLink[];
  people: PersonOption[];
  /** Who this is; without it there are no comments. */
  me: string | undefined;
  /** The comment that somebody came for. */
  wanted: string | undefined;
  signIn: string;
  connect: () => Socket;
}

/** After a greeting, so long nobody is told to have come: they were there. */
const SETTLING = 2_000;
/** How long opening may take before it is worth a word. */
const PATIENCE = 700;
/** In-flight work may still be heard to be durable after rights changed. */
const LAST_ACKS = 1_200;

export class Desk implements Reports {
  readonly #place: HTMLElement;
  readonly #options: DeskOptions;
  readonly #say: Say;
  readonly #live = new Live();
  readonly #notices = new Notices(this.#live);
  readonly #palette = new Palette();
  readonly #saving: SavingLine;
  readonly #presence: PresenceList;
  readonly #comments: CommentPane | undefined;
  readonly #find: FindBar;
  readonly #keys: HTMLDialogElement;
  readonly #toolbar: Toolbar;
  readonly #tableTools: Toolbar | undefined;
  readonly #paper = el('div', { class: 'plan-editor__paper' });
  readonly #frame: HTMLElement;
  #session: Session;
  #writable: boolean;
  #connected = false;
  #ended = false;
  #connecting: ReturnType<typeof setTimeout> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(place: HTMLElement, options: DeskOptions) {
    this.#place = place;
    this.#options = options;
    this.#writable = options.writable;
    const say = speak(options.lang);
    this.#say = say;
    const view = () => this.#view();
    this.#saving = new SavingLine(say, options.lang, this.#live);
    this.#presence = new PresenceList(say, options.me, (id) => this.#goTo(id));
    this.#find = new FindBar(view, say);
    this.#keys = shortcutsDialog(say);
    const { me, lang, people } = options;
    const live = this.#live;
    this.#comments = me ? new CommentPane({ say, lang, live, people, me, wanted: options.wanted, writable: () => this.#writable }) : undefined;
    const page: PageTools = { find: (button) => this.#find.open(button), shortcuts: () => this.#keys.showModal(), comment: me ? () => this.#comments?.begin() : undefined };
    const reading = readingTools(say, page);
    const writing = options.writable ? writingTools(say, view, options.signals, page) : [];
    this.#toolbar = new Toolbar(say('toolbar'), [...writing, reading], view);
    this.#tableTools = options.writable ? new Toolbar(say('tableTools'), tableTools(say), view) : undefined;
    this.#frame = this.#lay();
    place.prepend(this.#notices.element);
    place.append(this.#live.element);
    this.#session = this.#begin();
    for (const [target, event] of this.#wakers) target.addEventListener(event, this.#wake);
    window.addEventListener('offline', this.#sleep);
    window.addEventListener('beforeunload', this.#leaving);
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#connecting);
    clearTimeout(this.#settling);
    for (const [target, event] of this.#wakers) target.removeEventListener(event, this.#wake);
    window.removeEventListener('offline', this.#sleep);
    window.removeEventListener('beforeunload', this.#leaving);
    this.#session.end();
  }

  // What the connection reports.

  synced(): void {
    const back = !this.#connected && this.#session.view;
    this.#connected = true;
    this.#noLongerConnecting();
    for (const name of ['unreachable', 'signed-out', 'log-down', 'too-fast']) this.#notices.hide(name);
    if (!this.#session.view) this.#show();
    this.#session.presence.quiet = true;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => (this.#session.presence.quiet = false), SETTLING);
    if (back) this.#refresh();
  }

  lost(): void {
    this.#connected = false;
    this.#session.presence.quiet = true;
    if (this.#session.view) return;
    this.#noLongerConnecting();
    this.#notices.show('unreachable', { text: this.#say('unreachable'), tone: 'warning' });
  }

  stopped(reason: Stop): void {
    this.#connected = false;
    this.#session.presence.quiet = true;
    this.#noLongerConnecting();
    switch (reason) {
      case 'signed-out':
        return this.#signedOut();
      case 'no-right':
        return this.#refused('noRight', 'noRightUnsent', false);
      case 'gone':
        return this.#refused('gone', 'goneUnsent', false);
      case 'too-large':
        return this.#refused('tooLarge', 'tooLarge', true);
      case 'malformed':
        return this.#refused('malformed', 'malformed', true);
    }
  }

  noticed(code: Notice): void {
    if (code === 'log-down') this.#notices.show('log-down', { text: this.#say('logDown'), tone: 'warning' });
    if (code === 'log-up') this.#notices.hide('log-down');
    if (code === 'too-fast') {
      this.#notices.show('too-fast', { text: this.#say('tooFast'), tone: 'info', dismiss: this.#say('dismiss') });
    }
    if (code === 'read-only') {
      this.#freeze();
      const refused = () => !this.#ended && this.#refused('readOnly', 'readOnlyUnsent', true);
      if (this.#session.provider.unsaved) setTimeout(refused, LAST_ACKS);
      else this.#notices.show('stopped', { text: this.#say('readOnly'), tone: 'warning' });
    }
  }

  progress(): void {
    if (!this.#session?.view) return;
    this.#presence.connected = this.#connected;
    this.#saving.show(standOf(this.#session.provider, this.#connected && !this.#session.provider.suspended, !this.#writable));
  }

  // The session.

  #begin(): Session {
    const session = new Session({
      connect: this.#options.connect,
      writable: this.#writable,
      palette: this.#palette,
      reports: this,
      watcher: {
        changed: (people) => this.#presence.show(people),
        joined: (person) => this.#tellOf('joined', person),
        left: (person) => this.#tellOf('left', person),
      },
    });
    // Mostly it is there in a moment, and a sentence that comes and goes only startles.
    this.#connecting = setTimeout(
      () => this.#notices.show('connecting', { text: this.#say('connecting'), tone: 'info' }),
      PATIENCE,
    );
    session.provider.connect();
    return session;
  }

  #noLongerConnecting(): void {
    clearTimeout(this.#connecting);
    this.#notices.hide('connecting');
  }

  /** Once more, with what is saved. */
  #restart(): void {
    this.#saving.element.hidden = false;
    this.#notices.hide('stopped');
    this.#comments?.detach();
    this.#session.end();
    this.#paper.replaceChildren();
    // The tools have nothing to work on until the text is there.
    this.#frame.inert = true;
    // Whether writing is still allowed, the server will say again.
    this.#session = this.#begin();
  }

  #show(): void {
    if (!this.#frame.isConnected) {
      // The readable text has done its work.
      this.#place.replaceChildren(this.#notices.element, this.#frame, this.#live.element, this.#keys);
    }
    const view = this.#session.show(this.#paper, {
      label: this.#say('editorLabel'),
      lang: this.#options.lang,
      say: this.#say,
      people: this.#options.people,
      commenting: this.#comments,
      editable: () => this.#writable,
      actions: {
        find: () => this.#find.open(),
        shortcuts: () => this.#keys.showModal(),
        toolbar: () => this.#toolbar.focus(),
        comment: () => this.#comments?.begin(),
      },
      told: (what) => this.#notices.show('clipboard', { text: this.#say(what), tone: 'warning', dismiss: this.#say('dismiss'), more: [] }),
      changed: (changed) => this.#changed(changed.state),
    });
    if (this.#options.me) this.#comments?.attach(view, this.#session.comments(this.#options.me));
    this.#changed(view.state);
    this.#frame.inert = false;
    this.#place.dataset.ready = '';
  }

  #view(): EditorView {
    const { view } = this.#session;
    if (!view) throw new Error('the text is not on the screen yet');
    return view;
  }

  #changed(state: EditorState): void {
    this.#toolbar.refresh(state);
    if (this.#tableTools) {
      const inTable = this.#writable && isInTable(state);
      this.#tableTools.element.hidden = !inTable;
      if (inTable) this.#tableTools.refresh(state);
    }
    this.#find.refresh();
    this.#comments?.refresh();
  }

  #refresh(): void {
    const { view } = this.#session;
    if (view) view.updateState(view.state);
  }

  #lay(): HTMLElement {
    const tools = el('div', { class: 'plan-editor__tools' }, this.#toolbar.element);
    if (this.#tableTools) tools.append(this.#tableTools.element);
    tools.append(this.#find.element);
    const main = el('div', { class: 'plan-editor__main' }, tools, this.#paper, this.#saving.element);
    const side = el('aside', { class: 'plan-editor__side', 'aria-label': this.#say('presence') }, this.#presence.element);
    if (this.#comments) side.append(this.#comments.element);
    const frame = el('div', { class: 'plan-editor' }, side, main);
    frame.addEventListener('keydown', (event) => this.#key(event));
    return frame;
  }

  /** The keys of the page that also work from a button. */
  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key === '/') this.#keys.showModal();
    else if (event.key.toLowerCase() === 'f') this.#find.open(event.target instanceof HTMLElement ? event.target : undefined);
    else return;
    event.preventDefault();
  }

  // What can happen to the right to write.

  /** Nothing can be written any more; the text stays on the screen. */
  #freeze(): void {
    this.#writable = false;
    this.#session.provider.stopWriting();
    this.#frame.classList.add('plan-editor--reading');
    this.#refresh();
    const { view } = this.#session;
    if (view) this.#changed(view.state);
  }

  #signedOut(): void {
    const link = el('a', { class: 'utrecht-link utrecht-link--html-a', href: this.#options.signIn, target: '_blank', rel: 'noopener' }, this.#say('signIn'));
    this.#notices.show('signed-out', { text: this.#say('signedOut'), tone: 'warning', more: [el('p', { class: 'utrecht-paragraph' }, link)] });
  }

  /** What was not saved is refused: shown to be copied. `again` when the saved plan can be gone on with. */
  #refused(saved: Key, unsaved: Key, again: boolean): void {
    const { provider } = this.#session;
    const text = provider.unsaved ? spoken(this.#session.unsent(), (id) => this.#nameOf(id)) : '';
    const mayWrite = this.#writable;
    this.#freeze();
    // The sentence above the text says it all; the line below must not say something else.
    this.#saving.element.hidden = true;
    if (!text) {
      provider.forget();
      if (!again || saved === 'readOnly') return this.#notices.show('stopped', { text: this.#say(saved), tone: 'warning' });
    }
    const left = () => {
      provider.forget();
      if (!again) {
        this.#notices.show('stopped', { text: this.#say(saved), tone: 'warning', more: [] });
        this.#live.tell(this.#say('discarded'));
        return;
      }
      this.#writable = mayWrite;
      this.#frame.classList.toggle('plan-editor--reading', !mayWrite);
      this.#restart();
    };
    const more = rescuePanel(text, this.#say, this.#live, { leave: this.#say(again ? 'goOn' : 'discard'), left });
    this.#notices.show('stopped', { text: this.#say(unsaved), tone: 'error', more });
  }

  #nameOf(id: string): string {
    return this.#options.people.find((person) => person.id === id)?.name ?? this.#say('somebody');
  }

  // Who is here.

  #tellOf(what: 'joined' | 'left', person: Person): void {
    if (this.#presence.tells && person.id !== this.#options.me) this.#live.tell(this.#say(what, { name: person.name }));
  }

  #goTo(id: string): void {
    const person = this.#session.presence.people.find((one) => one.id === id);
    if (!person) return;
    const place = this.#session.placeOf(person);
    if (place === undefined) return this.#live.tell(this.#say('noPlace', { name: person.name }));
    const view = this.#view();
    const at = Math.min(place, view.state.doc.content.size);
    view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at))));
    view.focus();
    const { node } = view.domAtPos(at);
    const shown = node instanceof HTMLElement ? node : node.parentElement;
    shown?.scrollIntoView({ block: 'center' });
    const section = String(sectionAt(view.state.doc, at)?.attrs.title ?? '');
    this.#live.tell(this.#say('wentTo', { name: person.name, section }));
  }

  // The window.

  readonly #wakers: [EventTarget, string][] = [
    [window, 'online'],
    [window, 'focus'],
    [document, 'visibilitychange'],
  ];

  #wake = (): void => {
    if (document.visibilityState === 'visible') this.#session.provider.wake();
  };

  #sleep = (): void => this.#session.provider.sleep();

  #leaving = (event: BeforeUnloadEvent): void => {
    if (!this.#session.provider.unsaved) return;
    event.preventDefault();
    // Older browsers ask only when this is set.
    event.returnValue = '';
  };
}
