// The pictures of the help and of the documentation: each run goes to where they were made and looks whether they are still
// true; PLEIN_PICTURES=1 makes them anew. In a world of their own, so that no other test changes what is on them.
import type { Locator, Page } from '@playwright/test';
import { expect, test as base } from './fixtures';
import { field, group } from './forms';
import { judgeRows, list } from './imports';
import { speak } from './judge';
import { EVERT, ILSE, INTAKE, MARIT, MIRJAM, SAMIRA, SANNE, SUPERVISION, signIn, statePurpose, visit } from './people';
import { type Frame, fit, forDocumentation, hold } from './pictures';
import { WORK, caretAtEnd, paper } from './plans';
import { type Server, startServer } from './server';

type As = (name: string) => Promise<Page>;

const test = base.extend<{ as: As }, { fresh: Server }>({
  fresh: [
    async ({}, use, worker) => {
      const server = await startServer(worker.workerIndex);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  as: async ({ stranger, fresh }, use) => {
    await use(async name => {
      const page = await stranger({ baseURL: fresh.url });
      await page.goto('/');
      await signIn(page, name);
      return page;
    });
  },
});

interface Scene {
  /** The task whose help shows it. */
  task: string;
  /** The picture of the documentation that is made at the same place. */
  documentation?: string;
  /** Goes there, or tells where it is. */
  reach(as: As): Promise<Page | [Page, string]>;
  /** What is done on the page each time it is opened. */
  prepare?(page: Page): Promise<void>;
  /** What is left out of the picture. */
  leaveOut?(page: Page): Promise<void>;
  frame(page: Page): Frame;
}

const main = (page: Page): Locator => page.getByRole('main');

/** The case at the quay, which Marit opened first: its path. */
async function quay(page: Page): Promise<string> {
  await visit(page, '/casussen');
  return (await main(page).getByRole('link', { name: /^C-/ }).last().getAttribute('href')) ?? '';
}

/** The oldest signal of the department: its path. */
async function oldest(page: Page): Promise<string> {
  await visit(page, '/signalen', INTAKE);
  return (await page.getByRole('table').getByRole('link').last().getAttribute('href')) ?? '';
}

/** Waits until the form has saved what was typed. */
async function saved(page: Page): Promise<void> {
  await expect(page.getByRole('group', { name: 'Automatisch bewaren' })).toContainText(/Bewaard om \d\d:\d\d/);
}

const SCENES: Scene[] = [
  {
    task: 'mijn-werk',
    documentation: 'my-work',
    reach: as => as(MARIT),
    frame: page => ({ region: main(page), width: 800, height: 760 }),
  },
  {
    task: 'doel-kiezen',
    async reach(as) {
      const path = await oldest(await as(SANNE));
      const page = await as(SANNE);
      await page.goto(path);
      return page;
    },
    frame: page => ({ region: main(page), width: 800, height: 700 }),
  },
  {
    task: 'toezicht',
    async reach(as) {
      const page = await as(EVERT);
      await visit(page, '/toezicht/inzagelog?soort=refused', SUPERVISION);
      return page;
    },
    frame: page => ({ region: main(page), width: 1140, height: 700 }),
  },
  {
    task: 'wie-keek',
    documentation: 'who-viewed',
    async reach(as) {
      // Of her department, so that the pictures before this one have left no line there.
      const page = await as(ILSE);
      return [page, `${await oldest(page)}/inzagen`];
    },
    frame: page => ({ region: main(page), width: 1000, height: 620 }),
  },
  {
    task: 'signalen-zoeken',
    documentation: 'signals',
    async reach(as) {
      const page = await as(MARIT);
      await visit(page, '/signalen?status=received', INTAKE);
      return page;
    },
    prepare: page => page.locator('.list-filters').evaluate(one => ((one as HTMLDetailsElement).open = true)).then(() => undefined),
    frame: page => ({ region: main(page), width: 1000, height: 980 }),
  },
  {
    task: 'casus-bijhouden',
    documentation: 'case',
    async reach(as) {
      const page = await as(MARIT);
      await visit(page, await quay(page), WORK);
      return page;
    },
    frame: page => ({ region: main(page), width: 800, height: 840, from: '.purpose-box' }),
  },
  {
    task: 'signaal-vastleggen',
    documentation: 'signal-form',
    async reach(as) {
      const page = await as(SANNE);
      await page.getByRole('button', { name: 'Nieuw signaal' }).click();
      await statePurpose(page);
      await field(page, 'Korte omschrijving').fill('Kapsalon waar nooit een klant is');
      await field(page, 'Feiten').fill(
        'Bij een controle op dinsdagmiddag was de zaak open. Er waren geen klanten en er lag stof op de stoelen. Volgens de '
        + 'aanvraag knipt de zaak dertig mensen per dag.',
      );
      await field(page, 'Vermoeden').fill('De omzet komt misschien ergens anders vandaan.');
      await saved(page);
      return page;
    },
    frame: page => ({ region: main(page), width: 800, height: 900 }),
  },
  {
    task: 'casus-openen',
    async reach(as) {
      const page = await as(MARIT);
      await page.getByRole('button', { name: 'Casus openen' }).click();
      await statePurpose(page);
      const signals = group(page, 'Signalen').getByRole('checkbox');
      for (const at of [0, 1]) await signals.nth(at).check();
      await page.getByRole('button', { name: 'Gekozen signalen toetsen' }).click();
      const test = page.locator('section[id^="toets-"]').first();
      await test.getByRole('radio', { name: 'Ja' }).first().check();
      await test.getByRole('textbox').first().fill('Het signaal is verzameld om misbruik te vinden, en daarvoor is ook deze casus.');
      await saved(page);
      return page;
    },
    frame: page => ({ region: page.locator('section[id^="toets-"]').first(), width: 800, height: 940 }),
  },
  {
    task: 'lijst-inlezen',
    async reach(as) {
      const page = await as(SANNE);
      await visit(page, '/signalen/inlezen', INTAKE);
      await page.getByLabel('Bestand (XLSX of CSV)').setInputFiles(list(
        '2-11-2026;;hennepteelt;Otto Oever;Er hangt een sterke lucht bij het pand en de ramen zijn afgeplakt',
        '4-11-2026;;vastgoedfraud;;Drie aanvragen voor één woning, elk met een andere huurder',
        'vorige week;;hennepteelt;;Er brandt elke nacht licht op zolder',
      ));
      await page.getByRole('button', { name: 'Bestand lezen' }).click();
      await judgeRows(page);
      return page;
    },
    frame: page => ({ region: main(page), width: 1000, height: 800 }),
  },
  {
    task: 'verwerkingsregister',
    async reach(as) {
      const page = await as(MIRJAM);
      await page.goto('/verwerkingsregister/inlezen');
      await page.getByLabel('Bestand (XLSX of CSV)').setInputFiles(REGISTER);
      await page.getByRole('button', { name: 'Bestand lezen' }).click();
      await page.getByRole('button', { name: 'Regels beoordelen' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nieuwe versie controleren');
      return page;
    },
    frame: page => ({ region: main(page), width: 800, height: 760 }),
  },
  {
    task: 'plan-schrijven',
    documentation: 'plan',
    async reach(as) {
      const page = await as(MARIT);
      const path = `${await quay(page)}/plan`;
      for (const [at, name] of [SANNE, SAMIRA].entries()) {
        const colleague = await as(name);
        await visit(colleague, path, WORK);
        await paper(colleague).locator('section p').nth(at).click();
      }
      await visit(page, path, WORK);
      return page;
    },
    async prepare(page) {
      await expect(page.locator('.ProseMirror-widget')).toHaveCount(2);
      await page.locator('plan-editor').scrollIntoViewIfNeeded();
    },
    async leaveOut(page) {
      // The editor would take back what is hidden of its text; a style sheet it leaves alone.
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('plan-editor section:nth-of-type(n + 2) { display: none; }');
        document.adoptedStyleSheets.push(sheet);
      });
    },
    frame: page => ({ region: page.locator('plan-editor'), width: 1000, height: 900 }),
  },
  {
    task: 'plan-vaststellen',
    async reach(as) {
      const marit = await as(MARIT);
      await visit(marit, await quay(marit), WORK);
      await marit.goto(`${new URL(marit.url()).pathname}/plan/versies`);
      await marit.getByLabel('Naam van de versie').fill('Voor het overleg van december');
      await marit.getByRole('button', { name: 'Versie bewaren' }).click();
      await marit.getByRole('button', { name: 'Deze versie voorleggen' }).click();
      const path = new URL(marit.url()).pathname;
      const sanne = await as(SANNE);
      await visit(sanne, path, WORK);
      await sanne.getByRole('radio', { name: 'Akkoord', exact: true }).check();
      await sanne.getByRole('button', { name: 'Antwoord vastleggen' }).click();
      const page = await as(SAMIRA);
      await visit(page, path, WORK);
      return page;
    },
    frame: page => ({ region: main(page), width: 800, height: 1000, from: '.positions' }),
  },
];

const REGISTER = {
  name: 'register.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    'Register van verwerkingen;;;;;;;;\r\nHoofdproces;Onderliggend proces;Naam verwerking;Doel van de verwerking;Grondslag;Toelichting '
    + 'grondslag;Bijzondere persoonsgegevens;Bewaartermijn;Ontvangers\r\nOpenbare orde en veiligheid;Openbare orde;Handhaving openbare '
    + 'orde;Meldingen over verstoring van de openbare orde beoordelen en maatregelen van de burgemeester voorbereiden.;6.1.e;'
    + 'Gemeentewet, artikel 172 en 174a;strafrechtelijk;60 maanden;Politie en het Openbaar Ministerie\r\n'
    + 'Openbare orde en veiligheid;Cameratoezicht;Camera’s op het plein;Kijken wie er komt;6.1.f;Gemeentewet;nee;4 weken;\r\n',
    'utf8',
  ),
};

for (const { task, documentation, reach, prepare, leaveOut, frame } of SCENES) {
  test(`pictures of ${task} show what is there`, async ({ as }) => {
    const reached = await reach(as);
    const [page, place] = Array.isArray(reached) ? reached : [reached, new URL(reached.url()).pathname + new URL(reached.url()).search];
    const arrive = async (lang: string) => {
      await speak(page, lang);
      await page.goto(place);
      await prepare?.(page);
    };
    for (const lang of ['nl', 'en']) {
      await fit(page, frame(page));
      await arrive(lang);
      await leaveOut?.(page);
      await hold(page, `${task}.${lang}`, frame(page));
    }
    if (documentation) await forDocumentation(page, documentation, () => arrive('nl'));
  });
}

test('pictures for the documentation: what differs between two versions', async ({ as }) => {
  const page = await as(MARIT);
  const plan = `${await quay(page)}/plan`;
  await visit(page, `${plan}/versies`, WORK);
  await page.getByLabel('Naam van de versie').fill('Voor het overleg van 3 december');
  await page.getByRole('button', { name: 'Versie bewaren' }).click();
  const version = new URL(page.url()).pathname.split('/').pop();
  const writer = await as(SANNE);
  await visit(writer, plan, WORK);
  await caretAtEnd(paper(writer).locator('section p').first());
  await writer.keyboard.type(' Wij spreken de eigenaar eerst zelf.');
  await expect(writer.locator('.plan-saving')).toHaveAttribute('data-now', 'saved');
  const arrive = async () => {
    await visit(page, `${plan}/vergelijken?oud=${version}&nieuw=nu`);
    await expect(page.locator('ins').filter({ hasText: 'Wij spreken de eigenaar' })).toBeVisible();
  };
  await arrive();
  await forDocumentation(page, 'differences', arrive);
});
