// What a plan is made of. The server reads these names in the document's XML, so they are part of the contract.
//
// Content is said as loosely as the editor can bear. Two people who each delete the other half of something leave a
// hole; y-prosemirror deletes, for everybody, an element that the schema refuses. So a section may be empty here, and
// is filled again (`sections.ts`), rather than be refused.
import { Schema } from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';
import { interventionSpec } from './intervention';

const tables = tableNodes({ tableGroup: 'block', cellContent: 'flow+', cellAttributes: {} });

/** y-prosemirror cannot keep the selection of a whole node when a colleague deletes that node: so there is none. */
const unselectable = { selectable: false } as const;

export const schema = new Schema({
  nodes: {
    doc: { content: 'section*' },
    section: {
      content: 'block*',
      attrs: { id: { default: '', validate: 'string' }, title: { default: '', validate: 'string' } },
      // Nothing is merged, lifted or split across a section's border.
      isolating: true,
      defining: true,
      ...unselectable,
      toDOM: (node) => [
        'section',
        { class: 'plan-section', 'data-section': node.attrs.id },
        ['h2', { class: 'plan-section__title utrecht-heading-2', contenteditable: 'false' }, node.attrs.title],
        ['div', { class: 'plan-section__text' }, 0],
      ],
    },
    paragraph: {
      ...unselectable,
      group: 'block flow',
      content: 'inline*',
      parseDOM: [{ tag: 'p' }],
      toDOM: () => ['p', 0],
    },
    heading: {
      ...unselectable,
      group: 'block flow',
      content: 'inline*',
      attrs: { level: { default: 3, validate: 'number' } },
      defining: true,
      parseDOM: [
        { tag: 'h1, h2, h3', attrs: { level: 3 } },
        { tag: 'h4, h5, h6', attrs: { level: 4 } },
      ],
      toDOM: (node) => [node.attrs.level === 4 ? 'h4' : 'h3', 0],
    },
    bulletList: { ...unselectable, group: 'block flow', content: 'listItem+', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
    orderedList: { ...unselectable, group: 'block flow', content: 'listItem+', parseDOM: [{ tag: 'ol' }], toDOM: () => ['ol', 0] },
    listItem: { ...unselectable, content: 'flow+', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
    table: {
      ...tables.table,
      ...unselectable,
      content: 'tableRow+',
      // Wider than the page, a table scrolls by itself.
      toDOM: () => ['div', { class: 'plan-table' }, ['table', { class: 'utrecht-table' }, ['tbody', 0]]],
    },
    tableRow: { ...tables.table_row, ...unselectable, content: '(tableCell | tableHeader)*' },
    tableHeader: { ...tables.table_header, ...unselectable },
    tableCell: { ...tables.table_cell, ...unselectable },
    intervention: { ...interventionSpec, ...unselectable },
    hardBreak: {
      group: 'inline',
      inline: true,
      ...unselectable,
      linebreakReplacement: true,
      parseDOM: [{ tag: 'br' }],
      toDOM: () => ['br'],
      leafText: () => '\n',
    },
    signalRef: {
      ...unselectable,
      group: 'inline',
      inline: true,
      atom: true,
      attrs: { id: { default: '', validate: 'string' }, reference: { default: '', validate: 'string' } },
      parseDOM: [
        {
          tag: 'a[data-signal]',
          getAttrs: (link) => ({ id: link.getAttribute('data-signal') ?? '', reference: link.textContent ?? '' }),
        },
      ],
      toDOM: (node) => [
        'a',
        {
          class: 'plan-signal utrecht-link utrecht-link--html-a reference',
          href: `/signalen/${encodeURIComponent(node.attrs.id)}`,
          'data-signal': node.attrs.id,
        },
        node.attrs.reference,
      ],
      leafText: (node) => node.attrs.reference,
    },
    text: { group: 'inline' },
  },
  marks: {
    bold: {
      parseDOM: [{ tag: 'strong' }, { tag: 'b', getAttrs: (b) => (b.style.fontWeight === 'normal' ? false : null) }],
      toDOM: () => ['strong', 0],
    },
    italic: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
  },
});

export const { nodes, marks } = schema;
