// Who is here: one entry per person, however many windows they have open.
import type { Awareness } from 'y-protocols/awareness';

export interface Person {
  id: string;
  name: string;
  department: string;
  /** One of the palette's classes. */
  colour: number;
  /** The client ids of their windows. */
  windows: number[];
}

/** As many as there are classes `who--…` in the style sheet. */
export const COLOURS = 8;
/** Whoever is back within this time was not away. */
const AWAY = 4_000;

export interface Watcher {
  changed(people: Person[]): void;
  joined(person: Person): void;
  left(person: Person): void;
}

/** The same person gets the same colour in most windows, and no two who are here get one while there are enough. */
export class Palette {
  readonly #given = new Map<string, number>();

  colourOf(id: string, present: Iterable<string> = []): number {
    const known = this.#given.get(id);
    if (known !== undefined) return known;
    const taken = new Set([...present].map((other) => this.#given.get(other)));
    let colour = hash(id) % COLOURS;
    for (let tries = 0; tries < COLOURS && taken.has(colour); tries += 1) colour = (colour + 1) % COLOURS;
    this.#given.set(id, colour);
    return colour;
  }
}

function hash(text: string): number {
  let sum = 2166136261;
  for (const character of text) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16777619);
  return sum >>> 0;
}

interface User {
  id?: unknown;
  name?: unknown;
  department?: unknown;
}

export class Presence {
  readonly #awareness: Awareness;
  readonly #watcher: Watcher;
  readonly #palette: Palette;
  readonly #leaving = new Map<string, ReturnType<typeof setTimeout>>();
  #people = new Map<string, Person>();
  /** Told to be here; whoever was here when we came is not told. */
  #known = new Map<string, Person>();
  #quiet = true;

  constructor(awareness: Awareness, palette: Palette, watcher: Watcher) {
    this.#awareness = awareness;
    this.#palette = palette;
    this.#watcher = watcher;
    awareness.on('change', this.#onChange);
  }

  get people(): Person[] {
    return [...this.#people.values()];
  }

  /** The colour of the person of this window. */
  colourOf(client: number): number {
    const id = userOf(this.#awareness, client)?.id;
    return this.#palette.colourOf(typeof id === 'string' ? id : String(client), this.#people.keys());
  }

  nameOf(client: number): string {
    const name = userOf(this.#awareness, client)?.name;
    return typeof name === 'string' && name ? name : '…';
  }

  /** While the connection is away or just back, nobody comes or goes. */
  set quiet(quiet: boolean) {
    this.#quiet = quiet;
    if (!quiet) return;
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
  }

  end(): void {
    this.#awareness.off('change', this.#onChange);
    for (const timer of this.#leaving.values()) clearTimeout(timer);
  }

  #onChange = (): void => {
    this.#people = this.#read();
    for (const [id, person] of this.#people) this.#here(id, person);
    for (const [id, person] of this.#known) if (!this.#people.has(id)) this.#away(id, person);
    this.#watcher.changed(this.people);
  };

  #here(id: string, person: Person): void {
    clearTimeout(this.#leaving.get(id));
    this.#leaving.delete(id);
    if (!this.#known.has(id) && !this.#quiet) this.#watcher.joined(person);
    this.#known.set(id, person);
  }

  #away(id: string, person: Person): void {
    if (this.#quiet || this.#leaving.has(id)) return;
    const gone = () => {
      this.#leaving.delete(id);
      this.#known.delete(id);
      this.#watcher.left(person);
    };
    this.#leaving.set(id, setTimeout(gone, AWAY));
  }

  #read(): Map<string, Person> {
    const people = new Map<string, Person>();
    const clients = [...this.#awareness.getStates().keys()].sort((a, b) => a - b);
    for (const client of clients) {
      const user = userOf(this.#awareness, client);
      if (client === this.#awareness.clientID || typeof user?.id !== 'string') continue;
      const person = people.get(user.id);
      if (person) person.windows.push(client);
      else people.set(user.id, this.#person(user, user.id, client));
    }
    return new Map([...people].sort(([, a], [, b]) => a.name.localeCompare(b.name)));
  }

  #person(user: User, id: string, client: number): Person {
    const colour = this.#palette.colourOf(id, this.#people.keys());
    return { id, name: String(user.name ?? ''), department: String(user.department ?? ''), colour, windows: [client] };
  }
}

function userOf(awareness: Awareness, client: number): User | undefined {
  return awareness.getStates().get(client)?.user as User | undefined;
}
