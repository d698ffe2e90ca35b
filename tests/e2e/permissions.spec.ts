// Who may see what, as the browser shows it. (Every page as every role: tests/behaviour/permission.rs.)
import { HOMES, inCase, openCase } from './cases';
import { expect, test } from './fixtures';
import { aSignal, logSignal } from './forms';
import { unique } from './invented';
import {
  DENNIS,
  EVERT,
  INTAKE,
  JOOST,
  KEES,
  MARIT,
  MIRJAM,
  PETRA,
  SAMIRA,
  SANNE,
  SUPERVISION,
  asksForPurpose,
  signIn,
  signOut,
  statePurpose,
  visit,
} from './people';

for (const javaScriptEnabled of [true, false]) {
  test(`the data protection officer sees the log and no content, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person, quiet }) => {
    quiet.intends(404);
    const kees = await person(KEES, { javaScriptEnabled });
    const signal = aSignal();
    const { reference, path } = await logSignal(kees, signal);

    const evert = await person(EVERT, { javaScriptEnabled });
    const menu = evert.getByRole('navigation', { name: 'Hoofdmenu' });
    await expect(menu.getByRole('link')).toHaveText(['Mijn werk', /^Meldingen/, 'Mijn inzagen', 'Inzagelog', 'Wie zag een persoon', 'Noodinzagen', 'Controlepunten']);
    await evert.getByRole('link', { name: 'Inzagelog openen' }).click();
    await statePurpose(evert, SUPERVISION);
    const rows = evert.getByRole('table', { name: 'Regels uit de inzagelog' }).getByRole('row');
    await expect(rows.filter({ hasText: reference }).first()).toContainText(KEES);

    await evert.getByLabel('Persoon').selectOption({ label: `${DENNIS} (Toezicht en handhaving)` });
    await evert.getByLabel('Soort').selectOption('Signaal vastgelegd');
    await evert.getByRole('button', { name: 'Toon' }).click();
    await expect(evert.getByRole('link', { name: `Persoon: ${DENNIS}` })).toBeVisible();
    await expect(evert.getByRole('link', { name: 'Soort: Signaal vastgelegd' })).toBeVisible();
    await expect(rows.filter({ hasText: reference })).toHaveCount(0);
    await expect(rows.nth(1)).toContainText(DENNIS);
    await expect(rows.filter({ hasNotText: 'Signaal vastgelegd' })).toHaveCount(1);
    await evert.getByRole('link', { name: 'Alle filters weghalen' }).click();

    // The log names the signal; what it says stays closed.
    expect(await evert.content()).not.toContain(signal.summary);
    for (const closed of [path, `${path}/inzagen`]) {
      expect((await evert.goto(closed))?.status(), closed).toBe(404);
      expect(await evert.content()).not.toContain(signal.summary);
    }
    for (const closed of ['/signalen', '/casussen']) {
      expect((await evert.goto(closed))?.status(), closed).toBeGreaterThanOrEqual(403);
      expect(await evert.content()).not.toContain(reference);
    }
  });
}

test('the administrator and the privacy officer see no content, and no log but their own', async ({ person, quiet }) => {
  quiet.intends(404);
  const kees = await person(KEES);
  const signal = aSignal();
  const { path, reference } = await logSignal(kees, signal);
  for (const name of [PETRA, MIRJAM]) {
    const page = await person(name);
    await expect(page.getByRole('button', { name: 'Nieuw signaal' })).toHaveCount(0);
    for (const closed of ['/signalen', path, `${path}/inzagen`, '/toezicht/inzagelog']) {
      const answer = await page.goto(closed);
      expect(answer?.status(), `${name} at ${closed}`).toBeGreaterThanOrEqual(403);
      expect(await asksForPurpose(page), `${name} at ${closed} has no purpose to state`).toBe(false);
      const shown = await page.content();
      expect(shown).not.toContain(reference);
      expect(shown).not.toContain(signal.summary);
    }
    await page.goto('/mijn-inzagen');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mijn inzagen');
    expect(await page.content()).not.toContain(reference);
    await expect(page.getByRole('row').filter({ hasText: 'Geweigerd' }).first()).toBeVisible();
  }
});

for (const javaScriptEnabled of [true, false]) {
  test(`a purpose is asked once in a session, each for itself, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person }) => {
    const page = await person(SAMIRA, { javaScriptEnabled });
    await page.goto('/signalen');
    expect(await asksForPurpose(page)).toBe(true);
    await page.getByRole('link', { name: 'Niet openen, terug naar Mijn werk' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mijn werk');
    await visit(page, '/signalen', INTAKE);
    await expect(page).toHaveURL(/\/signalen$/);
    await page.getByRole('table').getByRole('link').first().click();
    expect(await asksForPurpose(page)).toBe(false);
    await page.goto('/casussen');
    expect(await asksForPurpose(page)).toBe(false);

    await page.getByRole('main').getByRole('link', { name: /^C-/ }).first().click();
    expect(await asksForPurpose(page)).toBe(true);
    await statePurpose(page, inCase(HOMES));
    const address = page.url();
    await page.goto(`${new URL(address).pathname}/inzagen`);
    expect(await asksForPurpose(page)).toBe(false);
    await page.goto('/signalen');
    expect(await asksForPurpose(page)).toBe(false);

    await signOut(page);
    await signIn(page, SAMIRA);
    await page.goto(address);
    expect(await asksForPurpose(page)).toBe(true);
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`what somebody did stands in their own log, and only that, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person }) => {
    const page = await person(DENNIS, { javaScriptEnabled });
    const { reference } = await logSignal(page, aSignal({
      summary: unique('Loods'),
      purpose: 'Fysieke leefomgeving: Toezicht op gebruik van gebouwen en terreinen',
    }));
    await page.getByRole('link', { name: 'Mijn inzagen' }).click();
    const rows = page.getByRole('row').filter({ hasText: reference });
    await expect(rows.filter({ hasText: 'Signaal vastgelegd' }).filter({ hasText: 'Uitgevoerd' })).toHaveCount(1);
    await expect(rows.filter({ hasText: INTAKE }).first()).toBeVisible();
    await expect(page.getByRole('columnheader', { name: 'Wie' })).toHaveCount(0);
  });
}

test('what somebody may not do is not offered to them', async ({ person }) => {
  const offered = { [MARIT]: ['Casus openen'], [JOOST]: ['Nieuw signaal', 'Casus openen'], [SANNE]: ['Nieuw signaal'] };
  for (const [name, buttons] of Object.entries(offered)) {
    const page = await person(name);
    for (const button of ['Nieuw signaal', 'Casus openen']) {
      const there = buttons.includes(button) ? 1 : 0;
      await expect.soft(page.getByRole('main').getByRole('button', { name: button }), `${name}: ${button}`).toHaveCount(there);
    }
  }
});

test('a colleague outside the team does not learn of a case from the log of a signal', async ({ person }) => {
  const sanne = await person(SANNE);
  const { path, reference } = await logSignal(sanne, aSignal());
  const marit = await person(MARIT);
  const title = unique('Panden aan de singel');
  const opened = await openCase(marit, { title, links: [{ reference, shared: ['Feiten'] }], team: [SANNE] });
  const kees = await person(KEES);
  for (const page of [path, `${path}/inzagen`]) {
    await visit(kees, page);
    await expect(kees.getByRole('main')).toContainText(reference);
    const shown = await kees.getByRole('main').innerText();
    expect.soft(shown, page).not.toContain(opened.reference);
    expect.soft(shown, page).not.toContain(title);
  }
});
