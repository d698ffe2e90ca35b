// Two colleagues change the same signal: the second sees both texts and chooses; nothing is lost or overwritten unseen.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { aSignal, changeSignal, check, field, finish, logSignal } from './forms';
import { unique } from './invented';
import { KEES, SANNE, visit } from './people';

for (const { keep, javaScriptEnabled } of [
  { keep: 'mine', javaScriptEnabled: true },
  { keep: 'theirs', javaScriptEnabled: false },
]) {
  test(`changed by both: ${keep} is kept, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({ person, quiet }) => {
    quiet.intends(409);
    const sanne = await person(SANNE, { javaScriptEnabled });
    const kees = await person(KEES, { javaScriptEnabled });
    const signal = aSignal();
    const { path } = await logSignal(sanne, signal);
    const [mine, theirs] = [unique('De tekst van Sanne'), unique('De tekst van Kees')];

    await begin(sanne, path);
    await field(sanne, 'Feiten').fill(mine);
    await begin(kees, path);
    await field(kees, 'Feiten').fill(theirs);
    await finish(kees, 'Wijziging bewaren', 'De wijziging is bewaard.');

    await check(sanne);
    // The conflict is told when the answers are checked, at the latest when they are sent.
    const send = sanne.getByRole('button', { name: 'Wijziging bewaren' });
    if (await send.isVisible()) await send.click();
    await expect(sanne.getByRole('heading', { level: 1 })).toHaveText('Iemand anders heeft dit ook gewijzigd');
    await expect(sanne.getByRole('main')).toContainText(`${KEES} bewaarde op`);
    const row = sanne.getByRole('table', { name: 'Verschillen' }).getByRole('row').filter({ hasText: mine });
    await expect(row.getByRole('cell')).toHaveText([mine, theirs]);
    await expect(sanne.getByRole('table', { name: 'Verschillen' }).getByRole('row')).toHaveCount(2);

    const button = keep === 'mine' ? 'Verder met mijn tekst' : 'Verder met de tekst van de ander';
    await sanne.getByRole('button', { name: button }).click();
    const [kept, gone] = keep === 'mine' ? [mine, theirs] : [theirs, mine];
    await expect(field(sanne, 'Feiten')).toHaveValue(kept);
    await finish(sanne, 'Wijziging bewaren', 'De wijziging is bewaard.');
    await expect(sanne.getByRole('main')).toContainText(kept);
    expect(await sanne.content()).not.toContain(gone);
    await visit(kees, path);
    await expect(kees.getByRole('main')).toContainText(kept);
  });
}

async function begin(page: Page, path: string): Promise<void> {
  await visit(page, path);
  await changeSignal(page);
}
