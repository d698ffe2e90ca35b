import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import * as protocol from '../protocol';
import { Provider, type Socket } from '../provider';

/** The server's end, in the test's hand. */
class Wire implements Socket {
  binaryType = 'blob';
  readyState = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  readonly sent: Uint8Array[] = [];

  send(frame: Uint8Array): void {
    this.sent.push(frame);
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.({} as never);
  }

  say(frame: Uint8Array): void {
    this.onmessage?.({ data: frame.slice().buffer } as never);
  }

  end(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code } as never);
  }

  /** Greets as the server does. */
  greet(server: Y.Doc): void {
    this.say(protocol.step1(Y.encodeStateVector(server)));
    this.say(protocol.step2(Y.encodeStateAsUpdate(server)));
  }

  /** The frames with changes (step 2 and updates), as the server counts them. */
  get changes(): Uint8Array[] {
    return this.sent.map(protocol.read).flatMap((message) => ('update' in message && message.kind !== 'awareness' ? [message.update] : []));
  }
}

function durable(count: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 100);
  encoding.writeVarUint(encoder, count);
  return encoding.toUint8Array(encoder);
}

function notice(code: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 101);
  encoding.writeVarString(encoder, code);
  return encoding.toUint8Array(encoder);
}

function setUp(context: TestContext, writable = true) {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const document = new Y.Doc();
  const awareness = new Awareness(document);
  const wires: Wire[] = [];
  const reported: string[] = [];
  const provider = new Provider({
    document,
    awareness,
    writable,
    connect: () => {
      const wire = new Wire();
      wires.push(wire);
      return wire;
    },
    reports: {
      synced: () => reported.push('synced'),
      lost: () => reported.push('lost'),
      stopped: (reason) => reported.push(`stopped ${reason}`),
      noticed: (code) => reported.push(`noticed ${code}`),
      progress: () => {},
    },
  });
  context.after(() => {
    provider.end();
    document.destroy();
    mock.timers.reset();
  });
  const server = new Y.Doc();
  server.getText('t').insert(0, 'plan');
  provider.connect();
  const text = document.getText('t');
  const type = (what: string) => text.insert(text.length, what);
  return { provider, document, awareness, server, wires, reported, text, type, wire: () => wires.at(-1)! };
}

test('fast_typing_becomes_one_frame_and_is_saved_when_the_server_says_so', (context) => {
  const { provider, server, wire, text, type } = setUp(context);
  wire().open();
  wire().greet(server);
  assert.equal(text.toString(), 'plan');
  assert.equal(wire().changes.length, 1, 'the answer to the greeting');
  assert.equal(provider.unsaved, false);
  for (const key of ' van aanpak') type(key);
  assert.equal(provider.unsaved, true);
  mock.timers.tick(31);
  assert.equal(wire().changes.length, 2);
  wire().say(durable(1));
  assert.equal(provider.unsaved, true);
  wire().say(durable(2));
  assert.equal(provider.unsaved, false);
  assert.ok(provider.savedAt);
});

test('nothing_goes_out_before_the_server_said_what_it_has', (context) => {
  const { wire, server, type } = setUp(context);
  wire().open();
  type('vroeg');
  mock.timers.tick(100);
  assert.equal(wire().changes.length, 0);
  wire().greet(server);
  Y.applyUpdate(server, wire().changes[0]!);
  assert.match(server.getText('t').toString(), /vroeg/);
});

test('what_was_not_durable_goes_along_after_a_reconnect', (context) => {
  const { provider, server, wires, wire, reported, type } = setUp(context);
  wire().open();
  wire().greet(server);
  type(' een');
  mock.timers.tick(31);
  wire().end(1006);
  type(' twee');
  assert.equal(provider.unsaved, true);
  assert.deepEqual(reported, ['synced', 'lost']);
  mock.timers.tick(200);
  assert.equal(wires.length, 2, 'the first try is a fast one');
  wire().open();
  wire().greet(server);
  assert.equal(wire().changes.length, 1);
  Y.applyUpdate(server, wire().changes[0]!);
  assert.equal(server.getText('t').toString(), 'plan een twee');
  assert.equal(provider.unsaved, true);
  wire().say(durable(1));
  assert.equal(provider.unsaved, false);
});

test('waiting_for_the_server_never_takes_longer_than_ten_seconds', (context) => {
  const { wires, wire } = setUp(context);
  for (let round = 0; round < 12; round += 1) {
    const before = wires.length;
    wire().end(1006);
    mock.timers.tick(10_000);
    assert.equal(wires.length, before + 1);
  }
});

test('a_silent_connection_that_saves_nothing_is_given_up', (context) => {
  const { server, wires, wire, type } = setUp(context);
  wire().open();
  wire().greet(server);
  type('x');
  mock.timers.tick(31);
  mock.timers.tick(20_000);
  mock.timers.tick(200);
  assert.equal(wires.length, 2);
});

test('who_is_signed_out_is_tried_again_on_return_only', (context) => {
  const { provider, server, wires, wire, reported, type } = setUp(context);
  wire().open();
  wire().greet(server);
  type('x');
  wire().end(4401);
  mock.timers.tick(60_000);
  assert.equal(wires.length, 1);
  provider.wake();
  assert.equal(wires.length, 2);
  wire().end(1006);
  mock.timers.tick(60_000);
  assert.equal(wires.length, 2, 'still signed out');
  provider.wake();
  wire().open();
  wire().greet(server);
  assert.deepEqual(reported, ['synced', 'stopped signed-out', 'synced']);
});

test('without_a_right_it_does_not_come_back', (context) => {
  for (const [code, reason] of [[4403, 'no-right'], [4404, 'gone'], [4413, 'too-large'], [4400, 'malformed']] as const) {
    const { provider, wires, wire, reported } = setUp(context);
    wire().end(code);
    mock.timers.tick(60_000);
    provider.wake();
    assert.equal(wires.length, 1);
    assert.deepEqual(reported, [`stopped ${reason}`]);
    mock.timers.reset();
  }
});

test('a_reader_sends_no_change', (context) => {
  const { server, wire, type } = setUp(context, false);
  wire().open();
  wire().greet(server);
  type('x');
  mock.timers.tick(1_000);
  assert.equal(wire().changes.length, 0);
});

test('while_the_log_is_down_nothing_is_sent_and_afterwards_all_is', (context) => {
  const { server, wires, wire, type } = setUp(context);
  wire().open();
  wire().greet(server);
  wire().say(notice('log-down'));
  type(' wacht');
  mock.timers.tick(60_000);
  assert.equal(wires[0]!.changes.length, 1);
  wires[0]!.say(notice('log-up'));
  assert.equal(wires.length, 2, 'a new greeting settles what was missed');
  wire().open();
  wire().greet(server);
  Y.applyUpdate(server, wire().changes[0]!);
  assert.equal(server.getText('t').toString(), 'plan wacht');
});

test('it_tells_where_the_caret_is_and_never_who_one_is', (context) => {
  const { awareness, server, wire } = setUp(context);
  awareness.setLocalState({ cursor: null, user: { name: 'iemand anders' } });
  wire().open();
  wire().greet(server);
  awareness.setLocalStateField('cursor', { anchor: 1, head: 2 });
  const told = wire().sent.map(protocol.read).filter((message) => message.kind === 'awareness');
  const states = told.map(({ update }) => {
    const decoder = decoding.createDecoder(update);
    assert.equal(decoding.readVarUint(decoder), 1);
    assert.equal(decoding.readVarUint(decoder), awareness.clientID);
    assert.ok(decoding.readVarUint(decoder) > 0, 'a clock of nothing would be taken for old');
    return JSON.parse(decoding.readVarString(decoder));
  });
  assert.deepEqual(states, [{ cursor: null }, { cursor: { anchor: 1, head: 2 } }]);
});
