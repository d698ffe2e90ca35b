// Who saw this person, and why: what the data protection officer asks, with the keyboard alone and without JavaScript.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { BSN, aSignal, field, logSignal } from './forms';
import { bsn } from './invented';
import { judge, judgeInBoth } from './judge';
import { DENNIS, EVERT, INTAKE, KEES, SUPERVISION, visit } from './people';

/** A processing that allows for the BSN. */
const PERMITS = 'Fysieke leefomgeving: Behandelen aanvragen omgevingsvergunning';

/** Goes to something by the tab key, as far as it takes. */
async function tabTo(page: Page, to: Locator): Promise<void> {
  for (let stop = 0; stop < 80; stop++) {
    if (await to.evaluate(element => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${to} cannot be reached`);
}

for (const javaScriptEnabled of [true, false]) {
  test(`who saw this person, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person, quiet }) => {
    quiet.intends(404, 422);
    const number = bsn();
    const kees = await person(KEES, { javaScriptEnabled });
    const subject = { kind: 'Persoon', role: 'Eigenaar', name: 'Teunis Kwelder', identifierKind: BSN, identifier: number };
    const signal = aSignal({ purpose: PERMITS, subjects: [subject] });
    const { reference, path } = await logSignal(kees, signal);
    const dennis = await person(DENNIS, { javaScriptEnabled });
    await visit(dennis, path, INTAKE);

    const evert = await person(EVERT, { javaScriptEnabled });
    await visit(evert, '/toezicht/betrokkene', SUPERVISION);
    const send = evert.getByRole('button', { name: 'Opzoeken' });
    await tabTo(evert, send);
    await evert.keyboard.press('Enter');
    await expect(evert.getByRole('alert')).toContainText('Reden: Vul dit in.');
    await tabTo(evert, field(evert, 'Soort nummer of kenmerk', 'combobox'));
    await evert.keyboard.type('Bur');
    await tabTo(evert, field(evert, 'Nummer of kenmerk'));
    await evert.keyboard.type(number);
    await tabTo(evert, field(evert, 'Reden'));
    await evert.keyboard.type('Inzageverzoek, zaak 2026-88');
    await tabTo(evert, send);
    await evert.keyboard.press('Enter');

    await expect(evert.getByRole('heading', { level: 1 })).toHaveText('Wie heeft deze persoon gezien');
    const main = evert.getByRole('main');
    await expect(main).toContainText(reference);
    const seen = evert.getByRole('region', { name: KEES });
    await expect(seen.getByRole('row').last()).toContainText('Signaal vastgelegd');
    await expect(seen).toContainText(INTAKE);
    expect(evert.url()).not.toContain(number);
    const shown = async () => {
      const text = await evert.content();
      for (const hidden of [signal.summary, signal.facts, 'Teunis Kwelder', number]) expect(text).not.toContain(hidden);
    };
    await shown();

    const print = evert.getByRole('link', { name: 'Overzicht om af te drukken' });
    await tabTo(evert, print);
    await evert.keyboard.press('Enter');
    await expect(evert.getByRole('heading', { level: 1 })).toHaveText('Overzicht van inzagen');
    await expect(evert.getByRole('table')).not.toContainText(KEES);
    await shown();
    await evert.getByLabel('Met namen van medewerkers').check();
    await evert.getByRole('button', { name: 'Toon' }).click();
    await expect(evert.getByRole('table')).toContainText(KEES);
    await expect(evert.getByRole('table')).not.toContainText(reference);
    await evert.emulateMedia({ media: 'print' });
    await expect(evert.getByRole('button', { name: 'Toon' })).toBeHidden();
    await expect(evert.getByRole('table')).toBeVisible();
    await evert.emulateMedia({ media: null });

    // What the question leaves in the log is why, and not whom.
    await evert.goto('/toezicht/inzagelog?soort=subject-looked-up');
    await expect(evert.getByRole('table').getByRole('row').nth(1)).toContainText(reference);
    expect(await evert.content()).not.toContain(number);
  });
}

test('the desk of the data protection officer is free of what axe finds', async ({ person, quiet }) => {
  test.setTimeout(180_000);
  quiet.intends(422);
  const number = bsn();
  const kees = await person(KEES);
  const subjects = [{ kind: 'Persoon', role: 'Eigenaar', name: 'Teunis Kwelder', identifierKind: BSN, identifier: number }];
  await logSignal(kees, aSignal({ purpose: PERMITS, subjects }));
  const evert = await person(EVERT);
  await visit(evert, '/toezicht/betrokkene', SUPERVISION);
  await evert.getByRole('button', { name: 'Opzoeken' }).click();
  await judge(evert, 'a look-up that says nothing');
  await judgeInBoth(evert, '/toezicht/betrokkene');
  await field(evert, 'Soort nummer of kenmerk', 'combobox').selectOption(BSN);
  await field(evert, 'Nummer of kenmerk').fill(number);
  await field(evert, 'Reden').fill('Klacht');
  await evert.getByRole('button', { name: 'Opzoeken' }).click();
  await expect(evert.getByRole('heading', { level: 1 })).toHaveText('Wie heeft deze persoon gezien');
  const answer = new URL(evert.url()).pathname;
  await judgeInBoth(evert, answer);
  await judgeInBoth(evert, `${answer}/afdrukken?namen=ja&kenmerken=ja`);
  await judgeInBoth(evert, '/toezicht/inzagelog?doel=case&kenmerk=X');
  await judgeInBoth(evert, '/toezicht/controlepunten');
});
