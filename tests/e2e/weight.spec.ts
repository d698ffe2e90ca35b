// How much a first visit transfers, compressed, with nothing in the browser's cache.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { beginSignal } from './forms';
import { KEES, MARIT, visit } from './people';

const LIMIT = 200_000;

test('the first load of a page transfers at most 200 kB', async ({ person }) => {
  const kees = await person(KEES);
  await beginSignal(kees);
  const form = new URL(kees.url()).pathname;
  await visit(kees, '/signalen');
  const marit = await person(MARIT);
  const figures: [string, number][] = [];
  for (const [page, path] of [[kees, form], [kees, '/signalen'], [kees, '/'], [marit, '/']] as const) {
    const bytes = await firstLoad(page, path);
    figures.push([path === form ? 'a form with its islands' : path, bytes]);
    expect(bytes, path).toBeLessThanOrEqual(LIMIT);
  }
  for (const [path, bytes] of figures) {
    console.log(`first load of ${path}: ${(bytes / 1000).toFixed(1)} kB`);
    test.info().annotations.push({ type: 'first load', description: `${path}: ${bytes} bytes` });
  }
});

/** The bytes on the wire, headers included, until nothing is loaded any more. */
async function firstLoad(page: Page, path: string): Promise<number> {
  const wire = await page.context().newCDPSession(page);
  let bytes = 0;
  wire.on('Network.loadingFinished', event => (bytes += event.encodedDataLength));
  await wire.send('Network.enable');
  await wire.send('Network.clearBrowserCache');
  await page.goto(path, { waitUntil: 'networkidle' });
  await wire.detach();
  return bytes;
}
