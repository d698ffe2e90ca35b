import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fragment } from 'prosemirror-model';
import * as Y from 'yjs';
import { Comments } from '../comments';
import { renew } from '../interventions';
import { labels, matching, pieces, spoken, stored } from '../mentions';
import { schema } from '../schema';

const ME = '00000000-0000-4000-8000-000000000001';

const comments = () => new Comments(new Y.Doc().getMap('comments'), ME);

test('a_comment_on_an_intervention_says_which_and_one_on_a_passage_says_none', () => {
  const all = comments();
  all.add({ intervention: 'i-1', quote: 'het pand sluiten' }, 'Wanneer?');
  all.add({ anchor: { tname: 'plan' }, head: { tname: 'plan' }, quote: 'drie panden' }, 'Welke?');
  const found = new Map(all.threads.map((thread) => [thread.quote, thread]));
  assert.equal(found.get('het pand sluiten')?.intervention, 'i-1');
  assert.equal(found.get('het pand sluiten')?.messages[0]?.by, ME);
  assert.equal(found.get('drie panden')?.intervention, undefined);
});

test('an_intervention_cut_out_keeps_its_id_and_a_copy_gets_one_of_its_own', () => {
  const intervention = (id: string) => schema.node('intervention', { id }, [schema.node('paragraph')]);
  const doc = schema.node('doc', null, [schema.node('section', { id: 'a', title: 'a' }, [intervention('here')])]);
  const pasted = renew(Fragment.from([intervention('here'), intervention('cut')]), doc);
  assert.notEqual(pasted.child(0).attrs.id, 'here');
  assert.equal(pasted.child(1).attrs.id, 'cut');
});

const JAN = { id: '00000000-0000-4000-8000-00000000000a', name: 'Jan Vos', department: 'Belastingen' };
const OLDER = { id: '00000000-0000-4000-8000-00000000000b', name: 'Jan Vos-Bakker', department: 'Vastgoed' };
const HELENE = { id: '00000000-0000-4000-8000-00000000000c', name: 'Hélène Wit', department: 'Zorg' };
const TEAM = [JAN, OLDER, HELENE];

test('a_name_that_is_typed_is_stored_by_id_and_read_by_name', () => {
  const typed = 'Vraag @Jan Vos-Bakker, @Jan Vos of mail h@Jan Vos. Niet @Jan Vossen.';
  const kept = stored(typed, TEAM);
  assert.equal(kept, `Vraag @{${OLDER.id}}, @{${JAN.id}} of mail h@Jan Vos. Niet @Jan Vossen.`);
  assert.equal(spoken(kept, (id) => TEAM.find((one) => one.id === id)?.name ?? ''), typed);
  assert.deepEqual(pieces(`@{${JAN.id}} kijk`), [{ person: JAN.id }, ' kijk']);
  assert.deepEqual(pieces('@{geen-id}'), ['@{geen-id}']);
});

test('two_of_one_name_are_told_apart_by_department_and_twenty_can_be_mentioned', () => {
  const other = { ...HELENE, name: JAN.name };
  assert.deepEqual([...labels([JAN, other]).values()], ['Jan Vos (Belastingen)', 'Jan Vos (Zorg)']);
  const many = Array.from({ length: 25 }, (_, at) => ({ id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`, name: `Persoon ${String.fromCharCode(65 + at)}`, department: '' }));
  const kept = stored(many.map(({ name }) => `@${name}`).join(' '), many);
  assert.equal(kept.match(/@\{/g)?.length, 20);
});

test('whoever_is_looked_for_is_found_by_the_beginning_of_a_word_without_capitals_and_accents', () => {
  assert.deepEqual(matching(TEAM, 'hel'), [HELENE]);
  assert.deepEqual(matching(TEAM, 'vastg'), [OLDER]);
  assert.deepEqual(matching(TEAM, ''), TEAM);
  assert.deepEqual(matching(TEAM, 'ené'), []);
});
