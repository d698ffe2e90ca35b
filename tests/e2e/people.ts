// The people of the demo, signing in, and saying what for.
import { type Page, expect } from '@playwright/test';

export const MARIT = 'Marit Vaargeul';
export const JOOST = 'Joost Wilgentak';
export const SANNE = 'Sanne Brugwachter';
export const KEES = 'Kees Oeverzwaluw';
export const DENNIS = 'Dennis Molenwiek';
export const ILSE = 'Ilse Torenvalk';
export const SAMIRA = 'Samira Kleiweg';
export const HANNEKE = 'Hanneke Zilverlinde';
export const LOTTE = 'Lotte Graszoom';
export const THIJS = 'Thijs Marktkraam';
export const EVERT = 'Evert Schoonschrift';
export const PETRA = 'Petra Sluiswachter';
export const MIRJAM = 'Mirjam Kruisbes';

export const INTAKE = 'Signalen vastleggen en beoordelen (intake)';
export const ADMINISTRATION = 'Beheer van de toepassing';
export const SUPERVISION = 'Toezicht door de FG (AVG artikel 39)';

/** Heading of the page that asks for a purpose, in both languages. */
const PROMPT = /^(Waarvoor opent u dit\?|What are you opening this for\?)$/;

/** On the sign-in page: becomes this person. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^(Aanmelden als|Sign in as) ?${name}`) }).click();
  await expect(page.getByRole('banner')).toContainText(name);
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Afmelden|Sign out)$/ }).click();
  await expect(page).toHaveURL(/\/aanmelden/);
}

/** Whether the page asks for a purpose instead of showing what was asked for. */
export async function asksForPurpose(page: Page): Promise<boolean> {
  return PROMPT.test((await page.getByRole('heading', { level: 1 }).textContent()) ?? '');
}

/** Answers the question for the purpose, if the page asks it. Where there is a choice, `purpose` is chosen. */
export async function statePurpose(page: Page, purpose: string | RegExp = INTAKE): Promise<void> {
  if (!(await asksForPurpose(page))) return;
  const radio = page.getByRole('radio', { name: purpose });
  if ((await page.getByRole('radio').count()) > 0) {
    await radio.check();
    await page.getByRole('button', { name: /^(Verder|Continue)$/ }).click();
  } else {
    await expect(page.getByRole('main')).toContainText(purpose);
    await page.getByRole('button', { name: /^(Openen voor dit doel|Open for this purpose)$/ }).click();
  }
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(PROMPT);
}

/** Opens a page, saying what for when asked. */
export async function visit(page: Page, path: string, purpose?: string | RegExp): Promise<void> {
  await page.goto(path);
  await statePurpose(page, purpose);
}
