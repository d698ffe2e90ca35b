// Rows of buttons with one stop for the Tab key; arrow keys go from button to button.
import type { Command, EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { el, icon } from './dom';

export interface Tool {
  label: string;
  /** A drawing, or a short text when words say it better. */
  face: { icon: string } | { text: string; className?: string };
  keys?: string;
  /** What it does to the text … */
  command?: Command;
  /** … or to the page. */
  act?: (button: HTMLButtonElement) => void;
  /** `act` opens a menu. */
  menu?: boolean;
  pressed?: (state: EditorState) => boolean | undefined;
  /** For what is no command: whether it can be done now. */
  possible?: (state: EditorState) => boolean;
}

export class Toolbar {
  readonly element: HTMLElement;
  readonly #tools: { tool: Tool; button: HTMLButtonElement }[] = [];
  readonly #view: () => EditorView;

  constructor(label: string, groups: Tool[][], view: () => EditorView) {
    this.#view = view;
    this.element = el('div', { class: 'plan-toolbar', role: 'toolbar', 'aria-label': label });
    for (const group of groups) {
      const row = el('div', { class: 'plan-toolbar__group', role: 'group' });
      for (const tool of group) row.append(this.#add(tool));
      this.element.append(row);
    }
    this.#tools[0]?.button.setAttribute('tabindex', '0');
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('focusin', (event) => this.#stopAt(event.target));
  }

  focus(): void {
    this.#tools.find(({ button }) => button.tabIndex === 0)?.button.focus();
  }

  refresh(state: EditorState): void {
    for (const { tool, button } of this.#tools) {
      const pressed = tool.pressed?.(state);
      // What is on already cannot be done again, yet is not out of reach.
      const possible = pressed || (tool.command?.(state) ?? tool.possible?.(state) ?? true);
      set(button, 'aria-disabled', possible ? undefined : 'true');
      if (pressed !== undefined) set(button, 'aria-pressed', String(pressed));
    }
  }

  #add(tool: Tool): HTMLButtonElement {
    const keys = tool.keys ? ` (${tool.keys})` : '';
    const button = el('button', { type: 'button', class: 'plan-tool', tabindex: '-1', title: `${tool.label}${keys}` });
    if ('icon' in tool.face) {
      button.setAttribute('aria-label', tool.label);
      button.append(icon(tool.face.icon));
    } else {
      if (tool.face.text !== tool.label) button.setAttribute('aria-label', tool.label);
      button.append(el('span', { class: tool.face.className }, tool.face.text));
    }
    if (tool.menu) {
      button.setAttribute('aria-haspopup', 'menu');
      button.setAttribute('aria-expanded', 'false');
    }
    // A click must not take the selection out of the text.
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', () => this.#use(tool, button));
    this.#tools.push({ tool, button });
    return button;
  }

  #use(tool: Tool, button: HTMLButtonElement): void {
    if (button.getAttribute('aria-disabled')) return;
    if (tool.act) return tool.act(button);
    const view = this.#view();
    tool.command?.(view.state, view.dispatch, view);
    view.focus();
  }

  #key(event: KeyboardEvent): void {
    const at = this.#tools.findIndex(({ button }) => button === event.target);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? this.#tools.length - 1 : step && at + step;
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    this.#tools.at(to % this.#tools.length)?.button.focus();
  }

  #stopAt(target: EventTarget | null): void {
    if (!this.#tools.some(({ button }) => button === target)) return;
    for (const { button } of this.#tools) button.tabIndex = button === target ? 0 : -1;
  }
}

function set(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
