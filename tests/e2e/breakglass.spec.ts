// Break-glass, from the motive to the review: with the keyboard alone and without JavaScript too.
import type { Page } from '@playwright/test';
import { openCase } from './cases';
import { expect, test } from './fixtures';
import { aSignal, field, group, logSignal, tabTo } from './forms';
import { unique } from './invented';
import { judge, judgeInBoth } from './judge';
import { DENNIS, EVERT, HANNEKE, INTAKE, KEES, MARIT, SUPERVISION, THIJS, statePurpose, visit } from './people';

const MOTIVE = 'Er staat nu een collega voor deze deur die wordt bedreigd, en bij de afdeling neemt niemand op.';

/** Begins break-glass; answers its path. */
async function begin(page: Page, reference: string): Promise<string> {
  await visit(page, '/noodinzage', INTAKE);
  await field(page, 'Kenmerk').fill(reference);
  await field(page, 'Motief').fill(MOTIVE);
  await page.getByRole('button', { name: 'Noodinzage beginnen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Noodinzage in ${reference}`);
  return new URL(page.url()).pathname.replace('/dossier', '');
}

for (const javaScriptEnabled of [true, false]) {
  test(`from the motive to the review, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person, quiet }) => {
    test.setTimeout(120_000);
    quiet.intends(404, 409, 422);
    const kees = await person(KEES, { javaScriptEnabled });
    const signal = aSignal({ suspicion: unique('Vermoeden van verhuur'), reporter: unique('Melder') });
    const { reference, path } = await logSignal(kees, signal);

    // Who cannot open it is told of nothing, and where to go in an emergency.
    const dennis = await person(DENNIS, { javaScriptEnabled });
    await visit(dennis, '/signalen', INTAKE);
    await dennis.goto(path);
    await expect(dennis.getByRole('heading', { level: 1 })).toHaveText('Niet gevonden');
    const way = dennis.getByRole('main').getByRole('link', { name: /Noodinzage$/ });
    await tabTo(dennis, way);
    await dennis.keyboard.press('Enter');

    // What is wrong is told, and nothing typed is lost.
    const send = dennis.getByRole('button', { name: 'Noodinzage beginnen' });
    await tabTo(dennis, field(dennis, 'Kenmerk'));
    await dennis.keyboard.type('S-2026-9999');
    await tabTo(dennis, field(dennis, 'Motief'));
    await dennis.keyboard.type('haast');
    await tabTo(dennis, send);
    await dennis.keyboard.press('Enter');
    await expect(dennis.getByRole('alert')).toContainText('Motief: Dit is te kort: 5 tekens. Schrijf er minstens 40.');
    await field(dennis, 'Motief').fill(MOTIVE);
    await send.click();
    await expect(dennis.getByRole('alert')).toContainText('Er is geen dossier met dit kenmerk, of noodinzage kan daarbij niet.');
    await expect(field(dennis, 'Motief')).toHaveValue(MOTIVE);
    await field(dennis, 'Kenmerk').fill(reference.toLowerCase());
    await send.click();

    // The record, to be read and nothing else.
    await expect(dennis.getByRole('heading', { level: 1 })).toHaveText(`Noodinzage in ${reference}`);
    await expect(dennis.getByRole('region', { name: /^Noodinzage tot \d\d:\d\d$/ })).toBeVisible();
    const main = dennis.getByRole('main');
    for (const shown of [signal.summary, signal.facts, signal.suspicion ?? '']) await expect(main).toContainText(shown);
    await expect(main).not.toContainText(signal.reporter ?? '');
    await expect(main.getByRole('link')).toHaveCount(0);
    await expect(main.getByRole('button')).toHaveText(['Nu stoppen']);
    const glass = new URL(dennis.url()).pathname.replace('/dossier', '');
    await dennis.emulateMedia({ media: 'print' });
    await expect(main.getByText(signal.facts)).toBeHidden();
    await expect(main).toContainText('Wat met noodinzage wordt gelezen, komt niet op papier.');
    await dennis.emulateMedia({ media: null });
    expect((await dennis.goto(path))?.status()).toBe(404);

    // Its department is told at once.
    await kees.goto('/meldingen');
    await kees.getByRole('link', { name: `Iemand leest ${reference} met noodinzage` }).click();
    const seen = kees.getByRole('row').filter({ hasText: 'Bekeken met noodinzage' });
    await expect(seen.first()).toContainText(DENNIS);

    // Who reviews is told at once, sees why and what was looked at, and nothing of the record.
    const evert = await person(EVERT, { javaScriptEnabled });
    await evert.getByRole('navigation', { name: 'Hoofdmenu' }).getByRole('link', { name: /^Meldingen/ }).click();
    await evert.getByRole('link', { name: `Noodinzage in ${reference}: u beoordeelt haar achteraf` }).first().click();
    await statePurpose(evert, SUPERVISION);
    await expect(evert.getByRole('main')).toContainText(MOTIVE);
    await expect(evert.getByRole('main')).toContainText('U kunt deze noodinzage beoordelen als zij voorbij is.');
    const unseen = async () => {
      const text = await evert.content();
      for (const hidden of [signal.summary, signal.facts, signal.suspicion, signal.reporter]) expect(text).not.toContain(hidden);
    };
    await unseen();

    await dennis.goto(`${glass}/dossier`);
    const stop = dennis.getByRole('button', { name: 'Nu stoppen' });
    await tabTo(dennis, stop);
    await dennis.keyboard.press('Enter');
    await expect(dennis.getByRole('status')).toHaveText('De noodinzage is gestopt. Het dossier is weer dicht.');
    await dennis.goto(`${glass}/dossier`);
    await expect(dennis).toHaveURL(new RegExp(`${glass}$`));
    await expect(dennis.getByRole('main')).not.toContainText(signal.facts);
    // Going back to where it was read does not open it again.
    for (let step = 0; step < 3; step++) {
      await dennis.goBack();
      await expect(dennis.getByRole('main')).not.toContainText(signal.facts);
    }

    await evert.goto('/');
    await expect(evert.getByRole('main')).toContainText(/wacht(en)? op uw beoordeling/);
    await evert.getByRole('main').getByRole('link', { name: 'Alle noodinzagen' }).click();
    await evert.getByRole('link', { name: `Noodinzage in ${reference}` }).click();
    await unseen();
    await expect(evert.getByRole('table').getByRole('row').filter({ hasText: 'Bekeken met noodinzage' })).not.toHaveCount(0);
    const record = evert.getByRole('button', { name: 'Beoordeling vastleggen' });
    await tabTo(evert, record);
    await evert.keyboard.press('Enter');
    await expect(evert.getByRole('alert')).toContainText('Toelichting: Vul dit in.');
    await tabTo(evert, group(evert, 'Was deze noodinzage terecht?').getByRole('radio', { name: 'Terecht', exact: true }));
    await evert.keyboard.press('Space');
    await tabTo(evert, field(evert, 'Toelichting'));
    await evert.keyboard.type('De collega liep gevaar. De achterwacht krijgt een nummer.');
    await tabTo(evert, record);
    await evert.keyboard.press('Enter');
    await expect(evert.getByRole('status')).toHaveText('Uw beoordeling is vastgelegd.');
    await evert.getByRole('link', { name: 'Naar de beoordeelde noodinzagen' }).click();
    await expect(evert.getByRole('row').filter({ hasText: reference })).toContainText('Beoordeeld');

    // And so does whoever used it.
    await dennis.goto('/meldingen');
    await dennis.getByRole('link', { name: `Uw noodinzage in ${reference} is beoordeeld` }).click();
    await expect(dennis.getByRole('main')).toContainText('De collega liep gevaar.');
    await expect(dennis.getByRole('main')).toContainText(`door ${EVERT}`);
  });
}

test('of a case its coordinator is told, and another one waits until this one is over', async ({ person, quiet }) => {
  quiet.intends(404, 409);
  const kees = await person(KEES);
  const { reference } = await logSignal(kees, aSignal());
  const marit = await person(MARIT);
  const title = unique('Panden aan de kade');
  const opened = await openCase(marit, { title, links: [{ reference, shared: ['Feiten'] }], team: [KEES] });
  const hanneke = await person(HANNEKE);
  const glass = await begin(hanneke, opened.reference);
  await expect(hanneke.getByRole('main')).toContainText(title);
  await marit.goto('/meldingen');
  await marit.getByRole('link', { name: `Iemand leest ${opened.reference} met noodinzage` }).click();
  await expect(marit.getByRole('row').filter({ hasText: 'Bekeken met noodinzage' }).first()).toContainText(HANNEKE);

  await hanneke.goto('/noodinzage');
  await field(hanneke, 'Kenmerk').fill(reference);
  await field(hanneke, 'Motief').fill(MOTIVE);
  await hanneke.getByRole('button', { name: 'Noodinzage beginnen' }).click();
  await expect(hanneke.getByRole('alert')).toContainText('u hebt nog een noodinzage open');
  await expect(field(hanneke, 'Motief')).toHaveValue(MOTIVE);
  await hanneke.getByRole('link', { name: 'Naar de open noodinzage' }).click();
  await expect(hanneke).toHaveURL(new RegExp(`${glass}$`));
  await hanneke.getByRole('button', { name: 'Nu stoppen' }).click();
  await begin(hanneke, reference);
  await hanneke.getByRole('button', { name: 'Nu stoppen' }).click();
});

test('the pages of break-glass are free of what axe finds', async ({ person, quiet }) => {
  test.setTimeout(240_000);
  quiet.intends(404, 422);
  const kees = await person(KEES);
  const { reference } = await logSignal(kees, aSignal());
  const marit = await person(MARIT);
  const opened = await openCase(marit, { title: unique('Loodsen'), links: [{ reference, shared: ['Feiten'] }], team: [KEES] });
  const thijs = await person(THIJS);
  await visit(thijs, '/noodinzage', INTAKE);
  await judgeInBoth(thijs, '/noodinzage');
  await thijs.getByRole('button', { name: 'Noodinzage beginnen' }).click();
  await judge(thijs, 'a break-glass that says nothing');
  const glass = await begin(thijs, opened.reference);
  await judgeInBoth(thijs, `${glass}/dossier`);
  await judgeInBoth(thijs, glass);
  await judgeInBoth(thijs, '/');

  const evert = await person(EVERT);
  const review = glass.replace('/noodinzage', '/toezicht/noodinzagen');
  await visit(evert, '/toezicht/noodinzagen', SUPERVISION);
  await judgeInBoth(evert, '/toezicht/noodinzagen');
  await judgeInBoth(evert, review);
  await thijs.goto(glass);
  await thijs.getByRole('button', { name: 'Nu stoppen' }).click();
  await begin(thijs, reference);
  await judge(thijs, 'a signal that is read in an emergency');
  await thijs.getByRole('button', { name: 'Nu stoppen' }).click();
  await judgeInBoth(evert, review);
  await evert.getByRole('button', { name: 'Beoordeling vastleggen' }).click();
  await judge(evert, 'a review that says nothing');
  await group(evert, 'Was deze noodinzage terecht?').getByRole('radio', { name: 'Niet terecht' }).check();
  await field(evert, 'Toelichting').fill('Er was geen haast.');
  await evert.getByRole('button', { name: 'Beoordeling vastleggen' }).click();
  await judgeInBoth(evert, '/toezicht/noodinzagen/beoordeeld');
  await judgeInBoth(evert, review);
  await judgeInBoth(thijs, glass);
  await judgeInBoth(thijs, '/meldingen');
});
