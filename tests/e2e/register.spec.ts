// The processing register: searched by its three names, by keyboard and without JavaScript.
import { expect, test } from './fixtures';
import { judge, judgeInBoth } from './judge';
import { EVERT, SANNE } from './people';

for (const javaScriptEnabled of [true, false]) {
  test(`the register is searched and each filter taken away, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person }) => {
    const page = await person(SANNE, { javaScriptEnabled });
    await page.getByRole('contentinfo').getByRole('link', { name: 'Verwerkingsregister' }).click();
    await expect(page.getByText('17 verwerkingen')).toBeVisible();
    const entries = page.getByRole('article');
    await expect(entries).toHaveCount(17);

    await page.getByLabel('Naam verwerking').fill('INTEGRÁLE');
    await page.getByLabel('Geldig vandaag').selectOption('Niet geldig');
    await page.getByLabel('Naam verwerking').press('Enter');
    await expect(entries.filter({ hasText: 'Integrale aanpak zorgfraude' })).toContainText('Nog niet geldig');
    await expect(entries.filter({ hasText: 'Niet meer geldig' })).toHaveCount(1);

    await page.getByRole('link', { name: 'Filter weghalen: Geldig vandaag: Niet geldig' }).click();
    await expect(page.getByLabel('Naam verwerking')).toHaveValue('INTEGRÁLE');
    await expect(page.getByRole('link', { name: /^Filter weghalen/ })).toHaveCount(1);
    const first = entries.first();
    await first.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect(first.getByText('Bewaartermijn', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: /^Filter weghalen/ }).click();
    await expect(entries).toHaveCount(17);

    await page.getByLabel('Hoofdproces').fill('<b>%" onfocus=');
    await page.getByRole('button', { name: 'Zoeken' }).click();
    await expect(page.getByRole('main')).toContainText('Geen verwerking past');
  });
}

test('accessibility of the register: whole, searched, and with nothing found', async ({ person }) => {
  const page = await person(EVERT);
  await page.goto('/verwerkingsregister');
  await page.getByRole('main').locator('details').evaluateAll(all => all.forEach(one => ((one as HTMLDetailsElement).open = true)));
  await judge(page, 'the register, unfolded');
  for (const query of ['', '?naam=aanpak&geldig=ja', `?naam=${'w'.repeat(100)}`]) await judgeInBoth(page, `/verwerkingsregister${query}`);
});
