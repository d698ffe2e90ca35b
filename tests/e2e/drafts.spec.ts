// What somebody types is kept, whatever happens to the page, the network or the session.
import { expect, test } from './fixtures';
import { aSignal, beginSignal, check, field, finish, typeSignal } from './forms';
import { unique } from './invented';
import { judge } from './judge';
import { HANNEKE, THIJS, signIn, statePurpose } from './people';
import { typed } from './problems';

const SESSION_COOKIE = '__Host-plein';

test('typing is saved by itself, and survives closing the tab', async ({ person }) => {
  const page = await person(THIJS);
  await beginSignal(page);
  const saving = page.getByRole('group', { name: 'Automatisch bewaren' });
  await expect(saving).toContainText('Wat u typt, wordt automatisch bewaard.');
  const facts = unique('Getypt en niet verstuurd');
  await field(page, 'Feiten').fill(facts);
  await expect(saving).toContainText('Nog niet bewaard');
  await expect(saving).toContainText(/Bewaard om \d\d:\d\d/);
  const context = page.context();
  await page.close();

  const again = await context.newPage();
  await again.goto('/');
  await again.getByRole('link', { name: /^Verder met Nieuw signaal/ }).first().click();
  await expect(field(again, 'Feiten')).toHaveValue(facts);
});

test('a save that fails is told, and made good as soon as it works', async ({ person, quiet }) => {
  quiet.intends(503);
  const page = await person(THIJS);
  await beginSignal(page);
  const saving = page.getByRole('group', { name: 'Automatisch bewaren' });
  await expect(saving).toContainText('Wat u typt, wordt automatisch bewaard.');
  await page.route('**/functies/save-draft', route => route.fulfill({ status: 503, body: '"Later"' }));
  await field(page, 'Feiten').fill('Eerst lukt het niet');
  await expect(saving.getByRole('status')).toContainText('Bewaren lukt nu niet.');
  await page.unroute('**/functies/save-draft');
  await field(page, 'Feiten').fill('Eerst lukt het niet, dan wel');
  await expect(saving).toContainText(/Bewaard om \d\d:\d\d/);
  await expect(saving.getByRole('status')).toHaveText('');
});

for (const javaScriptEnabled of [true, false]) {
  test(`a session that ends loses nothing, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person, quiet }) => {
    quiet.intends(401);
    const page = await person(HANNEKE, { javaScriptEnabled });
    const signal = aSignal({
      facts: `${unique('Regel één')}\n\n  Regel twee, "met" <tekens> & meer`,
      purpose: 'Sociaal domein: Rechtmatigheid van uitkeringen',
    });
    await beginSignal(page);
    await typeSignal(page, signal);
    const before = await typed(page);
    await page.context().clearCookies({ name: SESSION_COOKIE });
    if (javaScriptEnabled) {
      await field(page, 'Plaatsen').fill(unique('Kerkplein'));
      before.splice(0, before.length, ...(await typed(page)));
      await expect(page.getByRole('group', { name: 'Automatisch bewaren' }).getByRole('status')).toContainText(
        'U bent niet meer aangemeld.',
      );
    }
    await check(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('U bent niet meer aangemeld');

    const opening = page.context().waitForEvent('page');
    await page.getByRole('link', { name: 'Aanmelden (opent een nieuw tabblad)' }).click();
    const tab = await opening;
    await signIn(tab, HANNEKE);
    await tab.close();
    await page.getByRole('button', { name: 'Opnieuw versturen' }).click();
    // The new session has stated no purpose yet.
    await statePurpose(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nieuw signaal');
    expect(await typed(page)).toEqual(before);
    await finish(page, 'Signaal vastleggen', 'Het signaal is vastgelegd.');
    await expect(page.getByRole('main')).toContainText('Regel twee, "met" <tekens> & meer');
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`a draft is thrown away only after asking once more, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person, quiet }) => {
    quiet.intends(404);
    const page = await person(THIJS, { javaScriptEnabled });
    await beginSignal(page);
    const address = page.url();
    await field(page, 'Feiten').fill('Kan weg');
    await page.getByRole('button', { name: 'Bewaren en later verder' }).click();
    await expect(page.getByRole('main')).toContainText('Uw concept is bewaard.');
    await page.goto(address);
    await page.getByRole('link', { name: 'Concept weggooien' }).click();
    await page.getByRole('link', { name: 'Nee, terug naar het concept' }).click();
    await expect(field(page, 'Feiten')).toHaveValue('Kan weg');
    await page.getByRole('link', { name: 'Concept weggooien' }).click();
    await page.getByRole('button', { name: 'Ja, weggooien' }).click();
    await expect(page.getByRole('main')).toContainText('Het concept is weggegooid.');
    expect((await page.goto(address))?.status()).toBe(404);
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`one draft in two windows loses nothing, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person, quiet }) => {
    quiet.intends(409);
    const one = await person(THIJS, { javaScriptEnabled });
    await beginSignal(one);
    const two = await one.context().newPage();
    await two.goto(one.url());
    const [first, second] = [unique('Uit het eerste venster'), unique('Uit het tweede venster')];
    await field(one, 'Feiten').fill(first);
    if (javaScriptEnabled) {
      await expect(one.getByRole('group', { name: 'Automatisch bewaren' })).toContainText(/Bewaard om \d\d:\d\d/);
    } else {
      await one.getByRole('button', { name: 'Bewaren en later verder' }).click();
    }
    await field(two, 'Feiten').fill(second);
    if (javaScriptEnabled) {
      await expect(two.getByRole('group', { name: 'Automatisch bewaren' }).getByRole('status')).toContainText(
        'Wat u hier typt, wordt apart bewaard.',
      );
    }
    await check(two);
    await expect(two.getByRole('heading', { level: 1 })).toHaveText('U vulde dit concept in twee vensters in');
    const row = two.getByRole('table', { name: 'Verschillen' }).getByRole('row').filter({ hasText: first });
    await expect(row.getByRole('cell')).toHaveText([second, first]);
    if (javaScriptEnabled) await judge(two, 'one draft in two windows');
    await two.getByRole('button', { name: 'Verder met de tekst die apart is bewaard' }).click();
    await expect(field(two, 'Feiten')).toHaveValue(second);
    expect(await two.content()).not.toContain(first);
  });
}
