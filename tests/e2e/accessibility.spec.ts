// Every page, in both languages and at two widths: axe finds nothing, and nothing must be scrolled sideways.
// (The forms: accessibility-forms.spec.ts.)
import { test } from './fixtures';
import { judge, judgePage, speak } from './judge';
import { EVERT, MARIT, PETRA, SANNE, SUPERVISION, visit } from './people';

for (const lang of ['nl', 'en']) {
  test.describe(`in ${lang}`, () => {
    test('signed out', async ({ stranger, quiet }) => {
      quiet.intends(401, 404);
      const page = await stranger();
      await page.goto('/aanmelden');
      await speak(page, lang);
      await judgePage(page, '/aanmelden');
      await page.goto('/aanmelden?gelukt=signed-out');
      await judge(page, 'just signed out');
    });

    test('what a member sees', async ({ person, quiet }) => {
      quiet.intends(404);
      const page = await person(SANNE);
      await speak(page, lang);
      await page.goto('/signalen');
      await judge(page, 'the prompt with one purpose');
      await visit(page, '/signalen', /./);
      for (const path of ['/', '/signalen', '/signalen?pagina=9', '/casussen', '/mijn-inzagen', '/nergens']) await judgePage(page, path);
      await page.goto('/signalen');
      await page.getByRole('table').getByRole('link').first().click();
      await judge(page, 'a signal');
      await judgePage(page, `${new URL(page.url()).pathname}/inzagen`);
    });

    test('what a coordinator sees', async ({ person }) => {
      test.setTimeout(180_000);
      const page = await person(MARIT);
      await speak(page, lang);
      await visit(page, '/casussen', /intake/);
      for (const path of ['/', '/signalen', '/casussen']) await judgePage(page, path);
      await page.goto('/casussen');
      await page.getByRole('main').getByRole('link', { name: /^C-/ }).last().click();
      await judge(page, 'the prompt for a case');
      const path = new URL(page.url()).pathname;
      await visit(page, path, /./);
      await page.getByRole('main').locator('details').evaluateAll(all => all.forEach(one => ((one as HTMLDetailsElement).open = true)));
      await judge(page, 'a case, unfolded');
      for (const below of ['/inzagen', '/koppelen']) await judgePage(page, path + below);
    });

    test('what the supervisor and the administrator see', async ({ person }) => {
      const evert = await person(EVERT);
      await speak(evert, lang);
      await judgePage(evert, '/');
      await visit(evert, '/toezicht/inzagelog', lang === 'nl' ? SUPERVISION : /./);
      await judgePage(evert, '/toezicht/inzagelog?soort=opened');
      const petra = await person(PETRA);
      await speak(petra, lang);
      await judgePage(petra, '/');
      await judgePage(petra, '/signalen');
    });
  });
}
