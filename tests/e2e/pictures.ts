// Pictures that stay true. With a picture is kept what its part of the page said (names, times and addresses of the day left
// out), as somebody hears it who cannot see it; each run holds that against the page as it is now.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type Locator, type Page, expect } from '@playwright/test';

/** Whether pictures are made anew, instead of held against the pages. */
export const MAKING = process.env.PLEIN_PICTURES === '1';

const COMMAND = 'PLEIN_PICTURES=1 cargo xtask test --only e2e pictures';
/** Embedded in the program, which shows them in the help. */
const PICTURES = path.join(__dirname, '../../style/static/help');
const SAID = path.join(__dirname, 'pictures');
const DOCUMENTATION = path.join(__dirname, '../../docs/pictures');
/** Of 100: letters stay sharp, and a picture is some twenty kB. */
const QUALITY = 30;

/** A part of a page, at this width and no higher than this, in pixels. */
export interface Frame {
  region: Locator;
  width: number;
  height: number;
  /** The child of the region at which the picture begins. */
  from?: string;
}

/** Gives the window the width of the picture; before the page is opened, because some of it looks at that when it starts. */
export async function fit(page: Page, { width }: Frame): Promise<void> {
  await page.setViewportSize({ width, height: 1400 });
}

/** Holds a picture against the page, or makes it. */
export async function hold(page: Page, name: string, frame: Frame): Promise<void> {
  if (frame.from) await frame.region.locator(frame.from).first().evaluate(hideAllBefore);
  const now = said(await frame.region.ariaSnapshot());
  if (MAKING) await make(page, name, frame, now);
  else compare(name, now);
}

/** A picture for the documentation: the window as it is on a desk, once the page is there. */
export async function forDocumentation(page: Page, name: string, arrive: () => Promise<void>): Promise<void> {
  if (!MAKING) return;
  await page.setViewportSize({ width: 1280, height: 900 });
  await arrive();
  await page.screenshot({ path: path.join(DOCUMENTATION, `${name}.png`) });
}

async function make(page: Page, name: string, { region, height }: Frame, whole: string[]): Promise<void> {
  await region.evaluate(hideAllBelow, height);
  const shown = said(await region.ariaSnapshot());
  const same = shown.findIndex((line, at) => line !== whole[at]);
  // What is cut off at the bottom may change how the last lines are told; those are left out.
  const kept = same < 0 ? shown : shown.slice(0, same);
  const sure = Math.floor(shown.length * 0.8);
  expect(shown.slice(0, sure), `${name}: what is pictured is how the page begins`).toEqual(whole.slice(0, sure));
  const wire = await page.context().newCDPSession(page);
  const clip = { ...(await region.evaluate(placeOf, height)), scale: 1 };
  const shot = { format: 'webp', quality: QUALITY, clip, captureBeyondViewport: true } as const;
  const picture = Buffer.from((await wire.send('Page.captureScreenshot', shot)).data, 'base64');
  await wire.detach();
  for (const folder of [PICTURES, SAID]) fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(PICTURES, `hulp-${name}.webp`), picture);
  fs.writeFileSync(path.join(SAID, `${name}.txt`), [`picture ${hash(picture)}`, ...kept, ''].join('\n'));
}

function compare(name: string, now: string[]): void {
  const anew = `look at what changed on the page, and make the pictures anew: ${COMMAND}`;
  const [picture, file] = [path.join(PICTURES, `hulp-${name}.webp`), path.join(SAID, `${name}.txt`)];
  const there = fs.existsSync(picture) && fs.existsSync(file);
  expect(there, `there is no picture ${name} yet; make it: ${COMMAND}`).toBe(true);
  const [made, ...then] = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(made, `the picture ${name} is not the one of which it was kept what it shows; ${anew}`).toBe(`picture ${hash(fs.readFileSync(picture))}`);
  expect.soft(now.slice(0, then.length), `the picture ${name} is no longer true; ${anew}`).toEqual(then);
}

function hash(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

const MONTHS = 'januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december'
  + '|January|February|March|April|May|June|July|August|September|October|November|December';

const SHORT_MONTHS = 'jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec';

/** What a part of a page says, without what differs from one day to the next. */
function said(snapshot: string): string[] {
  const lines = snapshot
    .replace(new RegExp(`\\b\\d{1,2} (${MONTHS}) \\d{4}`, 'g'), '‹day›')
    .replace(new RegExp(`\\b\\d{1,2} (${SHORT_MONTHS})\\b`, 'gi'), '‹day›')
    .replace(/\b(\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d{2}-\d{2})\b/g, '‹day›')
    .replace(/\b\d{1,2}:\d{2}\b/g, '‹time›')
    .replace(/\b([SC])-\d{4}-\d{4}\b/g, '$1-‹number›')
    .split('\n');
  return lines.filter(line => !/^\s*- \/url:/.test(line)).map(line => line.trimEnd());
}

function hideAllBefore(element: Element): void {
  for (let one = element.previousElementSibling; one; one = one.previousElementSibling) (one as HTMLElement).style.display = 'none';
}

/** Hides what would be cut through or lies wholly below this height: rows, paragraphs and fields stay whole. */
function hideAllBelow(region: Element, height: number): void {
  const end = region.getBoundingClientRect().top + height;
  const whole = 'tr, li, p, dt, dd, label, button, a, select, textarea, input, h1, h2, h3, .field, .choice, svg';
  // All is measured before anything is hidden: what comes after would move up.
  const gone: HTMLElement[] = [];
  /** Whether anything of it is left. */
  const trim = (element: Element): boolean => {
    let left = false;
    for (const child of [...element.children] as HTMLElement[]) {
      const { top, bottom } = child.getBoundingClientRect();
      if (bottom > end && (top >= end || child.matches(whole) || !child.childElementCount || !trim(child))) gone.push(child);
      else if (bottom > top) left = true;
    }
    return left;
  };
  trim(region);
  for (const one of gone) one.style.display = 'none';
}

/** Where the region is in the page, no higher than this and no higher than what is in it. */
function placeOf(region: Element, height: number): { x: number; y: number; width: number; height: number } {
  const { left, top, width } = region.getBoundingClientRect();
  const bottoms = [...region.children].map(child => child.getBoundingClientRect().bottom);
  const content = Math.max(...bottoms) - top + 16;
  return { x: left + scrollX, y: top + scrollY, width: Math.round(width), height: Math.round(Math.min(height, content)) };
}
