// Every block of text holds one shared text from the moment it is there, also while it is empty.
//
// Otherwise the first letter typed in an empty block makes that shared text, and two people who begin in the same block
// at the same moment make two. y-prosemirror shows those as one and, with the next key, copies one into the other: for
// both at once, so that letters come twice.
import * as Y from 'yjs';

const TEXTBLOCKS = new Set(['paragraph', 'heading']);

/** Keeps it so for whatever this window writes. */
export function keepOneText(doc: Y.Doc): void {
  doc.on('beforeObserverCalls', (transaction: Y.Transaction) => {
    if (!transaction.local) return;
    const bare: Y.XmlElement[] = [];
    for (const type of transaction.changed.keys()) lookIn(type as unknown, transaction, bare);
    for (const block of bare) block.insert(0, [new Y.XmlText()]);
  });
}

/** Finds blocks without a text: this one, and those that are new in it. */
function lookIn(type: unknown, transaction: Y.Transaction, bare: Y.XmlElement[]): void {
  if (!(type instanceof Y.XmlFragment) || type._item?.deleted) return;
  if (type instanceof Y.XmlElement && type.length === 0 && TEXTBLOCKS.has(type.nodeName)) bare.push(type);
  for (const child of type.toArray()) {
    if (child instanceof Y.XmlElement && isNew(child, transaction)) lookIn(child, transaction, bare);
  }
}

function isNew(type: Y.XmlElement, transaction: Y.Transaction): boolean {
  const id = type._item?.id;
  return !!id && id.clock >= (transaction.beforeState.get(id.client) ?? 0);
}
