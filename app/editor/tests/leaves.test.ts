import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorState } from 'prosemirror-state';
import { bareLeaves } from '../leaves';
import { schema } from '../schema';

test('bold_text_leaves_the_line_breaks_and_references_in_it_as_they_are', () => {
  const inline = [
    schema.text('een'),
    schema.node('hardBreak'),
    schema.node('signalRef', { id: 'x', reference: 'S-2026-0142' }),
    schema.text('twee'),
  ];
  const section = schema.node('section', { id: 'a', title: 'a' }, [schema.node('paragraph', null, inline)]);
  const state = EditorState.create({ doc: schema.node('doc', null, [section]), plugins: [bareLeaves()] });
  const bold = state.apply(state.tr.addMark(2, 11, schema.mark('bold')));
  assert.equal(bold.doc.toString().replaceAll('"', ''), 'doc(section(paragraph(bold(een), hardBreak, signalRef, bold(twee))))');
});
