// Every page, in both languages and at two widths: axe finds nothing, and nothing must be scrolled sideways.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { aSignal, beginSignal, check, field, logSignal, typeSignal } from './forms';
import { bsn, swapped } from './invented';
import { EVERT, KEES, MARIT, PETRA, SANNE, SUPERVISION, visit } from './people';
import { problems } from './problems';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const SMALLEST = { width: 320, height: 640 };

/** Judges the page as it stands, and reports what is wrong with it. */
async function judge(page: Page, name: string): Promise<void> {
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    const { violations } = await new AxeBuilder({ page }).analyze();
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
async function judgePage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await judge(page, `${path} (${await page.title()})`);
}

for (const lang of ['nl', 'en']) {
  test.describe(`in ${lang}`, () => {
    // Some pages are judged by their addresses, which are found while the page is Dutch.
    const speak = async (page: Page) => {
      const cookie = { name: 'plein-taal', value: lang, url: new URL(page.url()).origin, secure: true };
      await page.context().addCookies([cookie]);
    };

    test('signed out', async ({ stranger, quiet }) => {
      quiet.intends(401, 404);
      const page = await stranger();
      await page.goto('/aanmelden');
      await speak(page);
      await judgePage(page, '/aanmelden');
      await page.goto('/aanmelden?gelukt=signed-out');
      await judge(page, 'just signed out');
    });

    test('what a member sees', async ({ person, quiet }) => {
      quiet.intends(404);
      const page = await person(SANNE);
      await speak(page);
      await page.goto('/signalen');
      await judge(page, 'the prompt with one purpose');
      await visit(page, '/signalen', /./);
      for (const path of ['/', '/signalen', '/signalen?pagina=9', '/casussen', '/mijn-inzagen', '/nergens']) await judgePage(page, path);
      await page.goto('/signalen');
      await page.getByRole('table').getByRole('link').first().click();
      await judge(page, 'a signal');
      await judgePage(page, `${new URL(page.url()).pathname}/inzagen`);
    });

    test('what a coordinator sees', async ({ person }) => {
      test.setTimeout(180_000);
      const page = await person(MARIT);
      await speak(page);
      await visit(page, '/casussen', /intake/);
      for (const path of ['/', '/signalen', '/casussen']) await judgePage(page, path);
      await page.goto('/casussen');
      await page.getByRole('main').getByRole('link', { name: /^C-/ }).last().click();
      await judge(page, 'the prompt for a case');
      const path = new URL(page.url()).pathname;
      await visit(page, path, /./);
      await page.getByRole('main').locator('details').evaluateAll(all => all.forEach(one => ((one as HTMLDetailsElement).open = true)));
      await judge(page, 'a case, unfolded');
      for (const below of ['/inzagen', '/koppelen']) await judgePage(page, path + below);
    });

    test('what the supervisor and the administrator see', async ({ person }) => {
      const evert = await person(EVERT);
      await speak(evert);
      await judgePage(evert, '/');
      await visit(evert, '/toezicht/inzagelog', lang === 'nl' ? SUPERVISION : /./);
      await judgePage(evert, '/toezicht/inzagelog?soort=opened');
      const petra = await person(PETRA);
      await speak(petra);
      await judgePage(petra, '/');
      await judgePage(petra, '/signalen');
    });
  });
}
