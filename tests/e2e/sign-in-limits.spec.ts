// A session that is about to end says so first, and can be kept. Its limits are as short as a configuration takes them.
import { judge } from './judge';
import { expect, signedIn, test } from './town';

test.use({ sessions: 'idle_minutes = 2\nlongest_hours = 1' });

const BAR = '#session-end';

test('who does nothing is told a minute before, stays by a key, and is told when it is over', async ({ browser, town }) => {
  test.setTimeout(300_000);
  const page = await signedIn(browser, town, 'Anna+LIP-Vergunningen');
  await page.goto('/mijn-inzagen');
  const bar = page.locator(BAR);
  await expect(bar).toBeHidden();
  await expect(bar).toBeVisible({ timeout: 90_000 });
  await expect(bar.getByRole('alert')).toContainText(/^U wordt om \d\d:\d\d afgemeld, omdat u niets meer doet/);
  await judge(page, 'a session that is about to end');
  // By keyboard: the focus comes back to where it was.
  const link = page.getByRole('link', { name: 'Mijn werk' }).first();
  await link.focus();
  const stay = bar.getByRole('button', { name: 'Blijf aangemeld' });
  for (let tabs = 0; tabs < 8 && !(await stay.evaluate(one => one === document.activeElement)); tabs += 1) await page.keyboard.press('Shift+Tab');
  await expect(stay).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(bar.getByRole('alert')).toContainText(/^U blijft aangemeld/);
  await expect(stay).toBeHidden();
  const left = await page.evaluate(() => fetch('/aanmelden/resterend').then(answer => answer.json()));
  expect(left.idle).toBeGreaterThan(100);
  await expect(bar).toBeHidden({ timeout: 20_000 });

  // Signed out in another window: this one says so as soon as it is looked at.
  const other = await page.context().newPage();
  await other.goto('/');
  await other.getByRole('button', { name: 'Afmelden' }).click();
  await expect(other).not.toHaveURL(`${town.url}/`);
  const told = await page.evaluate(() => fetch('/aanmelden/resterend').then(answer => answer.json()));
  expect(told).toBeNull();
  await expect(bar.getByRole('alert')).toContainText(/^U bent sinds \d\d:\d\d niet meer aangemeld/, { timeout: 90_000 });
  await expect(bar.getByRole('link', { name: /^Aanmelden/ })).toHaveAttribute('target', '_blank');
  await page.context().close();
});
