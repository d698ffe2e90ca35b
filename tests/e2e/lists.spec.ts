// The lists: narrowed by form and keyboard, each filter taken away, a view kept and removed; printed and judged.
import { expect, test } from './fixtures';
import { judge, judgeInBoth, judgePage, speak } from './judge';
import { unique } from './invented';
import { JOOST, MARIT, SANNE, visit } from './people';

for (const javaScriptEnabled of [true, false]) {
  test(`a list is narrowed, kept as a view and found back, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person, quiet }) => {
    quiet.intends(422);
    const page = await person(MARIT, { javaScriptEnabled });
    await visit(page, '/signalen');
    const rows = page.getByRole('table').getByRole('row');
    const all = await rows.count();
    const fold = page.locator('.list-filters summary');
    await fold.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Status').selectOption('Ontvangen');
    await page.getByLabel('Afdeling').selectOption('Vergunningen');
    await page.getByLabel('Periode van').fill('1-1-2020');
    await page.getByLabel('Volgorde', { exact: true }).selectOption('Laatst gewijzigd eerst');
    await page.getByLabel('Periode van').press('Enter');
    await expect(page).toHaveURL(/status=received&afdeling=.*&van=1-1-2020.*&volgorde=changed/);
    await expect(page.getByRole('columnheader', { name: 'Gewijzigd' })).toBeVisible();
    expect(await rows.count()).toBeLessThan(all);
    for (const row of (await rows.all()).slice(1)) await expect(row).toContainText('Vergunningen');

    const name = unique('Lang wachtend');
    await page.locator('.keep-view summary').click();
    await page.getByLabel('Naam van de weergave').fill('');
    await page.getByRole('button', { name: 'Bewaren' }).click();
    await expect(page).toHaveTitle(/^Fout: Deze weergave bewaren/);
    await page.getByLabel('Naam van de weergave').fill(name);
    await page.getByRole('button', { name: 'Bewaren' }).click();
    await expect(page.getByRole('status').first()).toContainText('De weergave is bewaard');
    await page.getByRole('link', { name: 'Filter weghalen: Afdeling: Vergunningen' }).click();
    await expect(page.getByRole('link', { name: /^Filter weghalen/ })).toHaveCount(2);
    await page.getByRole('link', { name: 'Alle filters weghalen' }).click();
    await expect(page).toHaveURL(/\/signalen\?volgorde=changed$/);
    const kept = page.getByRole('navigation', { name: 'Bewaarde weergaven' });
    await kept.getByRole('link', { name }).click();
    await expect(page.getByRole('link', { name: /^Filter weghalen/ })).toHaveCount(3);
    await expect(kept.getByRole('link', { name })).toHaveAttribute('aria-current', 'true');

    await kept.getByRole('link', { name: 'Weergaven beheren' }).click();
    await page.getByRole('link', { name: `Andere naam geven aan ${name}` }).click();
    await page.getByLabel('Naam van de weergave').fill(`${name} beter`);
    await page.getByRole('button', { name: 'Andere naam geven' }).click();
    await page.getByRole('button', { name: `${name} beter weghalen` }).click();
    await expect(page.getByRole('main')).toContainText('De weergave is weggehaald');
    await expect(page.getByRole('main')).not.toContainText(name);
  });
}

test('nonsense is told, what fits nothing offers each filter, and paper shows the list', async ({ person }) => {
  const page = await person(SANNE);
  await visit(page, '/signalen');
  await page.goto('/signalen?status=weg&van=gisteren&tot=1-1-2020&na=zomaar');
  const main = page.getByRole('main');
  await expect(main).toContainText('Niet gebruikt, omdat de waarde niet klopt: Status, Periode van.');
  await expect(main).toContainText('Deze pagina van de lijst bestaat niet');
  await expect(page.getByLabel('Periode van')).toHaveValue('gisteren');
  await main.getByRole('link', { name: 'Zonder Periode tot en met: 1 januari 2020' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await page.goto('/signalen?status=received');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('table')).toBeVisible();
  await expect(main).toContainText('Status: Ontvangen');
  for (const tool of ['.list-filters', '.keep-view']) await expect(page.locator(tool)).toBeHidden();
});

test('accessibility of the lists: narrowed, unfolded, with nothing found, and of the views', async ({ person }) => {
  test.setTimeout(120_000);
  const page = await person(JOOST);
  await visit(page, '/signalen');
  for (const lang of ['en', 'nl']) {
    await speak(page, lang);
    await page.goto('/signalen?status=received&van=1-1-2020&volgorde=oldest&status=x');
    await page.getByRole('main').locator('details').evaluateAll(all => all.forEach(one => ((one as HTMLDetailsElement).open = true)));
    await judge(page, `the list, unfolded, ${lang}`);
    await judgePage(page, '/signalen?tot=2020-01-01&status=weg&afdeling=x&eigen=ja');
    await judgePage(page, '/casussen?status=adopted&eigen=ja&tot=2020-01-01');
  }
  await page.goto('/signalen?status=received');
  await page.locator('.keep-view summary').click();
  await page.locator('#name').fill(`${'w'.repeat(59)}x`);
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await judge(page, 'the list with a view');
  await judgeInBoth(page, '/weergaven');
  await page.getByRole('link', { name: /^Andere naam geven/ }).click();
  await judge(page, 'renaming a view');
});
