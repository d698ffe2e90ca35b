// The server is killed again and again under people who go on typing: what was told durable is there, and the browsers go
// on by themselves. Short here; PLEIN_ENDURANCE=300 makes it last that many seconds, PLEIN_ENDURANCE_KILL=20 tells how often.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { unique } from './invented';
import { DENNIS, HANNEKE, ILSE, JOOST, visit } from './people';
import { WORK, caretAtEnd, plan, section } from './plans';

const LASTS = Number(process.env.PLEIN_ENDURANCE ?? 20) * 1000;
const KILLS = Number(process.env.PLEIN_ENDURANCE_KILL ?? 8) * 1000;
/** Whose words go where: two write in one section, in paragraphs of their own. */
const WRITERS: [string, string, string][] = [
  [JOOST, 'Doel', 'j'],
  [DENNIS, 'Doel', 'd'],
  [ILSE, 'Situatie', 'i'],
];

/** Somebody who types on, whatever happens, and remembers what they were told is safe. */
class Writer {
  typed = '';
  durable = '';
  private stopped = false;
  private going?: Promise<void>;

  constructor(
    readonly page: Page,
    private readonly letter: string,
  ) {}

  begin(): void {
    this.going = this.go();
  }

  private async go(): Promise<void> {
    for (let at = 0; !this.stopped; at += 1) {
      const word = `${this.letter}${at}.`;
      await this.page.keyboard.type(word, { delay: 15 });
      this.typed += word;
      const now = await this.page.locator('.plan-saving').getAttribute('data-now');
      // Said after the last letter was typed, it covers all of them.
      if (now === 'saved') this.durable = this.typed;
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.going;
  }
}

test('nothing that was told durable is lost when the server is killed under three who type', async ({ person, server, quiet }) => {
  test.setTimeout(LASTS + 180_000);
  quiet.goesOffline();
  quiet.intends(503);
  const joost = await person(JOOST);
  const path = await plan(joost);

  const writers: Writer[] = [];
  for (const [name, title, letter] of WRITERS) {
    const page = name === JOOST ? joost : await person(name);
    await visit(page, path, WORK);
    await caretAtEnd(section(page, title).locator('p').last());
    await page.keyboard.press('Enter');
    await page.keyboard.type(`begin-${letter}:`);
    await expect(page.locator('.plan-saving')).toHaveAttribute('data-now', 'saved');
    writers.push(new Writer(page, letter));
  }
  const reader = await person(HANNEKE, { javaScriptEnabled: false });
  await visit(reader, path, WORK);
  /** What stands in the plan behind the beginning of this writer's words, as the server has it. */
  const kept = async (letter: string) => {
    await visit(reader, path, WORK);
    const text = (await reader.getByRole('main').textContent()) ?? '';
    return new RegExp(`begin-${letter}:((?:${letter}\\d+\\.?)*)`).exec(text)?.[1] ?? '';
  };

  writers.forEach(writer => writer.begin());
  const until = Date.now() + LASTS;
  let kills = 0;
  let told = 0;
  while (Date.now() < until) {
    await joost.waitForTimeout(KILLS);
    await server.kill();
    kills += 1;
    const promised = writers.map(writer => writer.durable);
    // Every other time the windows are kept away, so that they cannot bring again what the server had lost.
    const alone = kills % 2 === 1;
    if (alone) for (const { page } of writers) await page.context().setOffline(true);
    await server.again();
    if (alone) {
      for (const [at, promise] of promised.entries()) {
        const there = await kept(WRITERS[at][2]);
        expect(there.startsWith(promise), `of ${promise.length} characters told durable ${there.length} are there`).toBe(true);
        told += promise.length;
      }
      for (const { page } of writers) {
        await page.context().setOffline(false);
        await page.evaluate(() => window.dispatchEvent(new Event('online')));
      }
    }
  }
  for (const writer of writers) await writer.stop();
  for (const { page } of writers) await expect(page.locator('.plan-saving')).toHaveAttribute('data-now', 'saved', { timeout: 30_000 });
  for (const [at, writer] of writers.entries()) {
    expect(await kept(WRITERS[at][2]), `${WRITERS[at][0]}'s words, all of them and in order`).toBe(writer.typed);
  }
  const sizes = writers.map(writer => writer.typed.length).join(', ');
  console.log(`${kills} kills; ${sizes} characters typed and there; ${told} told durable and looked for before anybody was back`);
  expect(told).toBeGreaterThan(0);
});

test('a laptop that slept while the server was started anew goes on by itself and loses nothing', async ({ person, server, quiet }) => {
  test.slow();
  quiet.goesOffline();
  quiet.intends(503);
  const joost = await person(JOOST);
  const path = await plan(joost);
  const dennis = await person(DENNIS);
  await visit(dennis, path, WORK);
  const barriers = (page: Page) => section(page, 'Barrières');
  const writes = async (page: Page, text: string) => {
    await caretAtEnd(barriers(page).locator('p').last());
    await page.keyboard.type(text);
  };
  const [first, second, third] = [unique('voor de slaap'), unique('tijdens de slaap'), unique('na de slaap')];
  await writes(dennis, first);
  await expect(dennis.locator('.plan-saving')).toHaveAttribute('data-now', 'saved');

  // Asleep: nothing of the page runs, and it does not notice that its connection is gone.
  const machine = await dennis.context().newCDPSession(dennis);
  await machine.send('Page.setWebLifecycleState', { state: 'frozen' });
  await server.kill();
  await server.again();
  await expect(joost.locator('.plan-saving')).toHaveAttribute('data-now', 'saved', { timeout: 30_000 });
  await writes(joost, second);
  await expect(joost.locator('.plan-saving')).toHaveAttribute('data-now', 'saved', { timeout: 30_000 });
  await machine.send('Page.setWebLifecycleState', { state: 'active' });
  await expect(barriers(dennis)).toContainText(second, { timeout: 40_000 });
  await expect(barriers(dennis)).toContainText(first);
  await writes(dennis, third);
  await expect(dennis.locator('.plan-saving')).toHaveAttribute('data-now', 'saved', { timeout: 30_000 });
  await expect(barriers(joost)).toContainText(third);
});
