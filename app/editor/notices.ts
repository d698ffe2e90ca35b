// Sentences above the text that somebody must know, each shown once and told once.
import { el, icon } from './dom';
import { icons } from './icons';
import type { Live } from './live';

export interface Notice {
  text: string;
  tone: 'info' | 'warning' | 'error';
  /** What can be done about it. */
  more?: Node[];
  /** The person may put it away. */
  dismiss?: string;
}

export class Notices {
  readonly element = el('div', { class: 'plan-notices' });
  readonly #live: Live;
  readonly #shown = new Map<string, { text: string; element: HTMLElement }>();

  constructor(live: Live) {
    this.#live = live;
    // What else sticks to the top sticks below them.
    new ResizeObserver(() => {
      const root = this.element.parentElement;
      root?.style.setProperty('--plan-notices', `${this.element.offsetHeight}px`);
    }).observe(this.element);
  }

  show(name: string, notice: Notice): void {
    const before = this.#shown.get(name);
    if (before?.text === notice.text && !notice.more) return;
    const content = el('div', { class: 'utrecht-alert__message' }, el('p', { class: 'utrecht-paragraph' }, notice.text));
    content.append(...(notice.more ?? []));
    const element = el('div', { class: `utrecht-alert utrecht-alert--${notice.tone} plan-notice`, 'data-notice': name }, content);
    if (notice.dismiss) {
      const close = el('button', { type: 'button', class: 'plan-tool', 'aria-label': notice.dismiss }, icon(icons.close));
      close.addEventListener('click', () => this.hide(name));
      element.append(close);
    }
    if (before) before.element.replaceWith(element);
    else this.element.append(element);
    this.#shown.set(name, { text: notice.text, element });
    this.#live.tell(notice.text);
  }

  hide(name: string): void {
    this.#shown.get(name)?.element.remove();
    this.#shown.delete(name);
  }
}
