// The help: found from every page, read without signing in and without JavaScript, with a picture that is really there.
import { expect, test } from './fixtures';
import { judge, speak } from './judge';
import { SANNE } from './people';

const TASKS = 12;

for (const lang of ['nl', 'en']) {
  test(`accessibility of the help with every task, in ${lang}`, async ({ stranger }) => {
    test.setTimeout(240_000);
    const page = await stranger();
    await page.goto('/hulp');
    await speak(page, lang);
    await page.goto('/hulp');
    await judge(page, `the help in ${lang}`);
    const links = page.getByRole('main').locator('.help-index').getByRole('link');
    await expect(links).toHaveCount(TASKS);
    const titles = new Set<string>();
    for (let at = 0; at < TASKS; at += 1) {
      const name = await links.nth(at).innerText();
      await links.nth(at).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
      titles.add(await page.title());
      const picture = page.getByRole('main').getByRole('img');
      await picture.scrollIntoViewIfNeeded();
      const size = async () => picture.evaluate((one: HTMLImageElement) => [one.naturalWidth, one.naturalHeight]);
      const told = await picture.evaluate((one: HTMLImageElement) => ['width', 'height'].map(side => Number(one.getAttribute(side))));
      await expect.poll(size, `the picture of ${name} came, and is as large as was told`).toEqual(told);
      expect(await picture.getAttribute('src')).toContain(`.${lang}.`);
      await judge(page, `${name} in ${lang}`);
      await page.goto('/hulp');
    }
    expect(titles.size, 'every page has a title of its own').toBe(TASKS);
  });
}

test('help is found on every page, and read without JavaScript and by keyboard', async ({ person, stranger }) => {
  const page = await person(SANNE, { javaScriptEnabled: false });
  await page.getByRole('contentinfo').getByRole('link', { name: 'Hulp', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('main').getByRole('link', { name: 'Een signaal vastleggen' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: 'Signaal vastleggen' })).toBeVisible();
  await page.getByRole('link', { name: 'Naar Signalen' }).click();
  await expect(page).toHaveURL(/\/signalen$/);

  // Whoever is not signed in reads it too, and is asked to sign in where it leads.
  const nobody = await stranger({ javaScriptEnabled: false });
  await nobody.goto('/hulp/casus-openen');
  await nobody.getByRole('link', { name: 'Naar Casussen' }).click();
  await expect(nobody).toHaveURL(/\/aanmelden\?naar=\/casussen$/);
});
