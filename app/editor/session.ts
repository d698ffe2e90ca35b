// One document in this window: its copy here, the connection, who is there, and the text on the screen. When the server
// will not have what this copy holds, the whole session is thrown away and a new one begins with what is saved.
import { EditorState, type Plugin } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { initProseMirrorDoc, ySyncPlugin, yUndoPlugin, yUndoPluginKey } from 'y-prosemirror';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { OWN_STEP } from './blocks';
import { caretOf, carets } from './carets';
import { Comments } from './comments';
import { finder } from './find';
import { type Actions, keys, typing } from './keys';
import { clipboard, type Told } from './paste';
import { bareLeaves } from './leaves';
import { keepOneText } from './one-text';
import { passages } from './passages';
import { type Palette, type Person, Presence, type Watcher } from './presence';
import type { Commenting, PersonOption } from './intervention-view';
import { interventions } from './interventions';
import { Provider, type Reports, type Socket } from './provider';
import { schema } from './schema';
import { fillSections, sectionGuard } from './sections';
import { signalLinks } from './signals';
import { mendOwnTables } from './tables';
import type { Say } from './texts';
import { unsentMessages, unsentText } from './unsent';

/** The name of the plan in the document; the server reads it by this name. */
const FRAGMENT = 'plan';
/** The comments beside it. */
const COMMENTS = 'comments';

export interface SessionOptions {
  connect: () => Socket;
  writable: boolean;
  reports: Reports;
  watcher: Watcher;
  palette: Palette;
}

export interface ViewOptions {
  label: string;
  lang: string;
  editable: () => boolean;
  actions: Actions;
  told: (what: Told) => void;
  changed: (view: EditorView) => void;
  say: Say;
  people: PersonOption[];
  commenting: Commenting | undefined;
}

export class Session {
  readonly provider: Provider;
  readonly presence: Presence;
  readonly #document = new Y.Doc();
  readonly #awareness = new Awareness(this.#document);
  view: EditorView | undefined;

  constructor({ connect, writable, reports, watcher, palette }: SessionOptions) {
    keepOneText(this.#document);
    this.presence = new Presence(this.#awareness, palette, watcher);
    this.provider = new Provider({ document: this.#document, awareness: this.#awareness, writable, connect, reports });
  }

  /** Shows the text. Not before the document is here: there is nothing to show, and nothing may be added to it. */
  show(place: HTMLElement, options: ViewOptions): EditorView {
    const fragment = this.#document.getXmlFragment(FRAGMENT);
    const { doc, mapping } = initProseMirrorDoc(fragment, schema);
    const state = EditorState.create({ doc, plugins: this.#plugins(fragment, mapping, options) });
    const view: EditorView = new EditorView(place, {
      state,
      editable: options.editable,
      attributes: () => attributes(options),
      scrollMargin: { top: 110, bottom: 60, left: 5, right: 5 },
      scrollThreshold: { top: 110, bottom: 60, left: 5, right: 5 },
      dispatchTransaction: (tr) => {
        // y-prosemirror tells of carets a moment later, when the view may be gone.
        if (view.isDestroyed) return;
        const alone = tr.getMeta(OWN_STEP) || tr.getMeta('paste');
        if (alone) this.#closeUndoStep(view);
        view.updateState(view.state.apply(tr));
        if (alone) this.#closeUndoStep(view);
        options.changed(view);
      },
    });
    this.view = view;
    const filling = options.editable() ? fillSections(view.state) : undefined;
    if (filling) view.dispatch(filling);
    return view;
  }

  /** What comes next is undone by itself. */
  #closeUndoStep(view: EditorView): void {
    yUndoPluginKey.getState(view.state)?.undoManager.stopCapturing();
  }

  #plugins(fragment: Y.XmlFragment, mapping: unknown, options: ViewOptions): Plugin[] {
    return [
      ySyncPlugin(fragment, { mapping: mapping as never }),
      carets(this.#awareness, this.presence),
      yUndoPlugin(),
      sectionGuard(),
      clipboard(options.told),
      signalLinks(),
      interventions(options),
      typing(),
      bareLeaves(),
      ...keys(options.actions),
      finder(),
      passages(),
      mendOwnTables(),
    ];
  }

  /** Where in the text this person's caret is, in whichever of their windows has one. */
  placeOf(person: Person): number | undefined {
    const { view } = this;
    if (!view) return undefined;
    const places = person.windows.map((client) => caretOf(view, this.#awareness, client));
    return places.find((place) => place !== undefined);
  }

  comments(me: string): Comments {
    return new Comments(this.#document.getMap(COMMENTS), me);
  }

  /** What this window wrote and the server does not have for certain. */
  unsent(): string {
    const fragment = this.#document.getXmlFragment(FRAGMENT);
    const { clientID } = this.#document;
    const since = this.provider.durableClock;
    const said = unsentMessages(this.#document.getMap(COMMENTS), clientID, since);
    return [unsentText(fragment, clientID, since), ...said].filter(Boolean).join('\n');
  }

  end(): void {
    this.view?.destroy();
    this.presence.end();
    this.provider.end();
    this.#document.destroy();
  }
}

function attributes({ label, lang, editable }: ViewOptions): Record<string, string> {
  const writable = editable();
  return {
    class: 'plan-text',
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-label': label,
    'aria-readonly': String(!writable),
    // Still a stop for the Tab key when it cannot be edited, to scroll and to find in.
    tabindex: '0',
    lang,
    spellcheck: 'true',
    translate: 'no',
  };
}
