// With the keyboard alone: signing in and logging a whole signal. Wherever the focus is, it can be seen.
import { type Locator, type Page, expect } from '@playwright/test';
import { CRITERIA, HOMES, sharing } from './cases';
import { test } from './fixtures';
import { BSN, aSignal, field, group, logSignal, part } from './forms';
import { bsn, todayTyped, unique } from './invented';
import { KEES, MARIT, SANNE } from './people';

const STOPS = 120;
/** An official at work: 200 keystrokes a minute, and how long logging a signal and opening a case may take at that. */
const KEYSTROKE = 60_000 / 200;
const SIGNAL = 2 * 60_000;
const CASE = 3 * 60_000;

test('a whole signal in its steps, from signing in, without a mouse and within two minutes', async ({ stranger }) => {
  const page = await stranger();
  await page.goto('/aanmelden');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Naar de inhoud' })).toBeFocused();
  await expectVisible(page);
  await page.keyboard.press('Enter');
  const hands = new Hands(page);
  await hands.press(page.getByRole('button', { name: new RegExp(`^Aanmelden als ?${KEES}`) }));
  await hands.press(page.getByRole('button', { name: 'Nieuw signaal' }));
  await hands.press(page.getByRole('button', { name: 'Openen voor dit doel' }));

  const signal = aSignal({ suspicion: unique('Een stroman') });
  const number = bsn();
  const next = () => hands.press(page.getByRole('button', { name: 'Volgende stap' }));
  await hands.write(field(page, 'Korte omschrijving'), signal.summary);
  await hands.write(field(page, 'Feiten'), signal.facts);
  await hands.write(field(page, 'Vermoeden'), signal.suspicion ?? '');
  await hands.write(field(page, 'Fenomeen', 'combobox'), 'Vas');
  await next();
  await hands.write(field(page, 'Hoe kwam het signaal binnen?', 'combobox'), 'Inw');
  await hands.mark(group(page, 'Wie meldde het?').getByRole('radio', { name: 'Ambtenaar' }));
  await hands.mark(group(page, 'Hoe zijn de feiten bekend?').getByRole('radio', { name: 'Zelf gezien' }));
  // Inside a group of radio buttons the arrows move, and choose.
  await hands.mark(group(page, 'Hoe betrouwbaar is de bron?').getByRole('radio').first());
  await hands.key('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Betrouwbaar, niet bevestigd' })).toBeChecked();
  await next();
  await hands.write(field(page, 'Datum waarop uw afdeling het ontving'), todayTyped());
  await next();
  const block = part(page, 'Betrokkene of object 1');
  await hands.write(field(block, 'Soort', 'combobox'), 'Per');
  await hands.write(field(block, 'Rol in dit signaal', 'combobox'), 'Eig');
  await hands.write(field(block, 'Naam of omschrijving'), 'Teunis Kwelder');
  await hands.write(field(block, 'Soort nummer of kenmerk', 'combobox'), 'Bur');
  await hands.write(field(block, 'Nummer of kenmerk'), number);
  await next();
  await hands.mark(page.getByRole('checkbox', { name: 'Dingen die niet bij elkaar passen' }));
  await next();
  await hands.write(field(page, 'Onder welke verwerking heeft uw afdeling dit verzameld?', 'combobox'), 'Fysieke leefomgeving: Beh');
  for (const category of ['Gewone persoonsgegevens', BSN]) await hands.mark(page.getByRole('checkbox', { name: category }));
  await hands.mark(page.getByRole('checkbox', { name: 'Feiten' }));
  await hands.press(page.getByRole('button', { name: 'Verder: antwoorden controleren' }));
  await hands.press(page.getByRole('button', { name: 'Signaal vastleggen' }));

  const shown = page.getByRole('main');
  await expect(shown).toContainText('Het signaal is vastgelegd.');
  const filledIn = [signal.summary, signal.facts, signal.suspicion ?? '', number, 'Vastgoedfraude', 'Inwoner', 'Dingen die niet'];
  for (const typed of filledIn) await expect(shown).toContainText(typed);
  hands.within(SIGNAL, 'logging a signal');
});

test('a case from two signals, without a mouse and within three minutes', async ({ person }) => {
  const offered = ['Korte omschrijving', 'Feiten'];
  const logged = [];
  for (const name of [KEES, SANNE]) {
    logged.push(await logSignal(await person(name), aSignal({ offered })));
  }
  const page = await person(MARIT);
  await page.goto('/');
  const hands = new Hands(page);
  await hands.press(page.getByRole('button', { name: 'Casus openen' }));
  await hands.press(page.getByRole('button', { name: 'Openen voor dit doel' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Casus openen');
  for (const { reference } of logged) {
    await hands.mark(group(page, 'Signalen').getByRole('checkbox', { name: new RegExp(`^${reference}: `) }));
  }
  // Enter goes on with what was chosen.
  await hands.key('Enter');
  for (const { reference } of logged) {
    const test = part(page, `Doelbindingstoets: ${reference}`);
    for (const [question, criterion] of CRITERIA) {
      await hands.mark(group(test, question).getByRole('radio', { name: 'Ja' }));
      await hands.write(field(test, `Toelichting bij ${criterion}`), 'Zie beide signalen.');
    }
    await hands.mark(sharing(test).getByRole('checkbox', { name: 'Feiten', exact: true }));
  }
  await hands.write(field(page, 'Titel'), 'Pand met een stroman');
  const purpose = group(page, 'Doel').getByRole('radio', { name: HOMES });
  await hands.mark(group(page, 'Doel').getByRole('radio').first());
  while (!(await purpose.isChecked())) await hands.key('ArrowDown');
  for (const name of [KEES, SANNE]) await hands.mark(group(page, 'Wie werkt mee?').getByRole('checkbox', { name }));
  await hands.write(field(page, 'Waarom opent u de casus zonder weging?'), 'De signalen vullen elkaar aan.');
  await hands.press(page.getByRole('button', { name: 'Verder: antwoorden controleren' }));
  await hands.press(page.getByRole('button', { name: 'Ondertekenen en casus openen' }));
  await hands.press(page.getByRole('button', { name: 'Openen voor dit doel' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Pand met een stroman');
  hands.within(CASE, 'opening a case');
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

/** Somebody at a keyboard: counts what they press, and how long the pages take. */
class Hands {
  private pressed = 0;
  private waited = 0;

  constructor(private readonly page: Page) {}

  async key(key: string): Promise<void> {
    this.pressed += 1;
    await this.page.keyboard.press(key);
  }

  /** Goes on with Tab until the focus is here. */
  async tabTo(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let stop = 0; stop < STOPS; stop += 1) {
      if (await target.evaluate(element => element === document.activeElement)) return;
      await this.key('Tab');
      await expectVisible(this.page);
    }
    throw new Error(`Tab does not lead to ${target}`);
  }

  async press(button: Locator): Promise<void> {
    await this.tabTo(button);
    const before = this.page.url();
    await this.key('Enter');
    const begun = Date.now();
    await expect(async () => expect(this.page.url() !== before || !(await button.isVisible())).toBe(true)).toPass();
    await this.page.waitForLoadState();
    this.waited += Date.now() - begun;
  }

  async write(target: Locator, text: string): Promise<void> {
    await this.tabTo(target);
    this.pressed += text.length;
    await this.page.keyboard.type(text);
  }

  async mark(box: Locator): Promise<void> {
    await this.tabTo(box);
    await this.key('Space');
    await expect(box).toBeChecked();
  }

  /** At the pace of an official it took no longer than this. */
  within(limit: number, what: string): void {
    const took = this.pressed * KEYSTROKE + this.waited;
    test.info().annotations.push({ type: 'pace', description: `${what}: ${this.pressed} keys, ${Math.round(took / 1000)} s` });
    console.log(`${what}: ${this.pressed} keystrokes, ${Math.round(took / 1000)} s at 200 a minute`);
    expect(took, `${what}: ${this.pressed} keystrokes and ${this.waited} ms of waiting`).toBeLessThanOrEqual(limit);
  }
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
