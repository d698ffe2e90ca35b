import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as Y from 'yjs';
import { unsentText } from '../unsent';

test('only_what_this_window_wrote_since_then_is_shown_in_the_order_of_the_text', () => {
  const other = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  other.getXmlFragment('plan').insert(0, [paragraph]);
  paragraph.insert(0, [new Y.XmlText('van een ander')]);

  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  const text = doc.getXmlFragment('plan').get(0) as Y.XmlElement;
  const line = text.get(0) as Y.XmlText;
  line.insert(0, 'bewaard ');
  const since = Y.getState(doc.store, doc.clientID);
  line.insert(line.length, ' niet bewaard');
  line.insert(8, 'ook niet, ');
  line.insert(8, 'weg');
  line.delete(8, 3);
  const second = new Y.XmlElement('paragraph');
  doc.getXmlFragment('plan').insert(1, [second]);
  second.insert(0, [new Y.XmlText('tweede regel')]);

  const root = doc.getXmlFragment('plan');
  assert.equal(unsentText(root, doc.clientID, since), 'ook niet,  niet bewaard\ntweede regel');
  assert.equal(unsentText(root, doc.clientID, Y.getState(doc.store, doc.clientID)), '');
});
