// The plan of a case, as people open it and write in it.
import { type Locator, type Page, expect } from '@playwright/test';
import { visit } from './people';

/** The purpose under which a plan is opened. */
export const WORK = /Werken aan casus C-\d+-\d+/;

/** The case about the greenhouses, which Joost leads: its path. */
export async function greenhouses(page: Page): Promise<string> {
  await visit(page, '/casussen');
  const link = page.getByRole('link', { name: 'C-2026-0002' });
  return (await link.getAttribute('href')) ?? '';
}

/** The plan of that case, begun if it was not: its path. */
export async function plan(page: Page): Promise<string> {
  const path = `${await greenhouses(page)}/plan`;
  await visit(page, path, WORK);
  const begin = page.getByRole('button', { name: 'Plan beginnen' });
  if (await begin.isVisible()) await begin.click();
  await expect(paper(page)).toBeVisible();
  return path;
}

export function paper(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Plan van aanpak' });
}

/** The part of the text with this title. */
export function section(page: Page, title: string): Locator {
  return paper(page).locator('section').filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) });
}

/** Puts the caret at the end of a part. */
export async function goTo(page: Page, title: string): Promise<void> {
  await section(page, title).locator('p').last().click();
  await page.keyboard.press('ControlOrMeta+End');
  await section(page, title).locator('p').last().click();
  await page.keyboard.press('End');
}

/** Puts the caret at the end of a paragraph. The End key goes to the end of a line, which in a long one is not its own. */
export async function caretAtEnd(paragraph: Locator): Promise<void> {
  await paragraph.click();
  await paragraph.evaluate(one => {
    getSelection()?.selectAllChildren(one);
    getSelection()?.collapseToEnd();
  });
}
