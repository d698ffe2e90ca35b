// A small menu under a button: arrow keys, Escape back to the button.
import { el } from './dom';

export interface Choice {
  label: string;
  choose(): void;
}

/** Opens under the button. `empty` is what is said when there is nothing to choose. */
export function openMenu(button: HTMLButtonElement, label: string, choices: Choice[], empty: string): void {
  if (button.getAttribute('aria-expanded') === 'true') return;
  const menu = el('div', { class: 'plan-menu', role: choices.length > 0 ? 'menu' : 'note', 'aria-label': label, tabindex: '-1' });
  const close = (back: boolean) => {
    menu.removeEventListener('focusout', onLeave);
    menu.remove();
    button.setAttribute('aria-expanded', 'false');
    if (back) button.focus();
  };
  const onLeave = (event: FocusEvent) => {
    if (!(event.relatedTarget instanceof Node) || !menu.contains(event.relatedTarget)) close(false);
  };
  const items = choices.map(({ label: text, choose }) => {
    const item = el('button', { type: 'button', role: 'menuitem', class: 'plan-menu__item', tabindex: '-1' }, text);
    item.addEventListener('click', () => {
      close(false);
      choose();
    });
    return item;
  });
  menu.append(...(items.length > 0 ? items : [el('p', {}, empty)]));
  menu.addEventListener('keydown', (event) => {
    const at = items.indexOf(event.target as HTMLButtonElement);
    if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
    else if (event.key === 'ArrowUp') items.at(at - 1)?.focus();
    else if (event.key === 'Home') items[0]?.focus();
    else if (event.key === 'End') items.at(-1)?.focus();
    else if (event.key === 'Escape') close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  button.setAttribute('aria-expanded', 'true');
  button.after(menu);
  // The place of the button, but never past the edge of the page.
  menu.style.insetBlockStart = `${button.offsetTop + button.offsetHeight + 4}px`;
  menu.style.insetInlineStart = `${button.offsetLeft}px`;
  const room = document.documentElement.clientWidth - menu.getBoundingClientRect().right - 8;
  if (room < 0) menu.style.insetInlineStart = `${Math.max(0, button.offsetLeft + room)}px`;
  (items[0] ?? menu).focus();
  menu.addEventListener('focusout', onLeave);
}
