// A municipality's own design tokens: on a light ground and on paper its colours, in the dark Plein's own, everywhere its
// fonts and corners; and a file with anything else in it starts nothing.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as base } from './fixtures';
import { beginSignal, check } from './forms';
import { judge, judgePage } from './judge';
import { SANNE, signIn, visit } from './people';
import { type Server, startServer } from './server';

const OWN = path.join(__dirname, '../data/gemeente.css');

const test = base.extend<object, { own: Server }>({
  own: [
    async ({}, use, worker) => {
      const server = await startServer(worker.workerIndex, ['--small', '--tokens', OWN]);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** What a primary button looks like. */
function button(page: Page): Promise<{ ground: string; corner: string; font: string }> {
  return page.evaluate(() => {
    const style = getComputedStyle(document.querySelector('.utrecht-button--primary-action') as Element);
    return { ground: style.backgroundColor, corner: style.borderStartStartRadius, font: style.fontFamily };
  });
}

test('tokens of a municipality colour the pages, and the dark stays readable', async ({ stranger, own }) => {
  const page = await stranger({ baseURL: own.url });
  await page.goto('/');
  await signIn(page, SANNE);
  await beginSignal(page);
  const light = await button(page);
  expect(light).toMatchObject({ ground: 'rgb(143, 29, 56)', corner: '0px' });
  expect(light.font).toContain('Georgia');
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await button(page);
  expect(dark.ground).not.toBe(light.ground);
  expect(dark).toMatchObject({ corner: '0px', font: light.font });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await button(page)).toEqual(light);
  await page.emulateMedia({ media: null, colorScheme: 'light' });
  await check(page);
  await judge(page, 'with tokens of its own: a form with problems');
  await visit(page, '/signalen');
  await judge(page, 'with tokens of its own: the list of signals');
  await judgePage(page, '/');
});

test('a file that is not tokens alone starts nothing, and is told by its line', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'plein-tokens-'));
  try {
    const file = path.join(folder, 'own.css');
    writeFileSync(file, ':root {\n  --plein-radius: 0;\n  --plein-ground: url(https://elsewhere.invalid/x.png);\n}\n');
    const start = () => {
      const data = path.join(folder, 'data');
      const options = ['demo', '--port', '0', '--data', data, '--tokens', file];
      return execFileSync(process.env.PLEIN_BIN as string, options, { stdio: 'pipe', timeout: 20_000 });
    };
    expect(start).toThrow(/own\.css, line 3: this value asks for another file/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
