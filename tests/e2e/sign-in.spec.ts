// Signing in and out at a certified issuer, in a real browser.
import { judge, judgeInBoth } from './judge';
import { expect, newPage, signInAtIssuer, test } from './town';

test('somebody signs in at the issuer, comes where they wanted to be, and signs out at both', async ({ browser, town }) => {
  const page = await newPage(browser, town);
  await page.goto('/signalen?volgorde=changed');
  await expect(page).toHaveURL(/\/aanmelden\?naar=/);
  await page.getByRole('link', { name: 'Aanmelden met uw werkaccount' }).click();
  await signInAtIssuer(page, 'Anna+LIP-Vergunningen');
  // A purpose is asked for first; the address is the one that was wanted.
  await expect(page).toHaveURL(`${town.url}/signalen?volgorde=changed`);
  await expect(page.getByText('Anna', { exact: true })).toBeVisible();
  const cookies = (await page.context().cookies(town.url)).filter(cookie => cookie.domain === 'localhost' && cookie.name.startsWith('__Host-plein'));
  expect(cookies.map(cookie => [cookie.name, cookie.httpOnly, cookie.secure])).toEqual([['__Host-plein', true, true]]);

  await page.getByRole('button', { name: 'Afmelden' }).click();
  // Without a hint of who it is, the issuer asks.
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await expect(page).toHaveURL(`${town.url}/aanmelden/afgemeld`);
  await expect(page.getByRole('heading', { name: 'U bent afgemeld' })).toBeVisible();
  await page.goto('/signalen');
  await expect(page).toHaveURL(/\/aanmelden\?naar=/);
  await page.context().close();
});

test('who signs out at the issuer alone is signed out here by its word', async ({ browser, town }) => {
  const page = await newPage(browser, town);
  await page.goto('/aanmelden');
  await page.getByRole('link', { name: 'Aanmelden met uw werkaccount' }).click();
  await signInAtIssuer(page, 'Bram+LIP-Vergunningen');
  await expect(page).toHaveURL(`${town.url}/`);
  await page.goto(`${town.issuer}/session/end`);
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await expect(page).toHaveURL(`${town.issuer}/session/end/success`);
  await page.goto(`${town.url}/`);
  await expect(page).toHaveURL(/\/aanmelden/);
  await page.context().close();
});

test('whom no group lets in is told that they wait', async ({ browser, town }) => {
  const page = await newPage(browser, town);
  await page.goto('/aanmelden');
  await page.getByRole('link', { name: 'Aanmelden met uw werkaccount' }).click();
  await signInAtIssuer(page, 'Dirk+Kantine');
  await expect(page.getByRole('heading', { name: 'U hebt nog geen toegang' })).toBeVisible();
  await page.goto('/');
  await expect(page).toHaveURL(/\/aanmelden/);
  await page.context().close();
});

test('the pages of signing in and out are free of what axe finds, by keyboard too', async ({ browser, town }) => {
  test.slow();
  const page = await newPage(browser, town);
  await page.goto('/aanmelden');
  await judgeInBoth(page, '/aanmelden');
  await judgeInBoth(page, '/aanmelden/afgemeld');
  // Nobody began this here, or another window did.
  await judgeInBoth(page, '/aanmelden/terug?state=nobody');
  await expect(page.getByRole('main').getByRole('link').first()).toHaveAttribute('href', /^\/aanmelden/);
  await page.goto('/aanmelden');
  const button = page.getByRole('link', { name: 'Aanmelden met uw werkaccount' });
  for (let tabs = 0; tabs < 12 && !(await button.evaluate(one => one === document.activeElement)); tabs += 1) await page.keyboard.press('Tab');
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await signInAtIssuer(page, 'Dirk+Kantine');
  await expect(page.getByRole('heading', { name: 'U hebt nog geen toegang' })).toBeVisible();
  await judge(page, 'who waits for access');
  await page.context().close();
});
