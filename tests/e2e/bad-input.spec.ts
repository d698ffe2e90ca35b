// What is wrong is told as it is typed and at the field; nothing typed is lost; sent twice is sent once.
import { expect, test } from './fixtures';
import { BSN, aSignal, beginSignal, changeSignal, check, field, logSignal, part, typeSignal, typeSubject } from './forms';
import { bsn, swapped, unique } from './invented';
import { DENNIS, KEES, visit } from './people';
import { problems, typed } from './problems';

const WRONG_NUMBER = 'Dit nummer klopt niet: er is een cijfer verkeerd of twee cijfers zijn verwisseld.';
const NO_DAY = 'Dit is geen bestaande datum.';

for (const javaScriptEnabled of [true, false]) {
  test.describe(`JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    const options = { javaScriptEnabled };

    test('an invalid number and an impossible date are told at their fields', async ({ person }) => {
      const page = await person(KEES, options);
      const number = swapped(bsn());
      const wrong = aSignal({
        purpose: 'Fysieke leefomgeving: Behandelen aanvragen omgevingsvergunning',
        suspicion: 'Er staat "iets" <b>tussen</b> tekens & accenten: één, twee',
        subjects: [{ kind: 'Persoon', role: 'Eigenaar', name: unique('Teunis'), identifierKind: BSN, identifier: number }],
      });
      await beginSignal(page);
      await typeSignal(page, wrong);
      await field(page, 'Datum van de waarneming').fill('31-02-2026');
      await field(page, 'Datum waarop uw afdeling het ontving').fill('01-01-2999');
      const before = await typed(page);
      await check(page);

      await expect(page).toHaveTitle(/^Fout: Nieuw signaal/);
      const summary = problems(page);
      await expect(summary).toBeFocused();
      await expect(summary.getByRole('link')).toHaveText([
        new RegExp(`^Datum van de waarneming: ${NO_DAY}`),
        'Datum waarop uw afdeling het ontving: Deze datum ligt in de toekomst.',
        `Betrokkene of object 1, Nummer of kenmerk: ${WRONG_NUMBER}`,
      ]);
      expect(await typed(page), 'nothing is lost').toEqual(before);

      await summary.getByRole('link', { name: /Nummer of kenmerk/ }).click();
      const identifier = field(part(page, 'Betrokkene of object 1'), 'Nummer of kenmerk');
      await expect(identifier).toBeFocused();
      await expect(identifier).toHaveAttribute('aria-invalid', 'true');
      await expect(identifier).toHaveAccessibleDescription(new RegExp(WRONG_NUMBER));
      await expect(field(page, 'Datum van de waarneming')).toHaveAccessibleDescription(new RegExp(NO_DAY));
      await expect(field(page, 'Feiten')).not.toHaveAttribute('aria-invalid');
    });

    test('sent twice is logged once', async ({ person }) => {
      const page = await person(DENNIS, options);
      const signal = aSignal({ purpose: 'Fysieke leefomgeving: Toezicht op gebruik van gebouwen en terreinen' });
      await beginSignal(page);
      await typeSignal(page, signal);
      await check(page);
      await page.getByRole('button', { name: 'Signaal vastleggen' }).dblclick();
      await expect(page.getByRole('main')).toContainText('Het signaal is vastgelegd.');
      await visit(page, '/signalen');
      await expect(page.getByRole('row').filter({ hasText: signal.summary })).toHaveCount(1);
    });

    test('text that is far too long comes back whole', async ({ person, quiet }) => {
      quiet.intends(413, 422);
      const page = await person(KEES, options);
      const long = `${'Lang verhaal. '.repeat(80_000)}Einde.`;
      await beginSignal(page);
      await field(page, 'Korte omschrijving').fill('Te lang verhaal');
      await field(page, 'Feiten').fill(long);
      await check(page);
      await expect(problems(page).getByRole('link').first()).toContainText('Dit is te lang');
      await expect(field(page, 'Korte omschrijving')).toHaveValue('Te lang verhaal');
      await expect(field(page, 'Feiten')).toHaveValue(long);
    });
  });
}

test('a number is judged while it is typed, by the kind that was chosen', async ({ person }) => {
  const page = await person(KEES);
  await beginSignal(page);
  const block = part(page, 'Betrokkene of object 1');
  const number = bsn();
  const verdict = block.getByRole('status');
  await typeSubject(block, { kind: 'Persoon', role: 'Eigenaar', name: '', identifierKind: BSN, identifier: swapped(number) });
  await expect(verdict).toHaveText(WRONG_NUMBER);
  await field(block, 'Nummer of kenmerk').fill(number);
  await expect(verdict).toHaveText('Dit kan kloppen.');
  await field(block, 'Nummer of kenmerk').fill('12');
  await expect(verdict).toHaveText('Dit heeft niet het juiste aantal cijfers.');
  await field(block, 'Soort nummer of kenmerk', 'combobox').selectOption('Kenteken');
  await field(block, 'Nummer of kenmerk').blur();
  await expect(verdict).toHaveText('Dit is geen Nederlands kenteken.');
  await field(block, 'Nummer of kenmerk').fill('');
  await expect(verdict).toHaveText('');
});

test('the verdict on a number moves nothing from under the pointer', async ({ person }) => {
  const page = await person(KEES);
  await beginSignal(page);
  await typeSubject(part(page, 'Betrokkene of object 1'), {
    kind: 'Persoon', role: 'Eigenaar', name: '', identifierKind: BSN, identifier: bsn(),
  });
  const box = page.getByRole('checkbox', { name: 'Gewone persoonsgegevens' });
  const place = async () => (await box.evaluate(box => box.getBoundingClientRect().top + scrollY));
  const before = await place();
  await field(page, 'Nummer of kenmerk').blur();
  await expect(part(page, 'Betrokkene of object 1').getByRole('status')).toHaveText('Dit kan kloppen.');
  expect(await place()).toBe(before);
});

for (const javaScriptEnabled of [true, false]) {
  test(`subjects are added and removed without losing the others, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person }) => {
    const page = await person(KEES, { javaScriptEnabled });
    const [first, second] = [unique('Eerste'), unique('Tweede')];
    const subjects = [first, second].map(name => ({ kind: 'Persoon', role: 'Getuige', name }));
    const signal = await logSignal(page, aSignal({ subjects }));
    await changeSignal(page);
    await page.getByRole('button', { name: 'Betrokkene of object 1 verwijderen' }).click();
    await expect(field(page, 'Naam of omschrijving')).toHaveCount(1);
    await expect(field(page, 'Naam of omschrijving')).toHaveValue(second);
    await page.getByRole('link', { name: 'Concept weggooien' }).click();
    await page.getByRole('button', { name: 'Ja, weggooien' }).click();
    await visit(page, signal.path);
    await expect(page.getByRole('main')).toContainText(first);
  });
}
