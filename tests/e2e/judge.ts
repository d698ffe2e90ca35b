// What every page must be: free of what axe can find, at two widths and in both colour schemes, and never to be scrolled sideways.
import path from 'node:path';
import { type Page, expect } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const SMALLEST = { width: 320, height: 640 };

/** Judges the page as it stands, and reports what is wrong with it. */
export async function judge(page: Page, name: string): Promise<void> {
  for (const size of [DESK, PHONE, SMALLEST]) {
    const where = `${name} at ${size.width} pixels`;
    await page.setViewportSize(size);
    if (size !== SMALLEST) {
      expect.soft(await violations(page), where).toEqual([]);
      await picture(page, where);
    }
    const beyond = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect.soft(beyond, `${where}: pixels beyond the edge`).toBe(0);
  }
  await page.setViewportSize(DESK);
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await page.emulateMedia({ colorScheme: dark ? 'light' : 'dark' });
  expect.soft(await violations(page, ['color-contrast']), `${name} in ${dark ? 'light' : 'dark'} colours`).toEqual([]);
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
}

const GALLERY = process.env.PLEIN_GALLERY;

/** A picture of the page for the gallery, when there is to be one. */
async function picture(page: Page, name: string): Promise<void> {
  if (!GALLERY) return;
  const file = `${name.replace(ID, '').replace(/[^\w]+/g, '-').slice(0, 120)}.png`;
  await page.screenshot({ path: path.join(GALLERY, file), fullPage: true });
}

/** Judges the colours alone: what is written stands out from what is behind it. */
export async function judgeColours(page: Page, name: string): Promise<void> {
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    expect.soft(await violations(page, ['color-contrast']), `${name} at ${size.width} pixels`).toEqual([]);
  }
  await page.setViewportSize(DESK);
}

/** What axe finds, each with the first few places. It is put into a page once; what it leaves out it need not work out. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(async rules => {
    const options: RunOptions = { resultTypes: ['violations'], elementRef: false, iframes: false };
    if (rules) options.runOnly = { type: 'rule', values: rules };
    return (await (window as unknown as { axe: typeof axe }).axe.run(document, options)).violations;
  }, rules);
  return found.map(one => {
    const places = one.nodes.slice(0, 5).map(node => node.target.join(' '));
    return `${one.id}: ${one.help}; ${places.join(' | ')}`;
  });
}

/** Opens the page and judges it. */
export async function judgePage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await judge(page, `${path} (${await page.title()})`);
}

/** From now on this browser is answered in this language. */
export async function speak(page: Page, lang: string): Promise<void> {
  await page.context().addCookies([{ name: '__Host-plein-taal', value: lang, domain: new URL(page.url()).hostname, path: '/', secure: true }]);
}

/** Opens the page in each language and judges it. */
export async function judgeInBoth(page: Page, path = new URL(page.url()).pathname): Promise<void> {
  for (const lang of ['en', 'nl']) {
    await speak(page, lang);
    await judgePage(page, path);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
  }
}
