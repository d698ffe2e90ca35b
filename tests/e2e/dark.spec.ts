// Dark colours, for who asks their browser for them: axe finds nothing, and paper stays light.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { beginSignal, check } from './forms';
import { judge, judgeColours, judgePage } from './judge';
import { EVERT, MARIT, SANNE, SUPERVISION, visit } from './people';

const DARK = { colorScheme: 'dark' } as const;

/** How light the ground of the page is, from 0 to 255. */
async function ground(page: Page): Promise<number> {
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  return Math.max(...(colour.match(/\d+/g) ?? []).slice(0, 3).map(Number));
}

test('dark accessibility: signed out, and the pages of the supervisor', async ({ person, stranger }) => {
  const nobody = await stranger(DARK);
  for (const path of ['/aanmelden', '/privacy', '/cookies', '/regels']) await judgePage(nobody, path);
  expect(await ground(nobody)).toBeLessThan(60);
  const evert = await person(EVERT, DARK);
  await visit(evert, '/toezicht/inzagelog', SUPERVISION);
  await judge(evert, 'the access log');
  await judgePage(evert, '/verwerkingsregister?naam=aanpak&geldig=ja');
});

test('dark accessibility: lists, a form with problems, a case, its plan and what differs in it', async ({ person, quiet }) => {
  test.setTimeout(240_000);
  quiet.intends(404);
  const sanne = await person(SANNE, DARK);
  await judgePage(sanne, '/');
  await beginSignal(sanne);
  await check(sanne);
  await judge(sanne, 'a form with problems');
  await judgePage(sanne, '/nergens');

  const page = await person(MARIT, DARK);
  await visit(page, '/signalen');
  await judge(page, 'signals');
  await page.goto('/');
  await page.getByRole('main').getByRole('link', { name: /^C-/ }).last().click();
  const path = new URL(page.url()).pathname;
  await visit(page, path, /Werken aan casus/);
  await judge(page, 'a case');
  await page.goto(`${path}/plan`);
  await expect(page.getByRole('textbox', { name: 'Plan van aanpak' })).toBeVisible();
  await judgeColours(page, 'a plan');

  await page.goto(`${path}/plan/versies`);
  await page.getByLabel('Naam van de versie').fill('Donker');
  await page.getByRole('button', { name: 'Versie bewaren' }).click();
  await page.goto(`${path}/plan`);
  await page.getByRole('textbox', { name: 'Plan van aanpak' }).locator('section p').first().click();
  await page.keyboard.press('End');
  await page.keyboard.type(' Ook in het donker.');
  await expect(page.locator('.plan-saving')).toHaveAttribute('data-now', 'saved');
  await judgePage(page, `${path}/plan/vergelijken?oud=1&nieuw=nu`);

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.evaluate(() => getComputedStyle(document.querySelector('.plan-section') as Element).backgroundColor)).toBe('rgb(255, 255, 255)');
});
