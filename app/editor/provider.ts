// The connection of one document: sends what is written here, takes in what colleagues write, and knows what is
// durable. It never throws work away: what is not durable stays in the document and goes along with the next greeting.
import * as Y from 'yjs';
import { applyAwarenessUpdate, type Awareness, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import * as protocol from './protocol';
import { Tally } from './tally';

/** The part of a `WebSocket` that is used, so that tests can stand in for it. */
export interface Socket {
  binaryType: string;
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send(frame: Uint8Array): void;
  close(code?: number): void;
}

export interface Reports {
  /** The document is here, or here again. */
  synced(): void;
  /** The connection is gone and will be tried again. */
  lost(): void;
  /** It will not be tried again by itself. */
  stopped(reason: protocol.Stop): void;
  noticed(code: protocol.Notice): void;
  /** Something about saving changed. */
  progress(): void;
}

export interface Options {
  document: Y.Doc;
  awareness: Awareness;
  writable: boolean;
  connect: () => Socket;
  reports: Reports;
}

/** Fast typing becomes few frames; a colleague does not see the difference. */
const BATCH = 30;
/** The same after the server said that it is too much. */
const SLOW_BATCH = 500;
const FIRST_RETRY = 150;
const LONGEST_RETRY = 10_000;
/** Sent work that does not become durable for so long: the connection is not what it seems. */
const DURABLE_WITHIN = 20_000;
/** After so much silence the server is asked for a sign of life, and given so long to answer. */
const SILENCE = 25_000;
const ANSWER_WITHIN = 8_000;
const OPEN = 1;

export class Provider {
  readonly #options: Options;
  readonly #tally = new Tally();
  #socket: Socket | undefined;
  #batch: Uint8Array[] = [];
  /** Work of an earlier connection, or from before any, that has not been heard to be durable. */
  #carried = false;
  /** The server has our greeting's answer, so that what we send builds on what it has. */
  #greeted = false;
  #synced = false;
  #suspended = false;
  #ended = false;
  /** Where a signed-out person stands: no trying again but on their return. */
  #signedOut = false;
  #writable: boolean;
  #attempt = 0;
  #pause = BATCH;
  #flushTimer: Timer;
  #retryTimer: Timer;
  #durableTimer: Timer;
  #silenceTimer: Timer;
  #savedAt: Date | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#writable = options.writable;
    options.document.on('update', this.#onUpdate);
    options.awareness.on('update', this.#onAwareness);
  }

  get synced(): boolean {
    return this.#synced;
  }

  get suspended(): boolean {
    return this.#suspended;
  }

  /** Work that has not left this window, or left over a connection that is gone. */
  get holding(): boolean {
    return this.#carried || this.#batch.length > 0;
  }

  /** Whether anything written here is not durable yet. */
  get unsaved(): boolean {
    return this.holding || this.#tally.waits;
  }

  get savedAt(): Date | undefined {
    return this.#savedAt;
  }

  /** Everything this window's client wrote below this clock is durable. */
  get durableClock(): number {
    return this.#tally.durableClock;
  }

  connect(): void {
    if (this.#ended || this.#socket) return;
    clearTimeout(this.#retryTimer);
    const socket = this.#options.connect();
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = (event: { data: unknown }) => {
      if (this.#socket === socket && event.data instanceof ArrayBuffer) this.#receive(new Uint8Array(event.data));
    };
    socket.onclose = (event: { code: number }) => {
      if (this.#socket === socket) this.#closed(event.code);
    };
  }

  /** The network is back, or the person is: no waiting for the next try, and a look whether the connection lives. */
  wake(): void {
    if (this.#socket?.readyState === OPEN) this.#probe();
    else if (!this.#socket) this.connect();
  }

  /** The network says it is gone. */
  sleep(): void {
    if (this.#socket) this.#drop();
  }

  /** From now on nothing of this window goes out. */
  stopWriting(): void {
    this.#writable = false;
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    this.#options.reports.progress();
  }

  /** The person has taken or discarded what was not saved. */
  forget(): void {
    this.#batch = [];
    this.#carried = false;
    this.#tally.restart();
    this.#options.reports.progress();
  }

  end(): void {
    this.#ended = true;
    this.#options.document.off('update', this.#onUpdate);
    this.#options.awareness.off('update', this.#onAwareness);
    for (const timer of [this.#flushTimer, this.#retryTimer]) clearTimeout(timer);
    this.#leave(1000);
  }

  #opened(): void {
    this.#greeted = false;
    this.#suspended = false;
    this.#send(protocol.step1(Y.encodeStateVector(this.#options.document)));
    // A higher clock each time: colleagues take a state with a clock they have already seen for an old one.
    const { awareness } = this.#options;
    awareness.setLocalState({ ...awareness.getLocalState() });
    this.#listen();
  }

  #closed(code: number): void {
    this.#socket = undefined;
    this.#carried ||= this.#tally.waits;
    this.#tally.restart();
    this.#greeted = false;
    this.#suspended = false;
    for (const timer of [this.#durableTimer, this.#silenceTimer, this.#flushTimer]) clearTimeout(timer);
    this.#flushTimer = undefined;
    const { awareness, reports } = this.#options;
    const others = [...awareness.getStates().keys()].filter((client) => client !== awareness.clientID);
    removeAwarenessStates(awareness, others, this);
    if (this.#ended) return;
    const stop = protocol.stopOf(code);
    if (stop === 'signed-out') this.#signedOut = true;
    else if (stop) this.#ended = true;
    else if (!this.#signedOut) this.#retryLater();
    if (stop) reports.stopped(stop);
    else if (!this.#signedOut) reports.lost();
    reports.progress();
  }

  #retryLater(): void {
    const longest = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** this.#attempt);
    this.#attempt += 1;
    // Jitter, so that all browsers do not come back in the same instant after a restart.
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.connect(), longest * (0.5 + Math.random() / 2));
  }

  /** Closes from this side; a socket whose other end is gone would take minutes to say so itself. */
  #leave(code: number): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#closed(code);
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(1000);
  }

  #drop(): void {
    this.#leave(1006);
  }

  #receive(frame: Uint8Array): void {
    this.#listen();
    const { document, awareness, reports } = this.#options;
    const message = protocol.read(frame);
    switch (message.kind) {
      case 'step1':
        this.#greet(message.vector);
        break;
      case 'step2':
        Y.applyUpdate(document, message.update, this);
        this.#arrived();
        break;
      case 'update':
        Y.applyUpdate(document, message.update, this);
        break;
      case 'awareness':
        applyAwarenessUpdate(awareness, message.update, this);
        break;
      case 'query-awareness':
        this.#sendAwareness();
        break;
      case 'durable':
        this.#durable(message.count);
        break;
      case 'notice':
        this.#notice(message.code);
        reports.noticed(message.code);
        break;
      case 'unknown':
        break;
    }
  }

  #arrived(): void {
    this.#attempt = 0;
    this.#signedOut = false;
    this.#synced = true;
    this.#options.reports.synced();
    this.#options.reports.progress();
  }

  /** Answers what the server has with what it lacks: all work that is not durable is in there. */
  #greet(vector: Uint8Array): void {
    if (!this.#writable) return;
    const work = this.holding;
    this.#batch = [];
    this.#carried = false;
    this.#greeted = true;
    this.#post(protocol.step2(Y.encodeStateAsUpdate(this.#options.document, vector)), work);
    this.#options.reports.progress();
  }

  #durable(count: number): void {
    if (this.#tally.durable(count)) {
      this.#savedAt = new Date();
      this.#watchDurable();
    }
    this.#options.reports.progress();
  }

  #notice(code: protocol.Notice): void {
    if (code === 'log-down') this.#suspended = true;
    // What was sent or missed meanwhile is not known: a new greeting settles both sides.
    if (code === 'log-up' && this.#suspended) {
      this.#drop();
      this.connect();
    }
    if (code === 'read-only') this.stopWriting();
    if (code === 'too-fast') this.#pause = SLOW_BATCH;
    if (code === 'too-large') {
      this.#ended = true;
      this.#leave(1000);
      this.#options.reports.stopped('too-large');
    }
  }

  #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this || !this.#writable) return;
    this.#batch.push(update);
    this.#flushLater();
    this.#options.reports.progress();
  };

  #flushLater(): void {
    this.#flushTimer ??= setTimeout(() => this.#flush(), this.#pause);
  }

  #flush(): void {
    this.#flushTimer = undefined;
    if (!this.#greeted || this.#suspended || this.#batch.length === 0) return;
    const merged = this.#batch.length === 1 ? this.#batch[0]! : Y.mergeUpdates(this.#batch);
    this.#batch = [];
    this.#post(protocol.update(merged), true);
    this.#options.reports.progress();
  }

  #post(message: Uint8Array, work: boolean): void {
    const { document } = this.#options;
    this.#tally.sent(Y.getState(document.store, document.clientID), work);
    this.#send(message);
    this.#watchDurable();
  }

  #watchDurable(): void {
    clearTimeout(this.#durableTimer);
    if (!this.#tally.waits) return;
    // While the log is down, waiting is what we were asked to do.
    this.#durableTimer = setTimeout(() => (this.#suspended ? this.#watchDurable() : this.#drop()), DURABLE_WITHIN);
  }

  #onAwareness = (changes: { added: number[]; updated: number[]; removed: number[] }, origin: unknown): void => {
    const mine = this.#options.awareness.clientID;
    const changed = [...changes.added, ...changes.updated, ...changes.removed];
    if (origin !== this && changed.includes(mine)) this.#sendAwareness();
  };

  /** Only where the caret is: who somebody is, the server says. */
  #sendAwareness(): void {
    const { awareness } = this.#options;
    const state = awareness.getLocalState();
    const told = state ? new Map([[awareness.clientID, { cursor: state.cursor ?? null }]]) : new Map();
    this.#send(protocol.awareness(encodeAwarenessUpdate(awareness, [awareness.clientID], told)));
  }

  #send(message: Uint8Array): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(message);
  }

  /** Something was heard: the wait for a sign of life begins again. */
  #listen(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.#probe(), SILENCE);
  }

  #probe(): void {
    clearTimeout(this.#silenceTimer);
    this.#send(protocol.queryAwareness());
    this.#silenceTimer = setTimeout(() => this.#drop(), ANSWER_WITHIN);
  }
}

type Timer = ReturnType<typeof setTimeout> | undefined;
