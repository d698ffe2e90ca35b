// Dutch and English: both ways, remembered, and told to the browser.
import { expect, test } from './fixtures';
import { MARIT, SANNE, visit } from './people';

for (const javaScriptEnabled of [true, false]) {
  test(`the language changes both ways, on the same page, and is remembered, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person }) => {
    const page = await person(SANNE, { javaScriptEnabled });
    await visit(page, '/signalen');
    await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
    await expect(page).toHaveTitle('Signalen – Lokaal Informatie Plein Gemeente Lierveen');
    const toEnglish = page.getByRole('button', { name: 'English' });
    await expect(toEnglish).toHaveAttribute('lang', 'en');
    await toEnglish.click();

    await expect(page).toHaveURL(/\/signalen$/);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page).toHaveTitle('Signals – Lokaal Informatie Plein Gemeente Lierveen');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Signals');
    await page.goto('/mijn-inzagen');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('My viewings');

    await page.getByRole('button', { name: 'Nederlands' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
    await expect(page).toHaveTitle(/^Mijn inzagen – /);
  });
}

test('the browser’s own language is followed until somebody chooses', async ({ stranger }) => {
  for (const [locale, lang] of [['en-GB', 'en'], ['nl-BE', 'nl'], ['fr-FR', 'nl']]) {
    const page = await stranger({ locale });
    await page.goto('/aanmelden');
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
  }
});

test('every page of the menu has a title of its own', async ({ person }) => {
  const page = await person(MARIT);
  const titles = new Set<string>();
  for (const path of ['/', '/signalen', '/casussen', '/mijn-inzagen']) {
    await visit(page, path);
    const heading = await page.getByRole('heading', { level: 1 }).innerText();
    await expect(page).toHaveTitle(`${heading} – Lokaal Informatie Plein Gemeente Lierveen`);
    titles.add(await page.title());
  }
  expect(titles.size).toBe(4);
});
