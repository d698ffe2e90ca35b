// Versions of a plan: keeping one, what differs, the answers of the departments, adoption; also without JavaScript, and
// with the keyboard alone.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { unique } from './invented';
import { judge, judgeInBoth } from './judge';
import { DENNIS, HANNEKE, ILSE, JOOST, visit } from './people';
import { WORK, caretAtEnd, plan, section } from './plans';

/** Writes a paragraph at the end of the situation. */
async function writes(page: Page, path: string, words: string): Promise<void> {
  await visit(page, path, WORK);
  await caretAtEnd(section(page, 'Situatie').locator('p').last());
  await page.keyboard.press('Enter');
  await page.keyboard.type(words);
  await expect(page.locator('.plan-saving')).toHaveAttribute('data-now', 'saved');
}

/** Keeps the text as it is under this name: the path of the version. */
async function keeps(page: Page, path: string, name: string): Promise<string> {
  await visit(page, `${path}/versies`, WORK);
  await page.getByLabel('Naam van de versie').fill(name);
  await page.getByRole('button', { name: 'Versie bewaren' }).click();
  await expect(page.getByRole('status')).toContainText('De versie is bewaard.');
  return new URL(page.url()).pathname;
}

test('a plan is kept, changed, compared by the word and taken out as it was', async ({ person, quiet }) => {
  quiet.intends(422);
  const joost = await person(JOOST);
  const path = await plan(joost);
  const [word, other] = [unique('kas'), unique('schuur')];
  await writes(joost, path, `De ${word} staat leeg sinds mei.`);
  const version = await keeps(joost, path, `Voor het overleg ${word}`);
  await expect(joost.getByRole('main')).toContainText(`De ${word} staat leeg sinds mei.`);

  // Without a name there is no version, and what is wrong is told at the field.
  await visit(joost, `${path}/versies`, WORK);
  await joost.getByRole('button', { name: 'Versie bewaren' }).click();
  await expect(joost.getByRole('alert')).toContainText('Naam van de versie');
  await judge(joost, 'the list with an error');

  await writes(joost, path, `De ${other} staat ook leeg.`);
  await visit(joost, version, WORK);
  await expect(joost.getByRole('main')).not.toContainText(other);
  await judgeInBoth(joost);
  await joost.getByRole('link', { name: 'Vergelijken met de tekst van nu' }).click();
  await expect(joost.locator('ins').filter({ hasText: other })).toBeVisible();
  await expect(joost.locator('del').filter({ hasText: word })).toHaveCount(0);
  const here = new URL(joost.url());
  await judgeInBoth(joost, here.pathname + here.search);
  await judgeInBoth(joost, `${here.pathname}${here.search}&alles=1`);

  await visit(joost, version, WORK);
  const download = joost.waitForEvent('download');
  await joost.getByRole('button', { name: 'Downloaden als Word-bestand' }).click();
  expect((await download).suggestedFilename()).toMatch(/^C-2026-0002-plan-versie-\d+\.docx$/);
  await joost.getByRole('link', { name: 'Om af te drukken' }).click();
  await expect(joost.getByRole('main')).toContainText('Afgedrukt door');
  await judge(joost, 'a version on paper');

  // Kept by mistake: removed, when that is meant.
  await visit(joost, version, WORK);
  const remove = joost.getByRole('button', { name: 'Versie verwijderen' });
  await remove.click();
  await expect(joost.getByRole('alert')).toContainText('De versie is nog niet verwijderd');
  await judge(joost, 'a removal that was not meant yet');
  await joost.getByLabel('Ik weet dat deze tekst daarna niet meer terug te halen is').check();
  await remove.click();
  await expect(joost.getByRole('status')).toContainText('De versie is verwijderd.');
  await expect(joost.getByRole('main')).not.toContainText(`Voor het overleg ${word}`);
});

test('departments answer by keyboard and without JavaScript, and the coordinator adopts', async ({ person, quiet }) => {
  quiet.intends(409);
  quiet.intends(422);
  const joost = await person(JOOST);
  const path = await plan(joost);
  const name = unique('Vast te stellen');
  const version = await keeps(joost, path, name);
  await joost.getByRole('button', { name: 'Deze versie voorleggen' }).click();
  await expect(joost.getByRole('status')).toContainText('voorgelegd');

  // From the work list, with the keyboard alone.
  const dennis = await person(DENNIS);
  await visit(dennis, '/');
  const waiting = dennis.getByRole('region').or(dennis.locator('section')).filter({ hasText: 'Plannen die op u wachten' }).last();
  await waiting.getByRole('link').first().focus();
  await dennis.keyboard.press('Enter');
  await expect(dennis).toHaveURL(/plan\/versies\/\d+$/);
  await visit(dennis, version, WORK);
  await judgeInBoth(dennis);
  await dennis.getByRole('radio', { name: 'Niet akkoord' }).focus();
  await dennis.keyboard.press('Space');
  await dennis.getByRole('button', { name: 'Antwoord vastleggen' }).focus();
  await dennis.keyboard.press('Enter');
  await expect(dennis.getByRole('alert')).toContainText('Toelichting');
  await dennis.getByLabel('Toelichting').focus();
  await dennis.keyboard.type('Eerst een waarschuwing.');
  await dennis.keyboard.press('Tab');
  await dennis.keyboard.press('Enter');
  await expect(dennis.getByRole('status')).toContainText('Het antwoord van uw afdeling is vastgelegd.');

  const ilse = await person(ILSE, { javaScriptEnabled: false });
  await visit(ilse, '/casussen');
  await visit(ilse, version, WORK);
  await ilse.getByRole('radio', { name: 'Akkoord', exact: true }).check();
  await ilse.getByRole('button', { name: 'Antwoord vastleggen' }).click();
  await expect(ilse.getByRole('status')).toContainText('vastgelegd');

  // Without the others only when that is said.
  await visit(joost, version, WORK);
  await joost.getByRole('button', { name: /^Versie \d+ vaststellen$/ }).click();
  await expect(joost.getByRole('alert')).toContainText('Niet alle afdelingen hebben geantwoord');
  await joost.getByRole('checkbox', { name: /Vaststellen zonder antwoord van/ }).check();
  await joost.getByRole('button', { name: /^Versie \d+ vaststellen$/ }).click();
  await expect(joost.getByRole('status')).toContainText('De versie is vastgesteld.');
  const said = joost.getByRole('table', { name: 'Standpunt per afdeling' });
  await expect(said).toContainText('Eerst een waarschuwing.');
  await expect(said).toContainText('Geen antwoord');
  await judgeInBoth(joost);

  // Who still has the form on the screen is told, and keeps what was typed.
  const hanneke = await person(HANNEKE);
  await visit(hanneke, version, WORK);
  await expect(hanneke.getByRole('button', { name: 'Antwoord vastleggen' })).toHaveCount(0);
  await visit(joost, path, WORK);
  await expect(joost.getByRole('main')).toContainText('De tekst is daarna niet gewijzigd.');
  await writes(joost, path, 'Na de vaststelling.');
  await visit(joost, path, WORK);
  await expect(joost.getByRole('main')).toContainText('De tekst is daarna gewijzigd.');
});
