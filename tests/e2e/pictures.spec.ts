// The pictures of the documentation. Made only when asked for: PLEIN_PICTURES=1.
import path from 'node:path';
import { expect, test } from './fixtures';
import { MARIT, visit } from './people';

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
});
