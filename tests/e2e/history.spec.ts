// What changes in a case stays to be seen: who unlinked what and why, and who came and went in the team.
import { HOMES, card, changeTeam, inCase, openCase, typeTest, unlink } from './cases';
import { expect, test } from './fixtures';
import { aSignal, field, finish, logSignal } from './forms';
import { todayRead, unique } from './invented';
import { lines, told } from './log';
import { DENNIS, KEES, MARIT, THIJS, visit } from './people';

for (const javaScriptEnabled of [true, false]) {
  test(`a link is ended for a reason, the team changes, and both stand in the history, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person, quiet }) => {
    quiet.intends(404);
    const kees = await person(KEES, { javaScriptEnabled });
    const [kept, ended] = [aSignal(), aSignal()];
    const signals = [await logSignal(kees, kept), await logSignal(kees, ended)];
    const marit = await person(MARIT, { javaScriptEnabled });
    const opened = await openCase(marit, {
      title: unique('Garages aan de rand'),
      links: signals.map(({ reference }) => ({ reference, shared: ['Feiten'] })),
      team: [DENNIS],
    });
    const dennis = await person(DENNIS, { javaScriptEnabled });
    await visit(dennis, opened.path, inCase(HOMES));
    await expect(card(dennis, signals[1].reference)).toContainText(ended.facts);

    const reason = unique('Het gaat om een ander pand');
    await unlink(marit, signals[1].reference, reason);
    await expect(marit.getByRole('article', { name: signals[1].reference })).toHaveCount(0);
    for (const page of [marit, dennis]) {
      await page.goto(opened.path);
      const history = page.getByRole('listitem').filter({ hasText: signals[1].reference });
      await expect(history).toContainText(reason);
      await expect(history).toContainText(`Ontkoppeld door ${MARIT} op ${todayRead()}`);
      await expect(card(page, signals[0].reference)).toContainText(kept.facts);
      expect(await page.content()).not.toContain(ended.facts);
    }
    expect((await dennis.goto(signals[1].path))?.status()).toBe(404);

    await changeTeam(marit, { add: [THIJS], remove: [DENNIS] });
    const team = marit.getByRole('listitem').filter({ hasText: 'sinds' });
    await expect(team.filter({ hasText: THIJS })).toHaveCount(1);
    await expect(team.filter({ hasText: DENNIS })).toHaveCount(0);
    const thijs = await person(THIJS, { javaScriptEnabled });
    await visit(thijs, opened.path, inCase(HOMES));
    await expect(card(thijs, signals[0].reference)).toContainText(kept.facts);
    expect((await dennis.goto(opened.path))?.status()).toBe(404);

    await marit.getByRole('link', { name: 'Wie heeft dit ingezien' }).click();
    const done = told(await lines(marit)).filter(line => line.endsWith('Uitgevoerd'));
    for (const what of ['Signaal ontkoppeld', 'Team gewijzigd']) {
      expect(done.some(line => line.startsWith(`${MARIT} |`) && line.includes(what)), what).toBe(true);
    }
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`one more signal is linked after its own test, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person }) => {
    const kees = await person(KEES, { javaScriptEnabled });
    const [first, later] = [aSignal(), aSignal({ offered: ['Feiten'] })];
    const start = await logSignal(kees, first);
    const marit = await person(MARIT, { javaScriptEnabled });
    await openCase(marit, {
      title: unique('Loodsen'),
      links: [{ reference: start.reference, shared: ['Feiten'] }],
      team: [],
    });
    const { reference } = await logSignal(kees, later);
    await marit.getByRole('link', { name: 'Signaal koppelen' }).click();
    await marit.getByRole('button', { name: `${reference} toetsen` }).click();
    // Without an answer to each question nothing is linked.
    await marit.getByRole('button', { name: 'Verder: antwoorden controleren' }).click();
    await expect(marit.getByRole('alert')).toContainText(`Doelbindingstoets: ${reference}, Is delen noodzakelijk voor het doel?`);
    await typeTest(marit, { reference, shared: ['Feiten'] });
    await expect(field(marit, 'Toelichting bij noodzaak')).toHaveValue('Getoetst op noodzaak.');
    await finish(marit, 'Toets ondertekenen en signaal koppelen', 'Het signaal is gekoppeld.');
    await expect(card(marit, reference)).toContainText(later.facts);
  });
}
