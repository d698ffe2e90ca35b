// The guided tour, in the whole world of the demo: found from the sign-in page, taken without JavaScript and by keyboard.
import { expect, test as base } from './fixtures';
import { judgeInBoth } from './judge';
import { asksForPurpose } from './people';
import { type Server, startServer } from './server';

const test = base.extend<object, { whole: Server }>({
  whole: [
    async ({}, use, worker) => {
      const server = await startServer(worker.workerIndex, []);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

test('the tour leads from the sign-in page past every stop and back, without JavaScript', async ({ stranger, whole, quiet }) => {
  test.slow();
  quiet.intends(404);
  const page = await stranger({ baseURL: whole.url, javaScriptEnabled: false });
  await page.goto('/aanmelden');
  await page.getByRole('main').getByRole('link', { name: 'Rondleiding van tien minuten' }).click();
  const steps = page.getByRole('button', { name: /^Aanmelden als/ });
  await expect(steps).toHaveCount(9);
  for (let at = 0; at < 9; at += 1) {
    await steps.nth(at).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('banner')).toContainText('Aangemeld als');
    if (await asksForPurpose(page)) await page.getByRole('button', { name: /^(Openen voor dit doel|Verder)$/ }).click();
    const gone = await page.getByRole('heading', { level: 1 }).textContent();
    expect(gone === 'Niet gevonden', `stop ${at + 1}: ${gone}`).toBe(at === 7);
    await page.getByRole('complementary', { name: 'Over deze demo' }).getByRole('link').click();
  }
});

test('accessibility of the tour, and the tour on paper', async ({ stranger, whole }) => {
  const page = await stranger({ baseURL: whole.url });
  await page.goto('/aanmelden');
  await judgeInBoth(page, '/aanmelden');
  await judgeInBoth(page, '/rondleiding');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { name: 'Samen schrijven aan één plan' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Aanmelden als/ }).first()).toBeHidden();
});
