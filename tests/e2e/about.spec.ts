// The pages about Plein itself: for everybody, in both languages; and the cookies are those that the page tells.
import { expect, test } from './fixtures';
import { judgeInBoth } from './judge';
import { SANNE } from './people';

const PAGES = ['/hulp', '/privacy', '/toegankelijkheid', '/cookies', '/regels'];

test('accessibility of the pages about Plein, without signing in', async ({ stranger }) => {
  const page = await stranger();
  await page.goto('/aanmelden');
  for (const path of PAGES) await judgeInBoth(page, path);
});

test('they are found at the foot of the sign-in page and keep the language that was chosen', async ({ stranger }) => {
  const page = await stranger();
  await page.goto('/aanmelden');
  const foot = page.getByRole('contentinfo').getByRole('navigation', { name: 'Over Plein' });
  await expect(foot.getByRole('link')).toHaveText(['Hulp', 'Privacyverklaring', 'Toegankelijkheidsverklaring', 'Cookies', 'Wie mag wat']);
  await foot.getByRole('link', { name: 'Cookies' }).click();
  expect(await page.context().cookies()).toEqual([]);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page).toHaveURL(/\/cookies$/);
  await expect(page.getByRole('cell', { name: '365 days' })).toBeVisible();
});

test('no cookies are set but those that the page tells', async ({ person }) => {
  const page = await person(SANNE);
  await page.getByRole('button', { name: 'English' }).click();
  await page.goto('/cookies');
  const told = await page.getByRole('rowheader').allInnerTexts();
  const set = (await page.context().cookies()).map(cookie => cookie.name);
  expect(set.sort()).toEqual(told.map(name => name.trim()).sort());
});
