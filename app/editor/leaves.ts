// Marks belong to text. y-prosemirror keeps none on a line break or a reference, so one that is put there would be seen
// in this window alone.
import { Plugin, type Transaction } from 'prosemirror-state';
import { isFromDocument } from './sections';

export function bareLeaves(): Plugin {
  return new Plugin({
    appendTransaction(transactions, before, after): Transaction | null {
      if (!transactions.some((tr) => tr.docChanged) || transactions.some(isFromDocument)) return null;
      // What is the same node in both need not be looked at.
      const start = after.doc.content.findDiffStart(before.doc.content);
      const end = after.doc.content.findDiffEnd(before.doc.content);
      if (start === null || !end) return null;
      const { tr } = after;
      after.doc.nodesBetween(start, Math.min(Math.max(start, end.a) + 1, after.doc.content.size), (node, position) => {
        if (node.isLeaf && !node.isText && node.marks.length > 0) tr.removeMark(position, position + node.nodeSize);
      });
      return tr.docChanged ? tr : null;
    },
  });
}
