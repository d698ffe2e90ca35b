// Says something to a screen reader without moving anything on the screen.
import { el } from './dom';

/** Long enough to be read out before it is gone; gone, so that nobody meets an old message while browsing. */
const STANDS = 8_000;

export class Live {
  readonly element = el('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });

  tell(text: string): void {
    const line = el('p', {}, text);
    this.element.append(line);
    setTimeout(() => line.remove(), STANDS);
  }
}
