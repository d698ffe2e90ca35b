// A processing register is taken in: given, its columns chosen, its rows checked, confirmed, and its version shown.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { judge, judgeInBoth } from './judge';
import { MIRJAM, SANNE } from './people';

const HEAD = 'Register van verwerkingen;;;;;;;;\r\nHoofdproces;Onderliggend proces;Naam verwerking;Doel van de verwerking;Grondslag;'
  + 'Toelichting grondslag;Bijzondere persoonsgegevens;Bewaartermijn;Ontvangers\r\n';

/** A register in which one entry of the demo has these recipients; nothing else of it changes. */
const register = (recipients: string) => ({
  name: 'register.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    `${HEAD}Openbare orde en veiligheid;Openbare orde;Handhaving openbare orde;Meldingen over verstoring van de openbare orde beoordelen en `
    + `maatregelen van de burgemeester voorbereiden.;6.1.e;Gemeentewet, artikel 172 en 174a;strafrechtelijk;60 maanden;${recipients}\r\n`
    + 'Openbare orde en veiligheid;;=Camera;Kijken;6.1.f;Gemeentewet;nee;;\r\n', 'latin1'),
});

async function give(page: Page, recipients: string): Promise<void> {
  await page.goto('/verwerkingsregister');
  await page.getByRole('link', { name: 'Register inlezen' }).click();
  await page.getByLabel('Bestand (XLSX of CSV)').setInputFiles(register(recipients));
  await page.getByRole('button', { name: 'Bestand lezen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kolommen kiezen');
}

for (const javaScriptEnabled of [true, false]) {
  test(`a register becomes a version, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person, quiet }) => {
    quiet.intends(422);
    const page = await person(MIRJAM, { javaScriptEnabled });
    const recipients = `Politie, ${javaScriptEnabled ? 'met' : 'zonder'} afspraak`;
    await page.goto('/verwerkingsregister/inlezen');
    await page.getByRole('button', { name: 'Bestand lezen' }).click();
    await expect(page.getByRole('alert')).toContainText('Kies eerst een bestand');

    await give(page, recipients);
    await page.getByLabel(/^Bewaartermijn/).selectOption('');
    await page.getByRole('button', { name: 'Regels beoordelen' }).click();
    await expect(page.getByRole('alert')).toContainText('Kies bij welke kolom dit staat: Bewaartermijn');
    await page.getByLabel(/^Bewaartermijn/).selectOption('Bewaartermijn');
    await page.getByRole('button', { name: 'Regels beoordelen' }).click();

    const main = page.getByRole('main');
    await expect(main).toContainText('Gewijzigd: 1.');
    await expect(page.getByRole('article').filter({ hasText: '=Camera' })).toContainText('Gerechtvaardigd belang');
    await expect(page.getByRole('article').filter({ hasText: 'Handhaving openbare orde' })).toContainText(recipients);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /CSV-bestand$/ }).click()]);
    expect(file.suggestedFilename()).toBe('oordeel-verwerkingsregister.csv');
    // An end without a day: told, and the tick stays.
    const end = page.getByRole('checkbox', { name: /^Eindigen: Eigen onderzoek Wet Bibob/ });
    await end.check();
    await page.getByRole('button', { name: 'Alleen inlezen wat kan, als nieuwe versie' }).click();
    await expect(page.getByRole('alert')).toContainText('Laatste dag');
    await expect(end).toBeChecked();
    await end.uncheck();
    await page.getByRole('button', { name: 'Alleen inlezen wat kan, als nieuwe versie' }).click();
    await expect(page.getByRole('status')).toHaveText('Dit is nu het register.');
    await expect(main).toContainText('0 nieuw, 1 gewijzigd, 0 beëindigd, 0 hetzelfde, 1 niet ingelezen');

    const reader = await person(SANNE, { javaScriptEnabled });
    await reader.goto('/verwerkingsregister?naam=handhaving+openbare');
    await expect(reader.getByText(/^Versie \d+ van /)).toBeVisible();
    await expect(reader.getByRole('link', { name: 'Register inlezen' })).toHaveCount(0);
    await reader.getByRole('link', { name: 'Alle versies' }).click();
    await reader.getByRole('link', { name: /^Versie / }).first().click();
    await expect(reader.getByRole('main')).toContainText(recipients);
    await expect(reader.getByRole('main')).not.toContainText('register.csv');
  });
}

test('accessibility of taking in a register, step by step', async ({ person, quiet }) => {
  quiet.intends(422);
  const page = await person(MIRJAM);
  await page.goto('/verwerkingsregister/inlezen');
  await judge(page, 'giving a register');
  await page.getByRole('button', { name: 'Bestand lezen' }).click();
  await judge(page, 'no file given');
  await give(page, 'Niemand');
  await judge(page, 'choosing columns of a register');
  await page.getByRole('button', { name: 'Regels beoordelen' }).click();
  await page.getByRole('main').locator('details').evaluateAll(all => all.forEach(one => ((one as HTMLDetailsElement).open = true)));
  await judge(page, 'judged rows of a register');
  await page.getByRole('checkbox', { name: /^Eindigen: / }).first().check();
  await page.getByRole('button', { name: /als nieuwe versie$/ }).click();
  await judge(page, 'a register with a wrong answer');
  const proposal = new URL(page.url()).pathname;
  await page.goto('/verwerkingsregister/inlezen');
  await page.getByRole('link', { name: /^Bestand weggooien/ }).first().click();
  await judge(page, 'throwing a register away');
  await page.goto(proposal);
  await page.getByRole('checkbox', { name: /^Eindigen: / }).first().uncheck();
  await page.getByRole('button', { name: /als nieuwe versie$/ }).click();
  await expect(page).toHaveURL(/\/versies\/\d+\?/);
  for (const path of ['/verwerkingsregister/versies', new URL(page.url()).pathname]) await judgeInBoth(page, path);
});
