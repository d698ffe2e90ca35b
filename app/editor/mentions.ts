// Mentions in comments. A person stands in what is stored by id, `@{id}`, and on the screen by name: whoever is called
// otherwise tomorrow is still the one who was mentioned.
import type { PersonOption } from './intervention-view';

/** How many people one comment can mention; the server goes by the same number. */
const MOST = 20;
const STORED = /@\{([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\}/g;

/** What each is called in a comment: by name, and with the department where two have the same name. */
export function labels(people: PersonOption[]): Map<string, string> {
  const names = people.map(({ name }) => name);
  const alone = (name: string) => names.indexOf(name) === names.lastIndexOf(name);
  return new Map(people.map(({ id, name, department }) => [id, alone(name) ? name : `${name} (${department})`]));
}

/** What was typed, as it is stored. */
export function stored(text: string, people: PersonOption[]): string {
  const ids = new Map([...labels(people)].map(([id, label]) => [label, id]));
  if (ids.size === 0) return text;
  // The longest first: one name may begin with another.
  const called = [...ids.keys()].sort((a, b) => b.length - a.length).map((label) => label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const typed = new RegExp(`(?<![\\p{L}\\p{N}])@(${called.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  const mentioned = new Set<string>();
  return text.replace(typed, (words: string, label: string) => {
    const id = ids.get(label) ?? '';
    if (!mentioned.has(id) && mentioned.size >= MOST) return words;
    mentioned.add(id);
    return `@{${id}}`;
  });
}

/** What is stored, in pieces: words, and people by id. */
export function pieces(text: string): (string | { person: string })[] {
  return text
    .split(STORED)
    .map((piece, at) => (at % 2 === 1 ? { person: piece } : piece))
    .filter((piece) => piece !== '');
}

/** What is stored, in words. */
export function spoken(text: string, nameOf: (id: string) => string): string {
  return text.replace(STORED, (_, id: string) => `@${nameOf(id)}`);
}

/** Those whose name or department has a word that begins like this; without capitals and accents. */
export function matching(people: PersonOption[], query: string): PersonOption[] {
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const wanted = plain(query.trim());
  return people.filter(({ name, department }) => {
    const said = plain(`${name} ${department}`);
    return said.startsWith(wanted) || said.includes(` ${wanted}`);
  });
}
