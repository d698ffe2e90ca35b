// What every page must be: free of what axe can find, at two widths, and never to be scrolled sideways.
import AxeBuilder from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const SMALLEST = { width: 320, height: 640 };

/** Judges the page as it stands, and reports what is wrong with it. */
export async function judge(page: Page, name: string): Promise<void> {
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).analyze();
    const found = violations.map(one => `${one.id}: ${one.help}; ${one.nodes.map(node => node.target.join(' ')).slice(0, 5).join(' | ')}`);
    expect.soft(found, `${name} at ${size.width}`).toEqual([]);
  }
  for (const size of [PHONE, SMALLEST]) {
    await page.setViewportSize(size);
    const beyond = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect.soft(beyond, `${name}: pixels beyond the edge at ${size.width}`).toBe(0);
  }
  await page.setViewportSize(DESK);
}

/** Opens the page and judges it. */
export async function judgePage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await judge(page, `${path} (${await page.title()})`);
}

/** From now on this browser is answered in this language. */
export async function speak(page: Page, lang: string): Promise<void> {
  await page.context().addCookies([{ name: 'plein-taal', value: lang, url: new URL(page.url()).origin, secure: true }]);
}

/** Opens the page in each language and judges it. */
export async function judgeInBoth(page: Page, path = new URL(page.url()).pathname): Promise<void> {
  for (const lang of ['en', 'nl']) {
    await speak(page, lang);
    await judgePage(page, path);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
  }
}
