// The bytes on the socket: y-websocket's messages, and two of our own that a plain y-websocket client ignores.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync';

export const MESSAGE = { sync: 0, awareness: 1, queryAwareness: 3, durable: 100, notice: 101 } as const;

export type Notice = 'read-only' | 'log-down' | 'log-up' | 'too-large' | 'too-fast';

const NOTICES: readonly string[] = ['read-only', 'log-down', 'log-up', 'too-large', 'too-fast'] satisfies Notice[];

/** What came in, taken apart. */
export type Incoming =
  | { kind: 'step1'; vector: Uint8Array }
  | { kind: 'step2' | 'update'; update: Uint8Array }
  | { kind: 'awareness'; update: Uint8Array }
  | { kind: 'query-awareness' }
  | { kind: 'durable'; count: number }
  | { kind: 'notice'; code: Notice }
  | { kind: 'unknown' };

/** Reads one frame. Throws when it is cut off; a kind that is not known is left for a later version to know. */
export function read(frame: Uint8Array): Incoming {
  const decoder = decoding.createDecoder(frame);
  switch (decoding.readVarUint(decoder)) {
    case MESSAGE.sync:
      return readSync(decoder);
    case MESSAGE.awareness:
      return { kind: 'awareness', update: decoding.readVarUint8Array(decoder) };
    case MESSAGE.queryAwareness:
      return { kind: 'query-awareness' };
    case MESSAGE.durable:
      return { kind: 'durable', count: decoding.readVarUint(decoder) };
    case MESSAGE.notice: {
      const code = decoding.readVarString(decoder);
      return NOTICES.includes(code) ? { kind: 'notice', code: code as Notice } : { kind: 'unknown' };
    }
    default:
      return { kind: 'unknown' };
  }
}

function readSync(decoder: decoding.Decoder): Incoming {
  const step = decoding.readVarUint(decoder);
  const content = decoding.readVarUint8Array(decoder);
  if (step === messageYjsSyncStep1) return { kind: 'step1', vector: content };
  if (step === messageYjsSyncStep2) return { kind: 'step2', update: content };
  if (step === messageYjsUpdate) return { kind: 'update', update: content };
  return { kind: 'unknown' };
}

function sync(step: number, content: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.sync);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, content);
  return encoding.toUint8Array(encoder);
}

export const step1 = (vector: Uint8Array) => sync(messageYjsSyncStep1, vector);
export const step2 = (update: Uint8Array) => sync(messageYjsSyncStep2, update);
export const update = (content: Uint8Array) => sync(messageYjsUpdate, content);

export function awareness(content: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.awareness);
  encoding.writeVarUint8Array(encoder, content);
  return encoding.toUint8Array(encoder);
}

export const queryAwareness = () => Uint8Array.of(MESSAGE.queryAwareness);

/** Why a connection will not come back by itself. */
export type Stop = 'signed-out' | 'no-right' | 'gone' | 'too-large' | 'malformed';

/** What a close code means; `undefined` is trouble that passes, so: connect again. */
export function stopOf(code: number): Stop | undefined {
  switch (code) {
    case 4401:
      return 'signed-out';
    case 4403:
      return 'no-right';
    case 4404:
      return 'gone';
    case 4413:
      return 'too-large';
    case 4400:
      return 'malformed';
    default:
      return undefined;
  }
}
