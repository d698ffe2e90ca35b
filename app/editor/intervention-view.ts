// How an intervention is drawn and filled in: form fields that write the block's attributes, and its description as text.
import type { Node } from 'prosemirror-model';
import { TextSelection } from 'prosemirror-state';
import type { Decoration, EditorView, NodeView, ViewMutationRecord } from 'prosemirror-view';
import { OWN_STEP } from './blocks';
import { el, freshId, icon } from './dom';
import { icons } from './icons';
import { type Field, KINDS, STATUSES } from './intervention';
import type { Key, Say } from './texts';

export interface PersonOption {
  id: string;
  name: string;
  department: string;
}

/** What can be done about the comments on an intervention. */
export interface Commenting {
  /** A new one on the intervention with this id. */
  begin(intervention: string): void;
  /** To this thread in the list. */
  show(thread: string): void;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const WORDS: Record<(typeof KINDS)[number] | (typeof STATUSES)[number], Key> = {
  bestuurlijk: 'kindBestuurlijk',
  strafrechtelijk: 'kindStrafrechtelijk',
  fiscaal: 'kindFiscaal',
  privaatrechtelijk: 'kindPrivaatrechtelijk',
  preventief: 'kindPreventief',
  planned: 'statusPlanned',
  started: 'statusStarted',
  done: 'statusDone',
  dropped: 'statusDropped',
};

const LABELS: Record<Exclude<Field, 'id'>, Key> = {
  kind: 'fieldKind',
  status: 'fieldStatus',
  power: 'fieldPower',
  body: 'fieldBody',
  department: 'fieldDepartment',
  person: 'fieldPerson',
  due: 'fieldDue',
  result: 'fieldResult',
};

export interface InterventionOptions {
  say: Say;
  people: PersonOption[];
  /** Absent when it is not known who would be commenting. */
  commenting: Commenting | undefined;
}

export function drawIntervention(options: InterventionOptions) {
  return (node: Node, view: EditorView, position: () => number | undefined, marks: readonly Decoration[]): NodeView =>
    new InterventionView(node, view, position, marks, options);
}

class InterventionView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  readonly #controls = new Map<Field, Control>();
  readonly #view: EditorView;
  readonly #position: () => number | undefined;
  readonly #say: Say;
  readonly #people: PersonOption[];
  /** To the comments on it, where there are any. */
  readonly #toComments: HTMLButtonElement;
  #node: Node;
  #threads: string[] = [];

  constructor(node: Node, view: EditorView, position: () => number | undefined, marks: readonly Decoration[], options: InterventionOptions) {
    const { say, people, commenting } = options;
    this.#node = node;
    this.#view = view;
    this.#position = position;
    this.#say = say;
    this.#people = people;
    const title = freshId('plan-intervention');
    const tool = (label: Key, path: string, act: () => void) => {
      const made = el('button', { type: 'button', class: 'plan-tool plan-intervention__change', 'aria-label': say(label), title: say(label) }, icon(path));
      made.addEventListener('click', act);
      return made;
    };
    this.#toComments = el('button', { type: 'button', class: 'plan-tool' });
    this.#toComments.addEventListener('click', () => {
      const [first] = this.#threads;
      if (first) commenting?.show(first);
    });
    const head = el(
      'div',
      { class: 'plan-intervention__head', contenteditable: 'false' },
      el('p', { class: 'plan-intervention__title', id: title }, say('intervention')),
      this.#toComments,
      ...(commenting ? [tool('commentIntervention', icons.comment, () => commenting.begin(String(this.#node.attrs.id)))] : []),
      tool('removeIntervention', icons.close, () => this.#remove()),
    );
    const fields = el(
      'fieldset',
      { class: 'plan-intervention__fields', contenteditable: 'false', 'aria-labelledby': title, disabled: !view.editable },
      ...this.#fields(),
    );
    const label = el('p', { class: 'plan-intervention__label', contenteditable: 'false' }, say('fieldDescription'));
    this.contentDOM = el('div', { class: 'plan-intervention__text' });
    this.dom = el('div', { class: 'plan-intervention', 'data-id': node.attrs.id }, head, fields, label, this.contentDOM);
    head.addEventListener('keydown', (event) => this.#key(event));
    fields.addEventListener('keydown', (event) => this.#key(event));
    this.#fill();
    this.#count(marks);
  }

  update(node: Node, marks: readonly Decoration[]): boolean {
    if (node.type !== this.#node.type || node.attrs.id !== this.#node.attrs.id) return false;
    this.#node = node;
    this.#fill();
    this.#count(marks);
    return true;
  }

  #count(marks: readonly Decoration[]): void {
    this.#threads = marks.flatMap(({ spec }) => (typeof spec.thread === 'string' ? [spec.thread] : []));
    this.#toComments.hidden = this.#threads.length === 0;
    this.#toComments.textContent = this.#say('commentsHere', { count: this.#threads.length });
  }

  /** What happens in the fields is no editing of the text. */
  stopEvent(event: Event): boolean {
    return event.target instanceof globalThis.Node && !this.contentDOM.contains(event.target) && event.target !== this.dom;
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return !this.contentDOM.contains(mutation.target);
  }

  #fields(): HTMLElement[] {
    const say = this.#say;
    const words = (values: readonly (keyof typeof WORDS)[]) => values.map((value) => option(value, say(WORDS[value])));
    const names = this.#people.map(({ id, name, department }) => option(id, `${name} (${department})`));
    const departments = [...new Set(this.#people.map(({ department }) => department))].sort();
    const list = el('datalist', { id: freshId('plan-departments') }, ...departments.map((name) => el('option', { value: name })));
    const text = (more: Record<string, string> = {}) => el('input', { type: 'text', class: 'utrecht-textbox', autocomplete: 'off', maxlength: '300', ...more });
    const select = (...options: HTMLElement[]) => el('select', { class: 'utrecht-select' }, ...options);
    const department = this.#field('department', text({ list: list.id }));
    department.append(list);
    return [
      this.#field('kind', select(...words(KINDS))),
      this.#field('status', select(...words(STATUSES))),
      this.#field('due', text({ type: 'date' })),
      this.#field('power', text()),
      this.#field('body', text()),
      department,
      this.#field('person', select(option('', say('nobody')), ...names)),
      this.#field('result', el('textarea', { class: 'utrecht-textarea', rows: 2, maxlength: '2000' })),
    ];
  }

  #field(name: Exclude<Field, 'id'>, control: Control): HTMLElement {
    control.id = freshId(`plan-${name}`);
    control.name = name;
    this.#controls.set(name, control);
    control.addEventListener('input', () => this.#write(name, control.value));
    const label = el('label', { class: 'plan-intervention__label', for: control.id }, this.#say(LABELS[name]));
    return el('div', { class: `plan-intervention__field plan-intervention__field--${name}` }, label, control);
  }

  /** Every key is written at once, as in the text: nothing typed here is only here. */
  #write(name: Field, value: string): void {
    const position = this.#position();
    if (position === undefined || !this.#view.editable || this.#node.attrs[name] === value) return;
    const tr = this.#view.state.tr.setNodeAttribute(position, name, value);
    const person = name === 'person' && this.#people.find(({ id }) => id === value);
    if (person && !this.#node.attrs.department) tr.setNodeAttribute(position, 'department', person.department);
    if (this.#controls.get(name) instanceof HTMLSelectElement) tr.setMeta(OWN_STEP, true);
    this.#view.dispatch(tr);
  }

  /** What colleagues filled in, without moving the caret of who is in a field that has not changed. */
  #fill(): void {
    for (const [name, control] of this.#controls) {
      const value = String(this.#node.attrs[name]);
      if (control.value === value) continue;
      control.value = value;
      if (control.value === value || !(control instanceof HTMLSelectElement)) continue;
      // A person who is not in the list any more, or a value of a later version.
      control.append(option(value, name === 'person' ? this.#say('somebody') : value));
      control.value = value;
    }
    this.dom.dataset.status = String(this.#node.attrs.status);
  }

  #remove(): void {
    const position = this.#position();
    if (position === undefined || !this.#view.editable) return;
    const { tr } = this.#view.state;
    tr.delete(position, position + this.#node.nodeSize).setMeta(OWN_STEP, true);
    this.#view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(position))));
    this.#view.focus();
  }

  /** Escape goes from the fields to the description. */
  #key(event: KeyboardEvent): void {
    const position = this.#position();
    if (event.key !== 'Escape' || position === undefined) return;
    event.preventDefault();
    const { state } = this.#view;
    this.#view.dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve(position + 1))));
    this.#view.focus();
  }
}

function option(value: string, text: string): HTMLOptionElement {
  return el('option', { value }, text);
}
