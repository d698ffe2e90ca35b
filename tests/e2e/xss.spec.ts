// Text that would be a program anywhere else, in every field in which people write, and on every page that shows what they wrote:
// it stays text. A script that ran would say so, one that was kept from running is told by the browser, and neither may be.
import type { BrowserContext, Page } from '@playwright/test';
import { changeTeam, openCase, unlink } from './cases';
import { expect, test } from './fixtures';
import { aSignal, changeSignal, check, field, group, logSignal } from './forms';
import { judgeRows, list } from './imports';
import { EVERT, HANNEKE, INTAKE, KEES, MARIT, MIRJAM, SANNE, SUPERVISION, THIJS, statePurpose, visit } from './people';
import { WORK, caretAtEnd, paper, section } from './plans';

/** Closes whatever it could stand in, and then tries to run. */
const PROBE = `"'></textarea></title></script><img src=/x onerror=pierced=1><svg onload=pierced=1>`;
/** Of this many pages at least something of it is to be seen, so that the test can fail. */
const SHOWN_ON = 20;

/** Tells of everything that the policy stopped, in the console, to which all tests listen. */
async function watch(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => {
      console.error(`stopped: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
}

/** Nothing of it has become a part of the page; whether it is to be read there. */
async function isText(page: Page): Promise<boolean> {
  const found = await page.evaluate(() => ({
    ran: (globalThis as { pierced?: unknown }).pierced,
    parts: [...document.querySelectorAll('img[src$="/x"], [onerror], [onload], script:not([nonce]), a[href^="javascript"]')].map(one => one.outerHTML),
    shown: document.body.innerText.includes('onerror=') || [...document.querySelectorAll('input, textarea')].some(one => (one as HTMLInputElement).value.includes('onerror=')),
  }));
  expect(found, page.url()).toMatchObject({ ran: undefined, parts: [] });
  return found.shown;
}

/** Looks at these pages; how many show it. */
async function look(page: Page, paths: string[], purpose?: string | RegExp): Promise<number> {
  let shown = 0;
  for (const path of paths) {
    await visit(page, path, purpose);
    if (await isText(page)) shown += 1;
  }
  return shown;
}

test('what people write stays text, wherever it is shown', async ({ person, quiet }) => {
  test.setTimeout(240_000);
  quiet.intends(404, 409, 422);
  const enter = async (name: string) => {
    const page = await person(name);
    await watch(page.context());
    return page;
  };

  // A signal: every field of it, on the way and afterwards.
  const kees = await enter(KEES);
  const signal = aSignal({
    summary: PROBE,
    facts: `${PROBE}\n\n${PROBE}`,
    suspicion: PROBE,
    reporter: PROBE,
    place: PROBE,
    risk: PROBE,
    offered: ['Korte omschrijving', 'Feiten', 'Betrokkenen en objecten'],
    subjects: [{ kind: 'Persoon', role: 'Betrokken', name: PROBE }],
  });
  const { reference, path } = await logSignal(kees, signal);
  await changeSignal(kees);
  await field(kees, 'Reden van de wijziging').fill(PROBE);
  await field(kees, 'Feiten').fill(`${PROBE} ${PROBE}`);
  await check(kees);
  expect(await isText(kees)).toBe(true);
  await kees.getByRole('button', { name: 'Wijziging bewaren' }).click();
  let shown = await look(kees, [path, `${path}/versies`, `${path}/inzagen`, '/signalen', '/']);

  // A case, with the purpose test, its team and a second signal that is unlinked again.
  const marit = await enter(MARIT);
  const opened = await openCase(marit, {
    title: PROBE,
    links: [{ reference, shared: ['Korte omschrijving', 'Feiten', 'Betrokkenen en objecten'] }],
    team: [KEES],
    says: PROBE,
  });
  const of = (part: string) => `${opened.path}${part}`;
  await changeTeam(marit, { add: [HANNEKE] });
  for (const words of [PROBE, `${PROBE} nog eens`]) {
    await visit(marit, of('/notities'), WORK);
    await marit.getByRole('textbox', { name: 'Notitie' }).fill(words);
    await marit.getByRole('button', { name: 'Notitie opslaan' }).click();
  }

  // The plan: typed, pasted, in an intervention, in a comment; its versions and their answers.
  await visit(marit, of('/plan'), WORK);
  await marit.getByRole('button', { name: 'Plan beginnen' }).click();
  await expect(paper(marit)).toBeVisible();
  await caretAtEnd(section(marit, 'Situatie').locator('p').last());
  await marit.keyboard.insertText(PROBE);
  await section(marit, 'Situatie').locator('p').last().evaluate((one, html) => {
    const data = new DataTransfer();
    data.setData('text/html', `<p>geplakt ${html}</p>`);
    data.setData('text/plain', html);
    one.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, '<img src=/x onerror=pierced=1><a href="javascript:pierced=1">k</a><script>pierced=1</script><i style="color:red" onclick=pierced=1>i</i>');
  await marit.getByRole('button', { name: 'Interventie invoegen' }).click();
  await marit.locator('.plan-intervention__text').last().click();
  await marit.keyboard.insertText(PROBE);
  await caretAtEnd(section(marit, 'Situatie').locator('p').first());
  await marit.keyboard.press('Shift+Home');
  await marit.keyboard.press('ControlOrMeta+Alt+m');
  await marit.getByRole('textbox', { name: 'Uw opmerking' }).fill(PROBE);
  await marit.getByRole('button', { name: 'Plaatsen' }).click();
  await expect(marit.locator('.plan-saving')).toHaveAttribute('data-now', 'saved');
  shown += Number(await isText(marit));
  await visit(marit, of('/plan/versies'), WORK);
  await marit.getByLabel('Naam van de versie').fill(PROBE.slice(0, 60));
  await marit.getByRole('button', { name: 'Versie bewaren' }).click();
  await expect(marit.getByRole('status')).toContainText('De versie is bewaard.');
  const version = new URL(marit.url()).pathname;
  await marit.getByRole('button', { name: 'Deze versie voorleggen' }).click();
  await visit(kees, version, WORK);
  await kees.getByRole('radio', { name: 'Niet akkoord' }).check();
  await kees.getByLabel('Toelichting').fill(PROBE);
  await kees.getByRole('button', { name: 'Antwoord vastleggen' }).click();

  const pages = [
    '', '/notities', '/notities/afdrukken', '/plan', '/plan/afdrukken', '/plan/versies', '/geschiedenis', '/tijdlijn', '/inzagen', '/koppelen',
  ];
  const all = [...pages.map(of), version, `${version}/afdrukken`, `${of('/plan/vergelijken')}?oud=1&nieuw=nu`, '/casussen', '/', '/meldingen', '/mijn-inzagen'];
  shown += await look(marit, all, WORK);
  shown += await look(kees, all.filter(one => !one.endsWith('/koppelen')), WORK);

  // A view under such a name.
  await visit(marit, '/signalen?status=received', INTAKE);
  await marit.locator('.keep-view summary').click();
  await marit.locator('#name').fill(PROBE.slice(0, 60));
  await marit.getByRole('button', { name: 'Bewaren' }).click();
  await look(marit, ['/signalen', '/weergaven']);

  // Break-glass: the motive, and what was thought of it.
  const thijs = await enter(THIJS);
  await visit(thijs, '/noodinzage', INTAKE);
  await field(thijs, 'Kenmerk').fill(PROBE);
  await field(thijs, 'Motief').fill(PROBE);
  await thijs.getByRole('button', { name: 'Noodinzage beginnen' }).click();
  expect(await isText(thijs), 'it is still in its fields').toBe(true);
  await field(thijs, 'Kenmerk').fill(opened.reference);
  await thijs.getByRole('button', { name: 'Noodinzage beginnen' }).click();
  await expect(thijs.getByRole('heading', { level: 1 })).toHaveText(`Noodinzage in ${opened.reference}`);
  shown += Number(await isText(thijs));
  await thijs.getByRole('button', { name: 'Nu stoppen' }).click();
  const glass = new URL(thijs.url()).pathname.replace('/dossier', '');
  const evert = await enter(EVERT);
  const review = glass.replace('/noodinzage', '/toezicht/noodinzagen');
  await visit(evert, review, SUPERVISION);
  await group(evert, 'Was deze noodinzage terecht?').getByRole('radio', { name: 'Niet terecht' }).check();
  await field(evert, 'Toelichting').fill(PROBE);
  await evert.getByRole('button', { name: 'Beoordeling vastleggen' }).click();
  shown += await look(evert, [review, '/toezicht/noodinzagen/beoordeeld', '/toezicht/inzagelog', '/toezicht/betrokkene', '/']);
  shown += await look(thijs, [glass, '/meldingen']);
  await visit(marit, opened.path, WORK);
  await unlink(marit, reference, PROBE);
  shown += await look(marit, [opened.path, of('/geschiedenis')], WORK);
  expect(shown, 'it is really shown').toBeGreaterThan(SHOWN_ON);
});

// Last: a register with such an entry is in nobody's way afterwards.
test('what stands in files that are taken in stays text', async ({ person, quiet }) => {
  quiet.intends(422);
  const sanne = await person(SANNE);
  await watch(sanne.context());
  await visit(sanne, '/signalen/inlezen', INTAKE);
  const cell = `"${PROBE.replaceAll('"', '""')}"`;
  await sanne.getByLabel('Bestand (XLSX of CSV)').setInputFiles({ ...list(`1-11-2026;${cell};hennepteelt;${cell};${cell}`, `gisteren;${cell};${cell};${cell};${cell}`), name: `${PROBE.replaceAll('/', '')}.csv` });
  await sanne.getByRole('button', { name: 'Bestand lezen' }).click();
  await expect(sanne.getByRole('heading', { level: 1 })).toHaveText('Kolommen kiezen');
  expect(await isText(sanne)).toBe(true);
  await judgeRows(sanne);
  expect(await isText(sanne)).toBe(true);
  const rows = new URL(sanne.url()).pathname;
  expect(await look(sanne, [`${rows}/regels/3`, `${rows}/regels/4`, `${rows}/weg`, '/signalen/inlezen'])).toBeGreaterThan(1);

  const mirjam = await person(MIRJAM);
  await watch(mirjam.context());
  await mirjam.goto('/verwerkingsregister/inlezen');
  const head = 'Hoofdproces;Onderliggend proces;Naam verwerking;Doel van de verwerking;Grondslag;Toelichting grondslag;Bijzondere persoonsgegevens;Bewaartermijn;Ontvangers\r\n';
  const entry = `${cell};${cell};${cell};${cell};6.1.e;${cell};strafrechtelijk;60 maanden;${cell}\r\n`;
  await mirjam.getByLabel('Bestand (XLSX of CSV)').setInputFiles({ name: 'r.csv', mimeType: 'text/csv', buffer: Buffer.from(head + entry, 'latin1') });
  await mirjam.getByRole('button', { name: 'Bestand lezen' }).click();
  await statePurpose(mirjam);
  await mirjam.getByRole('button', { name: 'Regels beoordelen' }).click();
  expect(await isText(mirjam)).toBe(true);
  await mirjam.getByRole('button', { name: /als nieuwe versie$/ }).click();
  await expect(mirjam.getByRole('status')).toHaveText('Dit is nu het register.');
  const made = new URL(mirjam.url()).pathname;
  expect(await look(mirjam, [made, '/verwerkingsregister', '/verwerkingsregister/versies'])).toBeGreaterThan(1);
});
