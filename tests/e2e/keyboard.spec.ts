// With the keyboard alone: signing in and logging a whole signal. Wherever the focus is, it can be seen.
import { type Locator, type Page, expect } from '@playwright/test';
import { test } from './fixtures';
import { BSN, aSignal, field, group, part } from './forms';
import { bsn, todayTyped, unique } from './invented';
import { KEES } from './people';

const STOPS = 120;

test('a whole signal, from signing in, without a mouse', async ({ stranger }) => {
  const page = await stranger();
  await page.goto('/aanmelden');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Naar de inhoud' })).toBeFocused();
  await expectVisible(page);
  await page.keyboard.press('Enter');
  await press(page, page.getByRole('button', { name: new RegExp(`^Aanmelden als ?${KEES}`) }));
  await press(page, page.getByRole('button', { name: 'Nieuw signaal' }));
  await press(page, page.getByRole('button', { name: 'Openen voor dit doel' }));

  const signal = aSignal({ suspicion: unique('Een stroman') });
  const number = bsn();
  await write(page, field(page, 'Korte omschrijving'), signal.summary);
  await write(page, field(page, 'Feiten'), signal.facts);
  await write(page, field(page, 'Vermoeden'), signal.suspicion ?? '');
  await write(page, field(page, 'Fenomeen', 'combobox'), 'Vastgoed');
  await write(page, field(page, 'Hoe kwam het signaal binnen?', 'combobox'), 'Inwoner');
  await mark(page, group(page, 'Wie meldde het?').getByRole('radio', { name: 'Ambtenaar' }));
  await mark(page, group(page, 'Hoe zijn de feiten bekend?').getByRole('radio', { name: 'Zelf gezien' }));
  // Inside a group of radio buttons the arrows move, and choose.
  await mark(page, group(page, 'Hoe betrouwbaar is de bron?').getByRole('radio').first());
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Betrouwbaar, niet bevestigd' })).toBeChecked();
  await write(page, field(page, 'Datum waarop uw afdeling het ontving'), todayTyped());
  const block = part(page, 'Betrokkene of object 1');
  await write(page, field(block, 'Soort', 'combobox'), 'Persoon');
  await write(page, field(block, 'Rol in dit signaal', 'combobox'), 'Eigenaar');
  await write(page, field(block, 'Naam of omschrijving'), 'Teunis Kwelder');
  await write(page, field(block, 'Soort nummer of kenmerk', 'combobox'), 'Burger');
  await write(page, field(block, 'Nummer of kenmerk'), number);
  await write(page, field(page, 'Onder welke verwerking heeft uw afdeling dit verzameld?', 'combobox'), 'Fysieke leefomgeving: Beh');
  for (const category of ['Gewone persoonsgegevens', BSN]) await mark(page, page.getByRole('checkbox', { name: category }));
  await mark(page, page.getByRole('checkbox', { name: 'Feiten' }));
  await press(page, page.getByRole('button', { name: 'Verder: antwoorden controleren' }));
  await press(page, page.getByRole('button', { name: 'Signaal vastleggen' }));

  const shown = page.getByRole('main');
  await expect(shown).toContainText('Het signaal is vastgelegd.');
  for (const typed of [signal.summary, signal.facts, signal.suspicion ?? '', number, 'Vastgoedfraude', 'Inwoner']) {
    await expect(shown).toContainText(typed);
  }
});

test('Enter in a field sends the form, and does not throw anything away', async ({ person }) => {
  const page = await person(KEES);
  await page.getByRole('button', { name: 'Nieuw signaal' }).click();
  await page.getByRole('button', { name: 'Openen voor dit doel' }).click();
  await field(page, 'Korte omschrijving').fill('Alleen dit');
  await field(page, 'Korte omschrijving').press('Enter');
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(field(page, 'Korte omschrijving')).toHaveValue('Alleen dit');
});

/** Goes on with Tab until the focus is here. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    await expectVisible(page);
    if (await target.evaluate(element => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to ${target}`);
}

async function press(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button);
  const before = page.url();
  await page.keyboard.press('Enter');
  await expect(async () => expect(page.url() !== before || !(await button.isVisible())).toBe(true)).toPass();
}

async function write(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

async function mark(page: Page, box: Locator): Promise<void> {
  await tabTo(page, box);
  await page.keyboard.press('Space');
  await expect(box).toBeChecked();
}

/** What has the focus is (soon, for the page may have to scroll) on the screen, and something is drawn around it. */
async function expectVisible(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return 'seen';
        const style = getComputedStyle(element);
        const drawn = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
        const { top, bottom, width, height } = element.getBoundingClientRect();
        const inside = width > 0 && height > 0 && bottom > 0 && top < innerHeight;
        return drawn && inside ? 'seen' : `${element.outerHTML.slice(0, 200)} drawn: ${drawn}, on the screen: ${inside}`;
      }),
    )
    .toBe('seen');
}
