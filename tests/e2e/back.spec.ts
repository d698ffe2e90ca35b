// After signing out, the browser's own Back and Forward show nothing.
import { expect, test } from './fixtures';
import { aSignal, logSignal } from './forms';
import { KEES, signIn, signOut, visit } from './people';

for (const javaScriptEnabled of [true, false]) {
  test(`Back shows no content after signing out, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person }) => {
    const page = await person(KEES, { javaScriptEnabled });
    const signal = aSignal();
    const { path } = await logSignal(page, signal);
    await page.goto('/signalen');
    await page.goto(path);
    await expect(page.getByRole('main')).toContainText(signal.facts);
    await signOut(page);
    for (let step = 0; step < 3; step += 1) {
      await page.goBack();
      await expect(page).toHaveURL(/\/aanmelden/);
      expect(await page.content()).not.toContain(signal.facts);
      expect(await page.content()).not.toContain(signal.summary);
    }
    await page.goForward();
    await expect(page).toHaveURL(/\/aanmelden/);
    expect(await page.content()).not.toContain(signal.facts);
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`signing in leads back to the page that was asked for, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person }) => {
    const page = await person(KEES, { javaScriptEnabled });
    const { path } = await logSignal(page, aSignal());
    await signOut(page);
    await page.goto(path);
    await expect(page).toHaveURL(/\/aanmelden\?naar=/);
    await signIn(page, KEES);
    await visit(page, new URL(page.url()).pathname);
    await expect(page).toHaveURL(new RegExp(`${path}$`));
  });
}
