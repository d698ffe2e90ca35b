import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fragment } from 'prosemirror-model';
import * as Y from 'yjs';
import { Comments } from '../comments';
import { renew } from '../interventions';
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
