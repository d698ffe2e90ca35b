// The product's spine: two departments log signals about the same person, a coordinator brings them together under a
// purpose, each sees exactly what is shared, and everybody can see who looked.
import { HOMES, card, inCase, openCase, shownFields } from './cases';
import { expect, test } from './fixtures';
import { BSN, type Signal, aSignal, beginSignal, logSignal } from './forms';
import { bsn, todayRead, unique } from './invented';
import { type Line, lines, told } from './log';
import { ILSE, INTAKE, MARIT, SAMIRA, SANNE, visit } from './people';

const GUESSED = '0d9a3c1e-5b1f-4c58-9e0a-2f6f1f7d4b11';

for (const javaScriptEnabled of [true, false]) {
  test(`from two signals to a case and who looked, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person, quiet }) => {
    test.setTimeout(240_000);
    const begun = todayRead();
    const options = { javaScriptEnabled };
    const number = bsn();
    const name = unique('Teunis Kwelder');
    const about = { kind: 'Persoon', name, identifierKind: BSN, identifier: number };
    const permits: Signal = aSignal({
      facts: unique('Drie aanvragen voor één woning'),
      suspicion: unique('Mogelijk een stroman'),
      risk: unique('Er loopt een hond los'),
      place: unique('Brugstraat 1'),
      reporter: unique('Melder achter de balie'),
      purpose: 'Fysieke leefomgeving: Behandelen aanvragen omgevingsvergunning',
      offered: ['Korte omschrijving', 'Feiten', 'Plaats', 'Betrokkenen en objecten'],
      subjects: [{ ...about, role: 'Eigenaar' }],
    });
    const taxes: Signal = aSignal({
      facts: unique('Aanslagen komen retour'),
      purpose: 'Financiën: Heffing en invordering gemeentelijke belastingen',
      offered: ['Korte omschrijving', 'Feiten', 'Betrokkenen en objecten'],
      subjects: [{ ...about, role: 'Betrokken', identifier: number.replace(/(\d{4})(\d{2})(\d{3})/, '$1.$2.$3') }],
    });

    const sanne = await person(SANNE, options);
    const samira = await person(SAMIRA, options);
    const marit = await person(MARIT, options);
    const ofPermits = await logSignal(sanne, permits);
    const ofTaxes = await logSignal(samira, taxes);

    const title = unique('Woning aan de Brugstraat');
    const opened = await openCase(marit, {
      title,
      links: [
        { reference: ofPermits.reference, shared: ['Feiten', 'Betrokkenen en objecten'] },
        { reference: ofTaxes.reference, shared: ['Korte omschrijving', 'Feiten'] },
      ],
      team: [SANNE, SAMIRA],
    });
    await expect(marit.getByRole('region', { name: 'Doel van deze casus' })).toContainText(HOMES);

    await test.step('Samira sees of the other department exactly what is shared', async () => {
      await visit(samira, opened.path, inCase(HOMES));
      const shared = card(samira, ofPermits.reference);
      await expect(shared.getByRole('definition').filter({ hasText: permits.facts })).toBeVisible();
      expect((await shownFields(shared)).slice(0, 2)).toEqual(['Feiten', 'Betrokkenen en objecten']);
      await samira.getByRole('link', { name: ofPermits.reference }).click();
      const content = samira.getByRole('main');
      await expect(content).toContainText('U ziet wat in een casus met u wordt gedeeld.');
      for (const seen of [permits.facts, name, number]) await expect(content).toContainText(seen);
      for (const unseen of [permits.summary, permits.suspicion, permits.risk, permits.place, permits.reporter]) {
        expect(await samira.content()).not.toContain(unseen);
      }
      await visit(samira, ofTaxes.path);
      await expect(content).toContainText('U ziet het hele signaal');
    });

    await test.step('the coordinator sees what is shared too, and nothing that was not offered', async () => {
      await expect(card(marit, ofPermits.reference)).not.toContainText(permits.place ?? '');
      expect(await marit.content()).not.toContain(permits.suspicion);
    });

    const ilse = await person(ILSE, options);
    await test.step('a fourth person gets nothing', async () => {
      quiet.intends(404);
      const refusals: string[] = [];
      for (const path of [ofPermits.path, opened.path, `${ofPermits.path}/inzagen`, `${opened.path}/inzagen`, `/signalen/${GUESSED}`]) {
        await visit(ilse, path);
        const answer = await ilse.goto(path);
        expect(answer?.status(), path).toBe(404);
        refusals.push(await ilse.getByRole('main').innerText());
      }
      expect(new Set(refusals).size, 'what exists looks like what does not').toBe(1);
      expect(refusals[0]).toContain('Niet gevonden');

      await beginSignal(sanne);
      const draft = new URL(sanne.url()).pathname.split('/')[2];
      expect((await ilse.goto(`/concepten/${draft}`))?.status()).toBe(404);
      const data = { draft, values: [['summary', 'Overgenomen']] };
      const headers = { 'sec-fetch-site': 'same-origin' };
      const [mine, guessed] = await Promise.all(
        [draft, GUESSED].map(draft => ilse.request.post('/functies/save-draft', { data: { ...data, draft }, headers })),
      );
      expect([mine.status(), guessed.status()]).toEqual([404, 404]);
      expect(await mine.text()).toBe(await guessed.text());
    });

    await test.step('who looked, when and with which purpose', async () => {
      await visit(sanne, ofPermits.path);
      await sanne.getByRole('link', { name: 'Wie heeft dit ingezien' }).click();
      const found = await lines(sanne);
      expect(told(found)).toEqual(seenOfSignal(opened.reference));
      expectToday(found, begun);

      await visit(marit, opened.path);
      await marit.getByRole('link', { name: 'Wie heeft dit ingezien' }).click();
      const ofCase = await lines(marit);
      expect(told(ofCase)).toEqual(seenOfCase(opened.reference));
      expectToday(ofCase, begun);

      // The team sees who looked, but a refusal is for the coordinator alone.
      await visit(samira, `${opened.path}/inzagen`);
      expect(told(await lines(samira)).filter(line => line.includes(ILSE))).toEqual([]);
    });
  });
}

/** Who did what with the signal of Vergunningen, under which purpose. */
function seenOfSignal(reference: string): string[] {
  const inThisCase = `Werken aan casus ${reference}: ${HOMES}`;
  return [
    said(AS_ILSE, 'Geweigerd', 'Geen doel opgegeven', 'Geweigerd'),
    said(AS_MARIT, 'Casus geopend', INTAKE, 'Toegestaan'),
    said(AS_MARIT, 'Casus geopend', INTAKE, 'Uitgevoerd'),
    said(AS_MARIT, 'Geopend', inThisCase, 'Toegestaan'),
    said(AS_MARIT, 'In een lijst getoond', INTAKE, 'Toegestaan'),
    said(AS_SAMIRA, 'Geopend', inThisCase, 'Toegestaan'),
    said(AS_SANNE, 'Geopend', INTAKE, 'Toegestaan'),
    said(AS_SANNE, 'Inzagelog gelezen', INTAKE, 'Toegestaan'),
    said(AS_SANNE, 'Signaal vastgelegd', INTAKE, 'Toegestaan'),
    said(AS_SANNE, 'Signaal vastgelegd', INTAKE, 'Uitgevoerd'),
  ];
}

/** The same of the case. */
function seenOfCase(reference: string): string[] {
  const inThisCase = `Werken aan casus ${reference}: ${HOMES}`;
  return [
    said(AS_ILSE, 'Geweigerd', 'Geen doel opgegeven', 'Geweigerd'),
    said(AS_MARIT, 'Casus geopend', INTAKE, 'Toegestaan'),
    said(AS_MARIT, 'Casus geopend', INTAKE, 'Uitgevoerd'),
    said(AS_MARIT, 'Geopend', inThisCase, 'Toegestaan'),
    said(AS_MARIT, 'Inzagelog gelezen', inThisCase, 'Toegestaan'),
    said(AS_SAMIRA, 'Geopend', inThisCase, 'Toegestaan'),
  ];
}

const AS_ILSE = `${ILSE} | Burgerzaken (BRP) | afdelingsmedewerker`;
const AS_MARIT = `${MARIT} | Openbare orde en veiligheid | regisseur`;
const AS_SAMIRA = `${SAMIRA} | Belastingen | afdelingsmedewerker`;
const AS_SANNE = `${SANNE} | Vergunningen | afdelingsmedewerker`;

function said(...parts: string[]): string {
  return parts.join(' | ');
}

/** Today; or, should the test last over midnight, the day on which it began. */
function expectToday(found: Line[], begun: string): void {
  const days = new Set(found.map(line => line.when.split(',')[0]));
  expect([begun, todayRead()]).toEqual(expect.arrayContaining([...days]));
}
