// The life of a session at a certified issuer: signing in anew, a new key, cookies, and that nothing is asked elsewhere.
import type { Page } from '@playwright/test';
import { HOMES, openCase } from './cases';
import { aSignal, logSignal } from './forms';
import { judgeInBoth } from './judge';
import { statePurpose, visit } from './people';
import { WORK, goTo, paper, section } from './plans';
import { expect, newPage, signInAnewAtIssuer, signInAtIssuer, signedIn, test, withTheSessionAlone } from './town';

const ANNA = 'Anna+LIP-Vergunningen+LIP-Regisseurs';

test('break-glass asks to sign in anew at the issuer, which asks whatever it remembers, and then opens', async ({ browser, town }) => {
  const page = await signedIn(browser, town, ANNA);
  const session = async () => (await page.context().cookies(town.url)).find(cookie => cookie.name === '__Host-plein')?.value;
  await page.goto('/noodinzage');
  await statePurpose(page);
  await expect(page.getByRole('heading', { name: 'Meld u opnieuw aan' })).toBeVisible();
  const before = await session();
  await page.getByRole('link', { name: 'Aanmelden met uw werkaccount' }).click();
  // The issuer knows this browser, and asks all the same.
  await expect(page).toHaveURL(new RegExp(`^${town.issuer}/`));
  await signInAnewAtIssuer(page, ANNA);
  await expect(page).toHaveURL(`${town.url}/noodinzage`);
  await expect(page.getByLabel('Kenmerk')).toBeVisible();
  expect(await session()).not.toBe(before);
  await page.goto('/mijn-inzagen');
  await expect(page.getByRole('row', { name: /Opnieuw aangemeld/ })).toHaveCount(2);
  await expect(page.getByRole('row', { name: /Geweigerd/ }).first()).toBeVisible();
  await page.context().close();
});

test('the pages of signing in anew are free of what axe finds', async ({ browser, town }) => {
  test.slow();
  const page = await signedIn(browser, town, ANNA);
  await judgeInBoth(page, '/opnieuw-aanmelden?naar=/noodinzage');
  await judgeInBoth(page, '/opnieuw-aanmelden?klaar=ja');
  await page.context().close();
});

/** The first register of a municipality: one processing of a department, and one for cases. */
async function takeInRegister(page: Page): Promise<void> {
  const heads = 'Hoofdproces;Onderliggend proces;Naam verwerking;Doel van de verwerking;Grondslag;Toelichting grondslag;Bijzondere persoonsgegevens;Bewaartermijn;Ontvangers';
  const rest = 'Beoordelen.;6.1.e;Gemeentewet, artikel 172;strafrechtelijk;60 maanden;Politie';
  const rows = [heads, `Openbare orde en veiligheid;Openbare orde;Handhaving openbare orde;${rest}`, `Openbare orde en veiligheid;Lokaal Informatie Plein;${HOMES};${rest}`];
  await page.goto('/verwerkingsregister/inlezen');
  await page.getByLabel('Bestand (XLSX of CSV)').setInputFiles({ name: 'register.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) });
  await page.getByRole('button', { name: 'Bestand lezen' }).click();
  await page.getByRole('button', { name: 'Regels beoordelen' }).click();
  await page.getByRole('checkbox', { name: new RegExp(`^Voor casussen ?: ${HOMES}$`) }).check();
  await page.getByRole('button', { name: /als nieuwe versie$/ }).click();
  await expect(page.getByRole('status')).toHaveText('Dit is nu het register.');
}

test('a plan that is open is closed at once by the word of the issuer, and what was typed is saved after signing in again', async ({ browser, town }) => {
  test.slow();
  const mirjam = await signedIn(browser, town, 'Mirjam+LIP-Privacy');
  await takeInRegister(mirjam);
  await mirjam.context().close();
  const page = await signedIn(browser, town, ANNA);
  const { reference } = await logSignal(page, aSignal());
  const opened = await openCase(page, { title: 'Lege panden', links: [{ reference, shared: ['Korte omschrijving', 'Feiten'] }], team: [] });
  await visit(page, `${opened.path}/plan`, WORK);
  await page.getByRole('button', { name: 'Plan beginnen' }).click();
  await expect(paper(page)).toBeVisible();

  const issuer = await page.context().newPage();
  await issuer.goto(`${town.issuer}/session/end`);
  await issuer.getByRole('button', { name: 'Yes, sign me out' }).click();
  await expect(issuer).toHaveURL(`${town.issuer}/session/end/success`);
  // Nobody touches the plan: its socket is closed.
  await expect(page.getByRole('main')).toContainText('U bent afgemeld. Uw tekst blijft hier staan', { timeout: 5_000 });
  await goTo(page, 'Situatie');
  await page.keyboard.type('Getypt na het afmelden');
  await issuer.goto(`${town.url}/aanmelden`);
  await issuer.getByRole('link', { name: 'Aanmelden met uw werkaccount' }).click();
  await signInAtIssuer(issuer, ANNA);
  await visit(issuer, `${opened.path}/plan`, WORK);
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(page.locator('.plan-saving')).toHaveAttribute('data-now', 'saved');
  await expect(section(issuer, 'Situatie')).toContainText('Getypt na het afmelden');
  await page.context().close();
});

test('a new key of the issuer is taken, and its old one is not needed', async ({ browser, town }) => {
  const page = await signedIn(browser, town, ANNA);
  await town.rotate();
  const other = await newPage(browser, town);
  await other.goto('/casussen');
  await other.getByRole('link', { name: 'Aanmelden met uw werkaccount' }).click();
  await signInAtIssuer(other, ANNA);
  // Keys are asked for at most every ten seconds.
  const again = other.getByRole('link', { name: 'Opnieuw aanmelden' });
  await expect(async () => {
    if (await again.isVisible()) {
      await again.click();
      const agree = other.getByRole('button', { name: 'Continue' });
      if (await agree.isVisible()) await agree.click();
    }
    await expect(other).toHaveURL(`${town.url}/casussen`, { timeout: 2_000 });
  }).toPass({ timeout: 60_000, intervals: [4_000] });
  // Whoever is in stays in.
  await page.goto('/');
  await expect(page).toHaveURL(`${town.url}/`);
  await page.context().close();
  await other.context().close();
});

test('whoever is signed in has one cookie, that of the session, and no page asks anything of another address', async ({ browser, town }) => {
  test.slow();
  const anna = await signedIn(browser, town, ANNA);
  const context = await withTheSessionAlone(browser, town, anna);
  const page = await context.newPage();
  const elsewhere: string[] = [];
  context.on('request', request => {
    if (!request.url().startsWith(`${town.url}/`) && !request.url().startsWith('data:')) elsewhere.push(request.url());
  });
  const paths = [
    '/', '/signalen', '/signalen/inlezen', '/casussen', '/meldingen', '/mijn-inzagen', '/weergaven', '/noodinzage', '/verwerkingsregister',
    '/verwerkingsregister/versies', '/opnieuw-aanmelden', '/privacy', '/toegankelijkheid', '/cookies', '/regels', '/hulp', '/aanmelden', '/niets',
  ];
  for (const path of paths) {
    await page.goto(path);
    await statePurpose(page);
    await page.waitForLoadState('networkidle');
    expect((await context.cookies()).map(({ name, httpOnly, secure, sameSite, path: at }) => ({ name, httpOnly, secure, sameSite, at })), path).toEqual([
      { name: '__Host-plein', httpOnly: true, secure: true, sameSite: 'Lax', at: '/' },
    ]);
    const kept = await page.evaluate(async () => [document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]);
    expect(kept, path).toEqual(['', 0, 0, 0]);
  }
  expect(elsewhere).toEqual([]);
  await context.close();
  await anna.context().close();
});
