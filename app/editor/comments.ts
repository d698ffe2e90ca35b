// Comments on passages and on interventions. They stand in the same document beside the plan, so they are sealed, permitted and saved with it.
//
// Where a passage is, is said by Yjs's relative positions, which move along with the text. A paragraph that is split is
// partly written anew, and then a passage may shrink: so its words are kept too, for the list.
import { uuidv4 } from 'lib0/random';
import * as Y from 'yjs';

export interface Message {
  id: string;
  /** The id of the person. A claim: the server knows whose client wrote it. */
  by: string;
  /** An ISO time, by the clock of whoever wrote it. */
  at: string;
  text: string;
}

/** What a comment hangs on. */
export type About = Passage | InterventionPlace;

export interface Passage {
  /** Relative positions, as JSON. */
  anchor: unknown;
  head: unknown;
  /** Its words, as they were. */
  quote: string;
}

export interface InterventionPlace {
  /** The id of the intervention. */
  intervention: string;
  /** The beginning of its description, as it was. */
  quote: string;
}

export interface Thread {
  id: string;
  anchor: unknown;
  head: unknown;
  /** The id of the intervention it hangs on; absent for a passage. */
  intervention: string | undefined;
  quote: string;
  resolved: boolean;
  messages: Message[];
}

const MESSAGES = 'messages';

export class Comments {
  readonly #map: Y.Map<unknown>;
  readonly #me: string;

  constructor(map: Y.Map<unknown>, me: string) {
    this.#map = map;
    this.#me = me;
  }

  /** What a client of another version wrote is read as far as it can be. */
  get threads(): Thread[] {
    const threads: Thread[] = [];
    for (const [id, value] of this.#map) {
      if (!(value instanceof Y.Map)) continue;
      const messages = messagesOf(value);
      if (messages.length === 0) continue;
      threads.push({
        id,
        anchor: value.get('anchor'),
        head: value.get('head'),
        intervention: textOf(value.get('intervention')),
        quote: String(value.get('quote') ?? ''),
        resolved: value.get('resolved') === true,
        messages,
      });
    }
    return threads.sort((a, b) => (a.messages[0]?.at ?? '').localeCompare(b.messages[0]?.at ?? ''));
  }

  add(about: About, text: string): string {
    const id = uuidv4();
    const thread = new Y.Map<unknown>(Object.entries({ ...about, resolved: false }));
    const messages = new Y.Array<Message>();
    messages.push([this.#message(text)]);
    thread.set(MESSAGES, messages);
    this.#map.set(id, thread);
    return id;
  }

  reply(id: string, text: string): void {
    const messages = this.#thread(id)?.get(MESSAGES);
    if (messages instanceof Y.Array) messages.push([this.#message(text)]);
  }

  resolve(id: string, resolved: boolean): void {
    this.#thread(id)?.set('resolved', resolved);
  }

  watch(changed: () => void): () => void {
    this.#map.observeDeep(changed);
    return () => this.#map.unobserveDeep(changed);
  }

  #thread(id: string): Y.Map<unknown> | undefined {
    const thread = this.#map.get(id);
    return thread instanceof Y.Map ? thread : undefined;
  }

  #message(text: string): Message {
    return { id: uuidv4(), by: this.#me, at: new Date().toISOString(), text };
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined;
}

function messagesOf(thread: Y.Map<unknown>): Message[] {
  const messages = thread.get(MESSAGES);
  if (!(messages instanceof Y.Array)) return [];
  return messages.toArray().filter((message): message is Message => {
    const { id, by, at, text } = (message ?? {}) as Partial<Message>;
    return [id, by, at, text].every((part) => typeof part === 'string');
  });
}
