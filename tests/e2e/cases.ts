// Cases, as a coordinator opens and changes them.
import { type Locator, type Page, expect } from '@playwright/test';
import { type Standing, check, field, finish, group, part, standing } from './forms';
import { statePurpose } from './people';

export const HOMES = 'Integrale aanpak vastgoedfraude en adresfraude';

/** A signal that the case brings in, and what of it the team sees. */
export interface Link {
  reference: string;
  shared: string[];
}

/** A case as its coordinator types it. */
export interface Case {
  title: string;
  links: Link[];
  team: string[];
  /** What is typed in every field of free text, when it matters. */
  says?: string;
}

/** The questions of the purpose test, and what each is called. */
export const CRITERIA = [
  ['Past het doel van de casus bij het doel waarvoor het signaal is verzameld?', 'verenigbaarheid'],
  ['Is delen noodzakelijk voor het doel?', 'noodzaak'],
  ['Staat de inbreuk op de privacy in verhouding tot het doel?', 'proportionaliteit'],
  ['Kan het niet op een minder ingrijpende manier?', 'subsidiariteit'],
];

/** Answers the purpose test of one signal and chooses what is shared. */
export async function typeTest(page: Page, link: Link, says?: string): Promise<void> {
  const test = part(page, `Doelbindingstoets: ${link.reference}`);
  for (const [question, criterion] of CRITERIA) {
    await group(test, question).getByRole('radio', { name: 'Ja' }).check();
    await field(test, `Toelichting bij ${criterion}`).fill(says ?? `Getoetst op ${criterion}.`);
  }
  for (const shared of link.shared) await sharing(test).getByRole('checkbox', { name: shared, exact: true }).check();
}

/** The boxes with what may be shared of a signal. */
export function sharing(within: Page | Locator): Locator {
  return group(within, 'Welke onderdelen deelt u met het team?');
}

/** Opens a case from *Mijn werk* to the case's own page. */
export async function openCase(page: Page, typed: Case): Promise<Standing> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Casus openen' }).click();
  await statePurpose(page);
  for (const { reference } of typed.links) {
    await group(page, 'Signalen').getByRole('checkbox', { name: new RegExp(`^${reference}: `) }).check();
  }
  await page.getByRole('button', { name: 'Gekozen signalen toetsen' }).click();
  for (const link of typed.links) await typeTest(page, link, typed.says);
  await field(page, 'Titel').fill(typed.title);
  await field(page, 'Waar gaat het om?').fill(typed.says ?? 'Wij bekijken samen wat hier speelt.');
  await group(page, 'Doel').getByRole('radio', { name: HOMES }).check();
  for (const name of typed.team) await group(page, 'Wie werkt mee?').getByRole('checkbox', { name }).check();
  await field(page, 'Waarom opent u de casus zonder weging?').fill(typed.says ?? 'De signalen vullen elkaar aan.');
  await check(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Controleer uw antwoorden');
  await page.getByRole('button', { name: 'Ondertekenen en casus openen' }).click();
  // The new case has a purpose of its own to state.
  await statePurpose(page, inCase(HOMES));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(typed.title);
  return standing(page);
}

/** How working in a case under this purpose is told. */
export function inCase(purpose: string): RegExp {
  return new RegExp(`Werken aan casus C-\\d+-\\d+: ${purpose}`);
}

/** The card of a linked signal. */
export function card(page: Page, reference: string): Locator {
  return page.getByRole('article', { name: reference });
}

/** The names of the fields shown in this part of a page. */
export async function shownFields(within: Locator): Promise<string[]> {
  const terms = await within.getByRole('term').allTextContents();
  return terms.map(term => term.trim());
}

/** Makes these people the team. */
export async function changeTeam(page: Page, change: { add?: string[]; remove?: string[] }): Promise<void> {
  await page.getByRole('button', { name: 'Team wijzigen' }).click();
  const people = group(page, 'Wie werkt mee?');
  for (const name of change.add ?? []) await people.getByRole('checkbox', { name }).check();
  for (const name of change.remove ?? []) await people.getByRole('checkbox', { name }).uncheck();
  await finish(page, 'Team wijzigen', 'Het team is gewijzigd.');
}

/** Ends the link of this signal. */
export async function unlink(page: Page, reference: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^Ontkoppelen ?: ${reference}$`) }).click();
  await field(page, 'Reden').fill(reason);
  await finish(page, 'Signaal ontkoppelen', 'Het signaal is ontkoppeld.');
}
