// An intervention: a block with fields. The server projects the fields to rows, so their names and values are contract.
import type { Attrs, NodeSpec } from 'prosemirror-model';

export const KINDS = ['bestuurlijk', 'strafrechtelijk', 'fiscaal', 'privaatrechtelijk', 'preventief'] as const;
export const STATUSES = ['planned', 'started', 'done', 'dropped'] as const;

/** Everything but the description, each a string; empty is not filled in. */
export const FIELDS = {
  id: '',
  kind: 'bestuurlijk',
  power: '',
  body: '',
  department: '',
  /** The id of a person. */
  person: '',
  /** An ISO date. */
  due: '',
  status: 'planned',
  result: '',
};

export type Field = keyof typeof FIELDS;

const NAMES = Object.keys(FIELDS) as Field[];

function copied(dom: HTMLElement): Attrs | false {
  try {
    const said: unknown = JSON.parse(dom.dataset.intervention ?? '');
    if (typeof said !== 'object' || said === null) return false;
    const fields = said as Record<string, unknown>;
    const value = (name: Field) => (typeof fields[name] === 'string' ? fields[name] : FIELDS[name]);
    return Object.fromEntries(NAMES.map((name) => [name, value(name)]));
  } catch {
    return false;
  }
}

export const interventionSpec: NodeSpec = {
  group: 'block',
  // Never refused for being empty (see the schema): it is filled again.
  content: 'paragraph*',
  attrs: Object.fromEntries(NAMES.map((name) => [name, { default: FIELDS[name], validate: 'string' }])),
  isolating: true,
  defining: true,
  parseDOM: [{ tag: 'div[data-intervention]', getAttrs: copied }],
  toDOM: (node) => ['div', { class: 'plan-intervention', 'data-intervention': JSON.stringify(node.attrs) }, 0],
};
