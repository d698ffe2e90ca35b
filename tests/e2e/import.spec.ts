// A list that was kept by hand: given, its columns chosen, its rows judged, put right and taken in, and the report.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { judgeRows, list } from './imports';
import { judge } from './judge';
import { INTAKE, KEES, MARIT, SANNE, visit } from './people';

/** Gives a list and chooses what its columns do not say. */
async function give(page: Page, file: ReturnType<typeof list>): Promise<void> {
  await visit(page, '/signalen/inlezen', INTAKE);
  await page.getByLabel('Bestand (XLSX of CSV)').setInputFiles(file);
  await page.getByRole('button', { name: 'Bestand lezen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kolommen kiezen');
}

/** Waits for the report; the page of the progress refreshes itself. */
async function report(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Gekozen regels inlezen/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Verslag van het inlezen', { timeout: 30_000 });
}

for (const javaScriptEnabled of [true, false]) {
  test(`a list is taken in, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person, quiet }) => {
    quiet.intends(422);
    // What somebody chose is remembered, so each way is walked by somebody else.
    const page = await person(javaScriptEnabled ? SANNE : KEES, { javaScriptEnabled });
    const mark = javaScriptEnabled ? 'met' : 'zonder';
    await visit(page, '/signalen/inlezen', INTAKE);
    await page.getByLabel('Bestand (XLSX of CSV)').setInputFiles({ name: 'lijst.xlsx', mimeType: 'image/png', buffer: Buffer.from('\x89PNG\0\0') });
    await page.getByRole('button', { name: 'Bestand lezen' }).click();
    await expect(page.getByRole('alert')).toContainText('geen Excel-bestand');

    await give(page, list(
      `1-11-2026;;hennepteelt;Otto Oever;=1+1 staat ${mark} verf op de gevel`,
      `2-11-2026;;henepteelt;;Er is ${mark} moeite een lamp gezien`,
      `gisteren;;hennepteelt;;Er brandt ${mark} reden licht`,
    ));
    await page.getByRole('button', { name: 'Regels beoordelen' }).click();
    await expect(page.getByRole('alert')).toContainText('Onder welke verwerking');
    await judgeRows(page);
    await expect(page.getByRole('main')).toContainText('3 regels: 1 goed, 1 eerst bekijken, 1 kunnen zo niet.');
    await page.getByRole('link', { name: 'Regel 5 verbeteren' }).click();
    await page.getByLabel('Datum waarop uw afdeling het ontving').fill('3-11-2026');
    await page.getByRole('button', { name: 'Regel bewaren' }).click();
    await page.getByLabel('Inlezen: Regel 4 inlezen').check();
    await report(page);
    await expect(page.getByRole('main')).toContainText('3 regels: 3 ingelezen');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Verslag als CSV-bestand' }).click()]);
    expect(file.suggestedFilename()).toBe('verslag-inlezen.csv');

    // The same list again: what is known is told, and cannot be chosen.
    await give(page, list(`1-11-2026;;hennepteelt;Otto Oever;=1+1 staat ${mark} verf op de gevel`, ';;;;'));
    await judgeRows(page);
    await expect(page.getByRole('main')).toContainText('al eerder ingelezen, als S-2026');
    await expect(page.getByRole('checkbox')).toHaveCount(0);

    await page.getByRole('link', { name: 'Lijst weggooien' }).click();
    await page.getByRole('button', { name: 'Lijst weggooien' }).click();
    await expect(page.getByRole('status')).toHaveText('De lijst is weggegooid.');
  });
}

test('accessibility of taking in a list, step by step', async ({ person, quiet }) => {
  quiet.intends(422);
  const page = await person(MARIT);
  await visit(page, '/signalen/inlezen', INTAKE);
  await judge(page, 'giving a file');
  await page.getByRole('button', { name: 'Bestand lezen' }).click();
  await judge(page, 'no file given');
  await give(page, list('1-11-2026;OOV;hennepteelt;Otto;Er is een lamp gezien', '2-11-2026;Groen;hennepteelt;;Er brandt licht in het pand'));
  await judge(page, 'choosing columns');
  await page.getByRole('button', { name: 'Regels beoordelen' }).click();
  await judge(page, 'columns with problems');
  await judgeRows(page);
  await judge(page, 'judged rows');
  await page.getByRole('link', { name: 'Regel 4 verbeteren' }).click();
  await judge(page, 'a row');
  await page.goBack();
  await report(page);
  await judge(page, 'the report');
});
