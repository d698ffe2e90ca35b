// The source of the pages that the tests were shown: kept while they run, and judged by the Nu Html Checker when all are done.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContext, Response } from '@playwright/test';

const FOLDER = `${process.env.PLEIN_E2E_RESULTS ?? path.join(__dirname, '../../test-results')}-html`;
const CHECKER = path.join(__dirname, '../../node_modules/vnu-jar/build/dist/vnu.jar');
/** Pages that differ in what was typed alone are one: of each, this many. */
const OF_EACH = 2;
const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
/** What Leptos writes between texts, for its own use; the only thing that is not held against a page. */
const MARKER = /<!>/g;

/** A guess by the checker: signals and processings are in Dutch whatever language the page around them has. */
const GUESS = /^This document appears to be written in Dutch/;

const kept = new Map<string, number>();

/** Keeps the pages that this browser is shown; of one that is shown others' pages too, those of this address. */
export function keepPages(context: BrowserContext, ours = ''): void {
  context.on('response', response => {
    if (response.url().startsWith(ours)) void keep(response).catch(() => undefined);
  });
}

async function keep(response: Response): Promise<void> {
  const request = response.request();
  if (!request.isNavigationRequest() || !(response.headers()['content-type'] ?? '').startsWith('text/html')) return;
  // A page that was left at once has no body any more.
  const text = await response.text();
  const lang = /<html lang="(\w+)"/.exec(text)?.[1];
  const title = /<title>(.{0,40})/.exec(text)?.[1];
  const which = `${lang} ${response.status()} ${new URL(response.url()).pathname.replace(ID, 'id')} ${title}`;
  const number = (kept.get(which) ?? 0) + 1;
  kept.set(which, number);
  if (number > OF_EACH) return;
  fs.mkdirSync(FOLDER, { recursive: true });
  const file = `${which} ${number}`.replace(/[^\w]+/g, '-');
  fs.writeFileSync(path.join(FOLDER, `${file}.html`), text.replace(MARKER, ''));
}

interface Message {
  type: string;
  subType?: string;
  url: string;
  lastLine: number;
  message: string;
  extract?: string;
}

/** Before the first test: nothing is kept yet. */
export default async function setUp(): Promise<() => Promise<void>> {
  fs.rmSync(FOLDER, { recursive: true, force: true });
  return judge;
}

/** After the last: what is wrong with the pages fails the run. */
async function judge(): Promise<void> {
  if (!fs.existsSync(FOLDER)) return;
  const options = ['-jar', CHECKER, '--skip-non-html', '--format', 'json', '--exit-zero-always', FOLDER];
  const run = promisify(execFile);
  const { stderr } = await run('java', options, { maxBuffer: 256 * 1024 * 1024 }).catch(error => {
    if (error.code === 'ENOENT') throw new Error('the HTML checker needs Java: install default-jre-headless');
    throw error;
  });
  const { messages } = JSON.parse(stderr) as { messages: Message[] };
  const counts = (one: Message) => one.type === 'error' || one.subType === 'warning';
  const wrong = messages.filter(one => counts(one) && !GUESS.test(one.message));
  const told = wrong.map(one => `${path.basename(one.url)}:${one.lastLine}: ${one.message}\n    ${one.extract ?? ''}`);
  const pages = fs.readdirSync(FOLDER).length;
  console.log(`HTML checker: ${pages} pages, ${wrong.length} complaints`);
  if (told.length > 0) throw new Error(`the HTML checker complains:\n${[...new Set(told)].slice(0, 40).join('\n')}`);
}
