// A demonstration server of one test worker: a free port, a folder of its own, and on PostgreSQL two databases of its
// own. Ended by its process id, whatever happens.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const READY = /is ready: (http:\/\/localhost:\d+)\//;
const START_LIMIT = 90_000;
const STOP_LIMIT = 10_000;

/** A running demonstration. */
export interface Server {
  url: string;
  /** Ends it at once, as when the machine fails; what it was about to write is not written. */
  kill(): Promise<void>;
  /** Starts it again with the same world at the same address. */
  again(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a demonstration with a new world, on the engine that PLEIN_E2E_ENGINE names; a small one is made faster. */
export async function startServer(worker: number, options = ['--small']): Promise<Server> {
  const program = needed('PLEIN_BIN');
  const folder = mkdtempSync(path.join(tmpdir(), 'plein-e2e-'));
  const databases = process.env.PLEIN_E2E_ENGINE === 'postgres' ? new Databases(worker) : undefined;
  const release = () => {
    databases?.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { PLEIN_DEMO_POSTGRES: _, PLEIN_DEMO_KEYRING_POSTGRES: __, ...inherited } = process.env;
    const env = { ...inherited, ...databases?.create() };
    const start = (port: string) =>
      spawn(program, ['demo', '--port', port, '--data', path.join(folder, 'data'), ...options], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let child = start('0');
    const abandon = () => child.kill('SIGKILL');
    process.once('exit', abandon);
    const url = await ready(child);
    return {
      url,
      async kill() {
        const gone = new Promise(resolve => child.once('exit', resolve));
        child.kill('SIGKILL');
        await gone;
      },
      async again() {
        child = start(new URL(url).port);
        await ready(child);
      },
      async stop() {
        process.off('exit', abandon);
        await end(child);
        release();
      },
    };
  } catch (problem) {
    release();
    throw problem;
  }
}

/** The address, once the world is made; what the server said when it never is. */
function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string) => {
      child.kill('SIGKILL');
      reject(new Error(`plein demo ${why}:\n${said}`));
    };
    const limit = setTimeout(() => fail('was not ready in time'), START_LIMIT);
    const listen = (piece: Buffer) => {
      said += piece;
      const found = READY.exec(said);
      if (found) {
        clearTimeout(limit);
        said = '';
        resolve(found[1]);
      }
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', problem => fail(problem.message));
    child.once('exit', code => {
      clearTimeout(limit);
      fail(`ended by itself (${code})`);
    });
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT);
    child.once('exit', () => {
      clearTimeout(limit);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** The databases for content and ledger, and for the keyring. */
export class Databases {
  private readonly cluster = needed('PLEIN_TEST_POSTGRES');
  private readonly names: string[];

  constructor(worker: number) {
    const name = `plein_e2e_${process.pid}_${worker}_${Date.now()}`;
    this.names = [name, `${name}_keys`];
  }

  create(): NodeJS.ProcessEnv {
    this.names.forEach(name => this.psql(`create database ${name}`));
    const [content, keyring] = this.names.map(name => {
      const url = new URL(this.cluster);
      url.pathname = `/${name}`;
      return url.href;
    });
    return { PLEIN_DEMO_POSTGRES: content, PLEIN_DEMO_KEYRING_POSTGRES: keyring };
  }

  drop(): void {
    this.names.forEach(name => this.psql(`drop database if exists ${name} with (force)`));
  }

  private psql(statement: string): void {
    const options = ['--no-psqlrc', '--quiet', '--set', 'ON_ERROR_STOP=1', '--command', statement, this.cluster];
    const env = { ...process.env, PGOPTIONS: '-c client_min_messages=warning' };
    execFileSync('psql', options, { stdio: ['ignore', 'ignore', 'pipe'], env });
  }
}

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the browser tests by \`cargo xtask test\``);
  return value;
}
