import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fragment, type Node, Slice } from 'prosemirror-model';
import { AllSelection, EditorState, TextSelection } from 'prosemirror-state';
import { findIn } from '../find';
import { schema } from '../schema';
import { deleteAcross, fillSections, keepsSections, sectionGuard, withoutSections } from '../sections';

const paragraph = (text = '') => schema.node('paragraph', null, text ? schema.text(text) : []);
const section = (id: string, ...content: Node[]) => schema.node('section', { id, title: id }, content);
const table = (...cells: string[]) =>
  schema.node('table', null, schema.node('tableRow', null, cells.map((text) => schema.node('tableCell', null, paragraph(text)))));

function start(...sections: Node[]): EditorState {
  return EditorState.create({ doc: schema.node('doc', null, sections), plugins: [sectionGuard()] });
}

const plan = () => start(section('a', paragraph('een'), paragraph('twee')), section('b', paragraph('drie')), section('c', paragraph('vier')));

const shape = (doc: Node) => doc.toString().replaceAll('doc', '').replaceAll('"', '');

test('a_section_is_not_removed_split_joined_added_or_renamed', () => {
  const state = plan();
  const first = state.doc.child(0).nodeSize;
  const attempts = [
    state.tr.delete(0, first),
    state.tr.delete(0, state.doc.content.size),
    state.tr.join(first),
    state.tr.split(6, 1),
    state.tr.insert(0, section('x', paragraph())),
    state.tr.setNodeMarkup(0, null, { id: 'z', title: 'a' }),
    state.tr.replaceWith(0, state.doc.content.size, [state.doc.child(2), state.doc.child(1), state.doc.child(0)]),
  ];
  for (const [index, tr] of attempts.entries()) {
    assert.equal(state.applyTransaction(tr).state.doc.eq(state.doc), true, `attempt ${index}`);
    if (index !== 3) assert.equal(keepsSections(state.doc, tr.doc), false, `attempt ${index}`);
  }
});

test('typing_within_a_section_goes_through', () => {
  const state = plan();
  assert.match(shape(state.apply(state.tr.insertText('nu ', 2)).doc), /nu een/);
});

test('deleting_all_empties_the_sections_and_keeps_them', () => {
  const all = plan();
  const state = all.apply(all.tr.setSelection(new AllSelection(all.doc)));
  const after = state.apply(deleteAcross(state));
  assert.equal(shape(after.doc), '(section(paragraph), section(paragraph), section(paragraph))');
  assert.equal(after.selection.from, 2);
});

test('deleting_across_sections_takes_from_each_its_part', () => {
  const base = plan();
  const from = 3;
  const to = base.doc.content.size - 4;
  const state = base.apply(base.tr.setSelection(TextSelection.create(base.doc, from, to)));
  const after = state.apply(deleteAcross(state));
  assert.equal(shape(after.doc), '(section(paragraph(e)), section(paragraph), section(paragraph(er)))');
  assert.equal(after.selection.from, from);
});

test('a_table_cut_in_half_by_the_selection_keeps_its_cells', () => {
  const base = start(section('a', paragraph('een')), section('b', table('links', 'rechts'), paragraph('na')));
  let middle = 0;
  base.doc.descendants((node, position) => {
    if (node.isText && node.text === 'rechts') middle = position + 3;
  });
  const state = base.apply(base.tr.setSelection(TextSelection.create(base.doc, 2, middle)));
  const after = state.apply(deleteAcross(state)).doc;
  const cells = '(tableRow(tableCell(paragraph), tableCell(paragraph(hts))))';
  assert.equal(shape(after), `(section(paragraph), section(table${cells}, paragraph(na)))`);
});

test('a_copy_across_sections_carries_their_text_only', () => {
  const { doc } = plan();
  const slice = withoutSections(doc.slice(3, doc.content.size - 3));
  assert.equal(slice.content.toString().replaceAll('"', ''), '<paragraph(en), paragraph(twee), paragraph(drie), paragraph(vie)>');
  assert.deepEqual([slice.openStart, slice.openEnd], [1, 1]);
  const plain = new Slice(Fragment.from(paragraph('x')), 1, 1);
  assert.equal(withoutSections(plain), plain);
});

test('a_section_emptied_by_two_people_is_filled_again', () => {
  const state = start(section('a'), section('b', paragraph('x')));
  const tr = fillSections(state);
  assert.ok(tr);
  assert.equal(shape(state.apply(tr).doc), '(section(paragraph), section(paragraph(x)))');
  assert.equal(fillSections(plan()), undefined);
});

test('finding_knows_no_case_and_finds_references', () => {
  const signal = schema.node('signalRef', { id: 'x', reference: 'S-2026-0142' });
  const doc = schema.node('doc', null, [
    section('a', schema.node('paragraph', null, [schema.text('De Loods, de '), signal, schema.text(' loods')])),
  ]);
  const found = (query: string) => findIn(doc, query).map(({ from, to }) => [from, to]);
  assert.deepEqual(found('loods'), [[5, 10], [17, 22]]);
  assert.deepEqual(found('0142'), [[15, 16]]);
  assert.deepEqual(found(''), []);
});
