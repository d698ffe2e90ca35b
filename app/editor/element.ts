// `<plan-editor>`: what the server says by attributes, and the readable plan inside for who has no script.
import type { SignalLink } from './commands';
import { Desk } from './desk';
import type { PersonOption } from './intervention-view';
import type { Socket } from './provider';
import { languageOf } from './texts';

export class PlanEditor extends HTMLElement {
  #desk: Desk | undefined;

  connectedCallback(): void {
    const socket = this.getAttribute('socket');
    if (!socket || this.#desk) return;
    const address = new URL(socket, document.baseURI);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#desk = new Desk(this, {
      lang: languageOf(this.getAttribute('lang')),
      writable: this.hasAttribute('writable'),
      signals: list<SignalLink>(this.getAttribute('signals')),
      people: list<PersonOption>(this.getAttribute('people')),
      me: this.getAttribute('me') ?? undefined,
      wanted: new URLSearchParams(location.search).get('opmerking') ?? location.hash.match(/^#opmerking-(.+)$/)?.[1],
      signIn: this.getAttribute('sign-in') ?? '/aanmelden',
      connect: () => new WebSocket(address) as Socket,
    });
  }

  disconnectedCallback(): void {
    this.#desk?.end();
    this.#desk = undefined;
  }
}

/** A list out of an attribute. The page is ours; were it wrong, the plan is still worth opening. */
function list<T>(json: string | null): T[] {
  try {
    const parsed: unknown = JSON.parse(json ?? '[]');
    return Array.isArray(parsed) ? (parsed as T[]) : [];
  } catch {
    return [];
  }
}
