// The forms, filled, empty and wrong, and what comes after them: axe finds nothing in either language and at two widths.
import { HOMES, changeTeam, inCase, openCase } from './cases';
import { expect, test } from './fixtures';
import { aSignal, beginSignal, changeSignal, check, field, finish, group, logSignal, onOnePage, typeSignal } from './forms';
import { unique } from './invented';
import { judge, judgeInBoth, speak } from './judge';
import { KEES, MARIT, SANNE, statePurpose, visit } from './people';
import { problems } from './problems';

const STEPS = ['wat', 'herkomst', 'wanneer', 'betrokkenen', 'kenmerken', 'gegevens'];

test('a new signal: empty, wrong, right, thrown away', async ({ person, quiet }) => {
  quiet.intends(401);
  const page = await person(KEES);
  await beginSignal(page);
  const form = new URL(page.url()).pathname;
  await judgeInBoth(page);
  await onOnePage(page);
  await field(page, 'Datum van de waarneming').fill('31-02-2026');
  await check(page);
  await expect(problems(page)).toBeVisible();
  await judgeInBoth(page);
  await typeSignal(page, aSignal({ subjects: [{ kind: 'Persoon', role: 'Getuige', name: 'Teunis' }] }));
  await check(page);
  await expect(page).toHaveURL(/\/controleren$/);
  await judgeInBoth(page);
  await judgeInBoth(page, `${form}/weg`);
  for (const step of STEPS) await judgeInBoth(page, `${form}?stap=${step}`);

  await page.goto(form);
  await page.context().clearCookies({ name: '__Host-plein' });
  await check(page);
  await judge(page, 'the session is over');
});

test('two versions of one signal', async ({ person, quiet }) => {
  quiet.intends(409);
  const kees = await person(KEES);
  const { path } = await logSignal(kees, aSignal());
  const sanne = await person(SANNE);
  for (const lang of ['nl', 'en']) {
    await visit(sanne, path);
    await changeSignal(sanne);
    await kees.goto(path);
    await changeSignal(kees);
    await field(kees, 'Feiten').fill(unique('Aangepast door Kees'));
    await finish(kees, 'Wijziging bewaren', 'De wijziging is bewaard.');
    await field(sanne, 'Feiten').fill(unique('Aangepast door Sanne'));
    await speak(sanne, lang);
    await check(sanne);
    const send = sanne.getByRole('button', { name: /^(Wijziging bewaren|Save the change)$/ });
    if (await send.isVisible()) await send.click();
    await expect(sanne.getByRole('table')).toBeVisible();
    await judge(sanne, `a conflict in ${lang}`);
    await judgeInBoth(kees, `${path}/versies`);
    await sanne.getByRole('button', { name: /^(Verder met de tekst van de ander|Continue with the other's text)$/ }).click();
    await speak(sanne, 'nl');
  }
});

test('a case: opening, linking, unlinking, its team', async ({ person }) => {
  test.setTimeout(180_000);
  const kees = await person(KEES);
  const { reference } = await logSignal(kees, aSignal());
  const marit = await person(MARIT);
  await marit.getByRole('button', { name: 'Casus openen' }).click();
  await statePurpose(marit);
  await group(marit, 'Signalen').getByRole('checkbox', { name: new RegExp(`^${reference}: `) }).check();
  await marit.getByRole('button', { name: 'Gekozen signalen toetsen' }).click();
  await check(marit);
  await expect(problems(marit)).toBeVisible();
  await judgeInBoth(marit);
  await marit.getByRole('link', { name: 'Concept weggooien' }).click();
  await marit.getByRole('button', { name: 'Ja, weggooien' }).click();

  const opened = await openCase(marit, { title: unique('Schuren'), links: [{ reference, shared: ['Feiten'] }], team: [] });
  await changeTeam(marit, { add: [KEES] });
  await marit.getByRole('button', { name: 'Team wijzigen' }).click();
  await judgeInBoth(marit);
  await visit(marit, opened.path, inCase(HOMES));
  await marit.getByRole('button', { name: new RegExp(`^Ontkoppelen ?: ${reference}$`) }).click();
  await judgeInBoth(marit);
  await marit.goto(`${opened.path}/koppelen`);
  await marit.getByRole('button', { name: /toetsen$/ }).first().click();
  await judgeInBoth(marit);
});
