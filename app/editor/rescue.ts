// What somebody wrote that will never be saved: to be copied or thrown away.
import { el, freshId } from './dom';
import type { Live } from './live';
import type { Say } from './texts';

export interface Ways {
  /** What the second button says. */
  leave: string;
  left: () => void;
}

/** The text to copy, and a way on. */
export function rescuePanel(text: string, say: Say, live: Live, ways: Ways): Node[] {
  const id = freshId('plan-unsent');
  const area = el('textarea', { id, class: 'utrecht-textarea plan-unsent__text', readonly: true, rows: 5 });
  area.value = text;
  const copy = el('button', { type: 'button', class: 'utrecht-button utrecht-button--primary-action' }, say('copyUnsent'));
  const leave = el('button', { type: 'button', class: 'utrecht-button utrecht-button--secondary-action' }, ways.leave);
  const said = el('p', { class: 'plan-unsent__said' });
  const tell = (what: string) => {
    said.textContent = what;
    live.tell(what);
  };
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      tell(say('copied'));
    } catch {
      area.focus();
      area.select();
      tell(say('copyYourself'));
    }
  });
  leave.addEventListener('click', ways.left);
  return [
    el('label', { for: id, class: 'utrecht-form-label plan-unsent__label' }, say('unsentLabel')),
    area,
    el('div', { class: 'actions' }, copy, leave),
    said,
  ];
}
