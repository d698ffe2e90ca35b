// The pictures of the documentation. Made only when asked for: PLEIN_PICTURES=1.
import path from 'node:path';
import { expect, test } from './fixtures';
import { MARIT, SAMIRA, SANNE, visit } from './people';
import { caretAtEnd, paper } from './plans';

const FOLDER = path.join(__dirname, '../../docs/pictures');

test('pictures for the documentation', async ({ person }) => {
  test.skip(process.env.PLEIN_PICTURES !== '1', 'only with PLEIN_PICTURES=1');
  const page = await person(MARIT, { viewport: { width: 1280, height: 900 } });
  await page.screenshot({ path: path.join(FOLDER, 'my-work.png') });

  await page.getByRole('main').getByRole('link', { name: /^C-/ }).last().click();
  const address = new URL(page.url()).pathname;
  await visit(page, address, /Werken aan casus/);
  await page.getByRole('link', { name: 'Wie heeft dit ingezien' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await page.screenshot({ path: path.join(FOLDER, 'who-viewed.png') });

  // The plan of the same case, with two colleagues in it.
  const plan = `${address}/plan`;
  const colleagues = [];
  for (const name of [SANNE, SAMIRA]) {
    const colleague = await person(name);
    await visit(colleague, plan, /Werken aan casus/);
    await paper(colleague).locator('section p').nth(colleagues.length).click();
    colleagues.push(colleague);
  }
  await visit(page, plan, /Werken aan casus/);
  await expect(page.locator('.ProseMirror-widget')).toHaveCount(2);
  await paper(page).scrollIntoViewIfNeeded();
  await page.screenshot({ path: path.join(FOLDER, 'plan.png') });

  // What a version and the text of now differ in.
  await visit(page, `${plan}/versies`);
  await page.getByLabel('Naam van de versie').fill('Voor het overleg van 3 december');
  await page.getByRole('button', { name: 'Versie bewaren' }).click();
  const version = new URL(page.url()).pathname.split('/').pop();
  const writer = colleagues[0];
  await caretAtEnd(paper(writer).locator('section p').first());
  await writer.keyboard.type(' Wij spreken de eigenaar eerst zelf.');
  await expect(writer.locator('.plan-saving')).toHaveAttribute('data-now', 'saved');
  await visit(page, `${plan}/vergelijken?oud=${version}&nieuw=nu`);
  await page.screenshot({ path: path.join(FOLDER, 'differences.png') });
});
