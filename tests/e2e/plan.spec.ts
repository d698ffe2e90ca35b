// A plan of approach, drafted together: three people in three browsers, what happens when rights, session or server go,
// and what can be read without JavaScript.
import type { Locator, Page } from '@playwright/test';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { changeTeam } from './cases';
import { expect, test } from './fixtures';
import { unique } from './invented';
import { judge, judgeInBoth } from './judge';
import { DENNIS, HANNEKE, ILSE, JOOST, THIJS, signIn, statePurpose, visit } from './people';
import { WORK, goTo, paper, plan, section } from './plans';

/** The words of a part without the names that stand at carets. */
function words(page: Page, title: string): Promise<string> {
  return section(page, title).evaluate(part => {
    const copy = part.cloneNode(true) as HTMLElement;
    copy.querySelectorAll('.ProseMirror-widget, h2').forEach(one => one.remove());
    return copy.textContent ?? '';
  });
}

/** A new intervention at the end of a part, with this description. */
async function intervention(page: Page, title: string, words: string): Promise<Locator> {
  await goTo(page, title);
  await page.getByRole('button', { name: 'Interventie invoegen' }).click();
  const made = section(page, title).locator('.plan-intervention').last();
  await made.locator('.plan-intervention__text').click();
  await page.keyboard.type(words);
  await saved(page);
  return section(page, title).locator('.plan-intervention').filter({ hasText: words });
}

/** Places a comment on what is selected. */
async function comment(page: Page, words: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Alt+m');
  await page.getByRole('textbox', { name: 'Uw opmerking' }).fill(words);
  await page.getByRole('button', { name: 'Plaatsen' }).click();
  await saved(page);
}

async function saved(page: Page): Promise<void> {
  await expect(page.locator('.plan-saving')).toHaveAttribute('data-now', 'saved');
}

test('three people type at the same place at once, and all end with the same words', async ({ person }) => {
  const pages: Page[] = [];
  for (const name of [JOOST, DENNIS, ILSE]) pages.push(await person(name));
  for (const page of pages) await plan(page);
  const [joost, dennis] = pages;
  for (const name of [DENNIS, ILSE]) await expect(joost.getByRole('main')).toContainText(name);

  for (const page of pages) await goTo(page, 'Doel');
  const before = (await words(joost, 'Doel')).length;
  const typed = ['abcdefghijklmnop', 'QRSTUVWXYZ', '0123456789'];
  await Promise.all(pages.map((page, at) => page.keyboard.type(typed[at], { delay: 30 })));
  await expect.poll(async () => (await words(joost, 'Doel')).length - before).toBe(typed.join('').length);
  for (const page of pages) await saved(page);
  const ends = await Promise.all(pages.map(page => words(page, 'Doel')));
  expect(new Set(ends).size, 'all see the same').toBe(1);
  for (const letters of typed) expect([...letters].every(letter => ends[0].includes(letter))).toBe(true);

  // Each sees the others' carets by name, and nobody their own.
  await expect(dennis.locator('.ProseMirror-widget', { hasText: JOOST })).toBeVisible();
  await expect(dennis.locator('.ProseMirror-widget', { hasText: DENNIS })).toHaveCount(0);
});

test('what was written is there for who has no JavaScript, with who wrote it last', async ({ person }) => {
  const dennis = await person(DENNIS);
  const joost = await person(JOOST);
  await plan(joost);
  const path = await plan(dennis);
  const text = unique('De nooduitgang gaat open');
  await goTo(dennis, 'Barrières');
  await dennis.keyboard.type(text);
  await saved(dennis);

  const ilse = await person(ILSE, { javaScriptEnabled: false });
  await visit(ilse, path, WORK);
  const part = ilse.locator('section').filter({ has: ilse.getByRole('heading', { level: 2, name: 'Barrières' }) });
  await expect(part).toContainText(text);
  await expect(part).toContainText(`Laatst gewijzigd door ${DENNIS}`);
  expect(await ilse.content()).toContain('Schrijven kan alleen met JavaScript.');
  await expect(ilse.getByRole('main')).toContainText(DENNIS);
});

test('comments are read without JavaScript below the text they are about, and those dealt with are folded', async ({ person }) => {
  const joost = await person(JOOST);
  const path = await plan(joost);
  const [open, done] = [unique('Weten we dit zeker?'), unique('Dit is nagevraagd')];
  for (const said of [open, done]) {
    await goTo(joost, 'Doel');
    await joost.keyboard.type(` over ${said}`);
    await joost.keyboard.press('Shift+Home');
    await comment(joost, said);
  }
  const thread = joost.locator('.plan-comments__thread').filter({ has: joost.locator('.plan-comments__message', { hasText: done }) });
  await thread.getByRole('button', { name: 'Afgehandeld' }).click();
  await expect(thread).toHaveCount(0);
  await saved(joost);

  const ilse = await person(ILSE, { javaScriptEnabled: false });
  await visit(ilse, path, WORK);
  const part = ilse.locator('section').filter({ has: ilse.getByRole('heading', { level: 2, name: 'Doel', exact: true }) });
  const shown = part.getByRole('listitem').filter({ hasText: open }).filter({ hasText: JOOST });
  await expect(shown).toBeVisible();
  const folded = part.locator('.plan-comments__message', { hasText: done });
  await expect(folded).toBeHidden();
  await part.locator('summary', { hasText: 'afgehandelde opmerking' }).click();
  await expect(folded).toBeVisible();
  // What judges needs JavaScript itself: only the editor stays away.
  await joost.route(/plan-editor/, route => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await joost.goto(path);
  await expect(joost.locator('.plan-talk').first()).toBeVisible();
  await judge(joost, 'a plan with comments, without its editor');
  await ilse.goto(`${path}/afdrukken`);
  await expect(ilse.getByRole('main')).toContainText('Doel');
  await expect(ilse.locator('.plan-comments__message')).toHaveCount(0);
});

test('the plan goes out as a Word file, and that stands in the log', async ({ person }) => {
  const joost = await person(JOOST);
  const path = await plan(joost);
  const coming = joost.waitForEvent('download');
  await joost.getByRole('button', { name: 'Downloaden als Word-bestand' }).click();
  expect((await coming).suggestedFilename()).toBe('C-2026-0002-plan.docx');
  await joost.goto(`${path.replace('/plan', '')}/inzagen`);
  await expect(joost.getByRole('main')).toContainText('Als bestand meegenomen');
});

test('the page of a plan is accessible, empty of a plan and in it', async ({ person }) => {
  const joost = await person(JOOST);
  const path = await plan(joost);
  await judge(joost, 'the plan editor');
  await judgeInBoth(joost, path);
  await expect(paper(joost).or(joost.getByRole('textbox', { name: 'Plan of approach' }))).toBeVisible();
});

test('who is taken out of the team while typing is stopped and told, and keeps what was not saved', async ({ person, quiet }) => {
  quiet.intends(404);
  const joost = await person(JOOST);
  const path = await plan(joost);
  const hanneke = await person(HANNEKE);
  await plan(hanneke);
  const before = unique('Voor het weggaan');
  await goTo(hanneke, 'Afspraken');
  await hanneke.keyboard.type(before);
  await saved(hanneke);

  await visit(joost, path.replace('/plan', ''), WORK);
  await changeTeam(joost, { remove: [HANNEKE] });
  await hanneke.keyboard.type(' en daarna');
  await expect(hanneke.getByRole('main')).toContainText('U mag niet meer aan dit plan schrijven of het lezen.');
  await plan(joost);
  await expect(section(joost, 'Afspraken')).toContainText(before);
  await visit(joost, path.replace('/plan', ''), WORK);
  await changeTeam(joost, { add: [HANNEKE] });
});

test('a session that ends keeps the text, which is saved after signing in again', async ({ person, quiet }) => {
  quiet.intends(401);
  const dennis = await person(DENNIS);
  const joost = await person(JOOST);
  await plan(joost);
  await plan(dennis);
  const other = await dennis.context().newPage();
  await other.goto('/');
  await other.getByRole('button', { name: 'Afmelden' }).click();
  await expect(dennis.getByRole('main')).toContainText('U bent afgemeld. Uw tekst blijft hier staan');
  const text = unique('Getypt na het afmelden');
  await goTo(dennis, 'Situatie');
  await dennis.keyboard.type(text);

  await signIn(other, DENNIS);
  await plan(other);
  await other.close();
  await dennis.bringToFront();
  await dennis.evaluate(() => window.dispatchEvent(new Event('focus')));
  await saved(dennis);
  await expect(section(joost, 'Situatie')).toContainText(text);
});

test('without a network one types on, and it is saved when the network is back', async ({ person, quiet }) => {
  quiet.goesOffline();
  const dennis = await person(DENNIS);
  const joost = await person(JOOST);
  await plan(joost);
  await plan(dennis);
  await dennis.context().setOffline(true);
  await dennis.evaluate(() => window.dispatchEvent(new Event('offline')));
  const text = unique('Getypt zonder verbinding');
  await goTo(dennis, 'Situatie');
  await dennis.keyboard.type(text);
  await expect(dennis.locator('.plan-saving')).toHaveAttribute('data-now', 'failed');
  await dennis.context().setOffline(false);
  await dennis.evaluate(() => window.dispatchEvent(new Event('online')));
  await saved(dennis);
  await expect(section(joost, 'Situatie')).toContainText(text);
});

test('a comment hangs on an intervention: there and back, and it says so when the intervention is gone', async ({ person }) => {
  const joost = await person(JOOST);
  await plan(joost);
  const dennis = await person(DENNIS);
  await plan(dennis);
  const what = unique('De nooduitgang vrijmaken');
  const block = await intervention(joost, 'Aanpak: Toezicht en handhaving', what);
  await expect(paper(dennis)).toContainText(what);

  const said = unique('Wie heeft de sleutel?');
  await block.getByRole('button', { name: 'Opmerking bij deze interventie' }).click();
  await joost.getByRole('textbox', { name: 'Uw opmerking' }).fill(said);
  await joost.getByRole('button', { name: 'Plaatsen' }).click();

  // Dennis goes from the list to the intervention, and from there back to the list.
  const thread = dennis.locator('.plan-comments__thread').filter({ hasText: said });
  const about = thread.getByRole('button', { name: `Interventie: “${what}”` });
  await about.click();
  const theirs = paper(dennis).locator('.plan-intervention').filter({ hasText: what });
  await expect(theirs).toBeInViewport();
  await theirs.getByRole('button', { name: 'Opmerkingen (1)' }).click();
  await expect(about).toBeFocused();
  await judge(dennis, 'an intervention with a comment');

  await block.getByRole('button', { name: 'Interventie weg' }).click();
  await expect(thread).toContainText('De interventie staat niet meer in het plan.');
});

test('a colleague is mentioned by keyboard, sees that in Mijn werk, and comes to the comment', async ({ person }) => {
  await plan(await person(JOOST));
  const dennis = await person(DENNIS);
  await plan(dennis);
  await goTo(dennis, 'Barrières');
  await dennis.keyboard.type('inschrijvingen nagaan');
  await dennis.keyboard.press('Shift+Home');
  await dennis.keyboard.press('ControlOrMeta+Alt+m');
  const said = unique('wil jij dit nagaan?');
  await dennis.keyboard.type('Hoi @');
  const who = dennis.getByRole('combobox', { name: 'Wie wilt u noemen?' });
  await expect(who).toBeFocused();
  const options = dennis.getByRole('listbox', { name: 'Team' }).getByRole('option');
  await expect(options).toHaveCount(3);
  await judge(dennis, 'choosing whom to mention');
  await dennis.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await dennis.keyboard.type('bur');
  await expect(options).toHaveCount(1);
  await expect(options).toContainText(ILSE);
  await dennis.keyboard.press('Enter');
  const field = dennis.getByRole('textbox', { name: 'Uw opmerking' });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(`Hoi @${ILSE} `);
  // What is nobody stays as it was typed, and Escape closes the list alone.
  await dennis.keyboard.type('@xyz');
  await dennis.keyboard.press('Escape');
  await expect(field).toHaveValue(`Hoi @${ILSE} @xyz`);
  for (let letters = 0; letters < 4; letters += 1) await dennis.keyboard.press('Backspace');
  await dennis.keyboard.type(said);
  await dennis.keyboard.press('ControlOrMeta+Enter');
  const thread = dennis.locator('.plan-comments__thread').filter({ hasText: said });
  await expect(thread.locator('.plan-mention')).toHaveText(`@${ILSE}`);
  await saved(dennis);

  const ilse = await person(ILSE, { viewport: { width: 390, height: 844 } });
  const mention = ilse.getByRole('link', { name: 'U bent genoemd in het plan van C-2026-0002' });
  await expect(ilse.getByRole('listitem').filter({ has: mention })).toContainText(`door ${DENNIS}`);
  await judge(ilse, 'a mention in Mijn werk');
  await mention.click();
  await statePurpose(ilse, WORK);
  const theirs = ilse.locator('.plan-comments__thread').filter({ hasText: said });
  await expect(theirs).toHaveAttribute('aria-current', 'true');
  await expect(theirs).toBeInViewport();
  await ilse.goto('/');
  await expect(ilse.getByRole('heading', { level: 1, name: 'Mijn werk' })).toBeVisible();
  await expect(mention).toHaveCount(0);
});

test('an outsider gets neither page nor socket', async ({ person, quiet }) => {
  quiet.intends(404, 426);
  const joost = await person(JOOST);
  const path = await plan(joost);
  const thijs = await person(THIJS);
  await thijs.goto('/');
  expect((await thijs.goto(path))?.status()).toBe(404);
  const status = await thijs.evaluate(async path => (await fetch(`${path}/samen`)).status, path);
  expect([404, 426]).toContain(status);
  await statePurpose(thijs);
});

test('any Yjs client can take part: y-websocket joins, reads, writes and agrees', async ({ person, server }) => {
  const joost = await person(JOOST);
  const path = await plan(joost);
  const cookie = (await joost.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  class Socket extends WebSocket {
    constructor(address: string | URL, protocols?: string[]) {
      super(address, protocols, { headers: { cookie, origin: server.url } });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${server.url.replace('http', 'ws')}${path}`, 'samen', doc, {
    WebSocketPolyfill: Socket as never,
    disableBc: true,
  });
  try {
    const fragment = doc.getXmlFragment('plan');
    await expect.poll(() => fragment.toString()).toContain('Barrières');
    const written = unique('Uit een gewone Yjs-client');
    const part = fragment.toArray().find(one => one instanceof Y.XmlElement && one.getAttribute('title') === 'Doel') as Y.XmlElement;
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(written)]);
    part.insert(part.length, [paragraph]);
    await expect(section(joost, 'Doel')).toContainText(written);

    const typed = unique('Uit de browser');
    await goTo(joost, 'Situatie');
    await joost.keyboard.type(typed);
    await expect.poll(() => fragment.toString()).toContain(typed);
    // The server says who it is, whatever a client says of itself.
    provider.awareness.setLocalState({ user: { name: 'De burgemeester' } });
    await expect(joost.getByRole('main')).not.toContainText('De burgemeester');
  } finally {
    provider.destroy();
  }
});

test('two hundred pages pasted at once are saved, seen by a colleague, and undone in one go', async ({ person }) => {
  test.slow();
  const joost = await person(JOOST);
  const path = await plan(joost);
  const dennis = await person(DENNIS);
  await plan(dennis);
  const mark = unique('Laatste bladzijde');
  await goTo(joost, 'Afspraken');
  const begun = Date.now();
  await paper(joost).evaluate((editor, mark) => {
    const paragraph = 'De gemeente ziet toe op wat is afgesproken, en legt vast wie wat wanneer doet. '.repeat(4);
    const page = (at: number) => `<h3>Bladzijde ${at}</h3>${`<p style="color:red">${paragraph}</p>`.repeat(7)}`;
    const pages = Array.from({ length: 200 }, (_, at) => page(at + 1)).join('');
    const data = new DataTransfer();
    data.setData('text/html', `${pages}<p>${mark}</p>`);
    data.setData('text/plain', mark);
    editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, mark);
  await expect(section(joost, 'Afspraken')).toContainText(mark, { timeout: 60_000 });
  await expect(joost.locator('.plan-saving')).toHaveAttribute('data-now', 'saved', { timeout: 60_000 });
  const savedAfter = Date.now() - begun;
  await expect(section(dennis, 'Afspraken')).toContainText(mark, { timeout: 60_000 });
  console.log(`200 pages: saved after ${savedAfter} ms, with a colleague after ${Date.now() - begun} ms`);
  // Who has no JavaScript reads all of it.
  const ilse = await person(ILSE, { javaScriptEnabled: false });
  await visit(ilse, path, WORK);
  await expect(ilse.getByRole('heading', { name: 'Bladzijde 200' })).toBeVisible();
  await paper(joost).focus();
  await joost.keyboard.press('ControlOrMeta+z');
  await expect(section(dennis, 'Afspraken')).not.toContainText(mark, { timeout: 60_000 });
  await expect(joost.locator('.plan-saving')).toHaveAttribute('data-now', 'saved', { timeout: 60_000 });
});
