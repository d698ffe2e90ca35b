// Administration: who waits is given a place, two people make an administrator, and sessions are ended; with the keyboard alone and
// without JavaScript too.
import { expect, test } from './fixtures';
import { field, tabTo } from './forms';
import { judge, judgeInBoth } from './judge';
import { ADMINISTRATION, EVERT, LOTTE, MIRJAM, PETRA, SANNE, visit } from './people';

const CONFIRM = /^Bevestigen/;

for (const javaScriptEnabled of [true, false]) {
  test(`places are given, taken away and kept from being lost, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({
    person,
    quiet,
  }) => {
    test.setTimeout(120_000);
    quiet.intends(404, 409, 422);
    const petra = await person(PETRA, { javaScriptEnabled });
    await visit(petra, '/beheer', ADMINISTRATION);
    const waiting = javaScriptEnabled ? 'Nora Rietkraag' : 'Yara Morgenzon';
    const row = petra.getByRole('row').filter({ hasText: waiting });
    await expect(row).toContainText('@lierveen.example');
    await tabTo(petra, row.getByRole('link'));
    await petra.keyboard.press('Enter');
    await expect(petra.getByRole('heading', { level: 1 })).toHaveText(waiting);

    // What is wrong is told at its field.
    const save = petra.getByRole('button', { name: 'Plaats opslaan' });
    await petra.getByRole('checkbox', { name: 'FG', exact: false }).first().check();
    await petra.getByRole('checkbox', { name: 'Afdelingsmedewerker' }).check();
    await save.click();
    await expect(petra.getByRole('alert')).toContainText('De FG heeft geen andere rol.');
    await petra.getByRole('checkbox', { name: 'FG', exact: false }).first().uncheck();
    await field(petra, 'Afdeling', 'combobox').selectOption('Economie');
    const other = await petra.context().newPage();
    await other.goto(petra.url());
    await tabTo(petra, save);
    await petra.keyboard.press('Enter');
    await expect(petra.getByRole('status')).toContainText('De plaats is opgeslagen.');
    await expect(petra.getByRole('main')).toContainText('Economie, afdelingsmedewerker');

    // A page of before is not taken.
    await field(other, 'Afdeling', 'combobox').selectOption('Economie');
    await other.getByRole('checkbox', { name: 'Regisseur' }).check();
    await other.getByRole('button', { name: 'Plaats opslaan' }).click();
    await expect(other.getByRole('alert')).toContainText('Er is niets gewijzigd: intussen is er iets veranderd.');
    await other.close();
    await petra.getByRole('button', { name: 'Plaats ontnemen' }).click();
    await expect(petra.getByRole('status')).toContainText('De plaats is ontnomen');
    await expect(petra.getByRole('table', { name: /^Wijzigingen van deze plaats/ }).getByRole('row')).toHaveCount(3);

    // Whoever has no part in it sees nothing of it.
    for (const name of [SANNE, EVERT]) {
      const page = await person(name, { javaScriptEnabled });
      for (const closed of ['/beheer', '/beheer/mensen', '/beheer/voorstellen']) {
        expect((await page.goto(closed))?.status(), `${name} at ${closed}`).toBe(403);
        expect(await page.content()).not.toContain('Rietkraag');
      }
      await expect(page.getByRole('link', { name: 'Beheer', exact: true })).toHaveCount(0);
    }
  });
}

test('a second person confirms an administrator, and whoever proposed it cannot', async ({ person, quiet }) => {
  quiet.intends(404, 409);
  const petra = await person(PETRA);
  await visit(petra, '/beheer', ADMINISTRATION);
  await petra.getByRole('link', { name: /voorstel(len)? wacht/ }).click();
  const about = petra.getByRole('region', { name: 'Voorstel over Teun Kastanje' });
  await expect(about.getByRole('button', { name: CONFIRM })).toHaveCount(0);
  await expect(about.getByRole('button', { name: /^Voorstel intrekken/ })).toBeVisible();

  const mirjam = await person(MIRJAM);
  await mirjam.getByRole('link', { name: 'Voorstellen', exact: true }).click();
  const here = mirjam.getByRole('region', { name: 'Voorstel over Teun Kastanje' });
  await expect(here).toContainText('Openbare orde en veiligheid, functioneel beheerder');
  await tabTo(mirjam, here.getByRole('button', { name: CONFIRM }));
  await mirjam.keyboard.press('Enter');
  await expect(mirjam.getByRole('status')).toContainText('Het voorstel is bevestigd');

  // The button on the page of before does nothing any more, and says so.
  await about.getByRole('button', { name: /^Voorstel intrekken/ }).click();
  await expect(petra.getByRole('alert')).toContainText('dit voorstel is niet meer open');
  await petra.goto('/beheer/mensen');
  await petra.getByRole('link', { name: 'Teun Kastanje' }).click();
  await expect(petra.getByRole('table', { name: /^Wijzigingen van deze plaats/ })).toContainText(MIRJAM);
});

test('people see where they are signed in, and end it; so does the administrator', async ({ person }) => {
  const here = await person(LOTTE);
  const elsewhere = await person(LOTTE);
  await here.getByRole('contentinfo').getByRole('link', { name: 'Waar ben ik aangemeld' }).click();
  await expect(here.getByRole('row')).toHaveCount(3);
  await expect(here.getByRole('main')).toContainText('Chrome, Linux');
  await here.getByRole('button', { name: 'Overal elders afmelden' }).click();
  await expect(here.getByRole('main')).toContainText('U bent alleen hier aangemeld.');
  await elsewhere.goto('/mijn-sessies');
  await expect(elsewhere).toHaveURL(/\/aanmelden/);

  const petra = await person(PETRA);
  await visit(petra, '/beheer/mensen', ADMINISTRATION);
  await petra.getByRole('link', { name: LOTTE }).click();
  await petra.getByRole('button', { name: 'Overal afmelden' }).click();
  await expect(petra.getByRole('main')).toContainText('Deze persoon is nu nergens aangemeld.');
  await here.goto('/');
  await expect(here).toHaveURL(/\/aanmelden/);
});

test('accessibility of the administration', async ({ person, quiet }) => {
  test.setTimeout(240_000);
  quiet.intends(422);
  const petra = await person(PETRA);
  await visit(petra, '/beheer', ADMINISTRATION);
  for (const path of ['/beheer', '/beheer/mensen', '/beheer/voorstellen', '/mijn-sessies']) await judgeInBoth(petra, path);
  await petra.goto('/beheer/mensen');
  await petra.getByRole('link', { name: SANNE }).click();
  await judgeInBoth(petra);
  await petra.getByRole('checkbox', { name: 'Afdelingsmedewerker' }).uncheck();
  await petra.getByRole('button', { name: 'Plaats opslaan' }).click();
  await expect(petra.getByRole('alert')).toBeVisible();
  await judge(petra, 'a place that is not right');
});
