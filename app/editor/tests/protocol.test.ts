import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import * as protocol from '../protocol';

function frame(kind: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, kind);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

test('our_frames_are_those_of_y_protocols', () => {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, 'hallo');
  const ours = protocol.step1(Y.encodeStateVector(doc));
  assert.deepEqual(ours, frame(0, (encoder) => writeSyncStep1(encoder, doc)));
  const update = Y.encodeStateAsUpdate(doc);
  assert.deepEqual(protocol.update(update), frame(0, (encoder) => writeUpdate(encoder, update)));

  const other = new Y.Doc();
  const decoder = decoding.createDecoder(protocol.step2(update));
  assert.equal(decoding.readVarUint(decoder), 0);
  readSyncMessage(decoder, encoding.createEncoder(), other, 'test');
  assert.equal(other.getText('t').toString(), 'hallo');
});

test('frames_of_the_server_are_taken_apart', () => {
  assert.deepEqual(protocol.read(frame(100, (encoder) => encoding.writeVarUint(encoder, 300))), { kind: 'durable', count: 300 });
  assert.deepEqual(protocol.read(frame(101, (encoder) => encoding.writeVarString(encoder, 'log-down'))), {
    kind: 'notice',
    code: 'log-down',
  });
  assert.deepEqual(protocol.read(Uint8Array.of(3)), { kind: 'query-awareness' });
});

test('what_is_not_known_is_left_alone_and_what_is_cut_off_is_refused', () => {
  assert.deepEqual(protocol.read(frame(101, (encoder) => encoding.writeVarString(encoder, 'never-heard-of'))), { kind: 'unknown' });
  assert.deepEqual(protocol.read(Uint8Array.of(77)), { kind: 'unknown' });
  assert.throws(() => protocol.read(Uint8Array.of(0, 2, 40, 1)));
});

test('close_codes_say_whether_to_come_back', () => {
  const stops = [4400, 4401, 4403, 4404, 4413].map(protocol.stopOf);
  assert.deepEqual(stops, ['malformed', 'signed-out', 'no-right', 'gone', 'too-large']);
  assert.deepEqual([1000, 1001, 1006, 4408, 4503].map(protocol.stopOf), Array(5).fill(undefined));
});
