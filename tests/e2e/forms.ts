// The forms, as people fill them in: by the labels they read.
import { type Locator, type Page, expect } from '@playwright/test';
import { todayTyped, unique } from './invented';
import { statePurpose } from './people';

/** Something a signal is about. */
export interface Subject {
  kind: string;
  role: string;
  name: string;
  born?: string;
  identifierKind?: string;
  identifier?: string;
}

/** A signal as it is typed. */
export interface Signal {
  summary: string;
  facts: string;
  suspicion?: string;
  phenomenon: string;
  reporter?: string;
  place?: string;
  risk?: string;
  purpose: string;
  offered: string[];
  subjects: Subject[];
}

/** A right signal; what differs is given. */
export function aSignal(differing: Partial<Signal> = {}): Signal {
  return {
    summary: unique('Pand zonder bewoners'),
    facts: unique('De brievenbus is leeg en de meter loopt'),
    phenomenon: 'Vastgoedfraude',
    purpose: 'Openbare orde en veiligheid: Handhaving openbare orde',
    offered: ['Korte omschrijving', 'Feiten'],
    subjects: [],
    ...differing,
  };
}

/** A field with one input, by its label, in this part of the page. */
export function field(within: Page | Locator, label: string, role: 'textbox' | 'combobox' = 'textbox'): Locator {
  const name = new RegExp(`^${escaped(label)}( \\((niet verplicht|optional)\\))?$`);
  return within.getByRole(role, { name });
}

/** A question with several boxes or buttons, by its legend. */
export function group(within: Page | Locator, legend: string): Locator {
  return within.getByRole('group', { name: new RegExp(`^${escaped(legend)}( \\((niet verplicht|optional)\\))?$`) });
}

/** A part of a form, by its heading. */
export function part(page: Page, heading: string): Locator {
  return page.getByRole('region', { name: heading, exact: true });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Goes to something by the tab key, as far as it takes. */
export async function tabTo(page: Page, to: Locator): Promise<void> {
  for (let stop = 0; stop < 80; stop++) {
    if (await to.evaluate(element => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${to} cannot be reached`);
}

/** Begins a new signal on *Mijn werk*, with all steps on one page. */
export async function beginSignal(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Nieuw signaal' }).click();
  await statePurpose(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nieuw signaal');
  await onOnePage(page);
}

/** Begins to change the signal that is shown, and says why. */
export async function changeSignal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Signaal wijzigen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Signaal wijzigen');
  await onOnePage(page);
  await field(page, 'Reden van de wijziging').fill('Beter bekeken');
}

/** The form of a signal with all its steps below each other. */
export async function onOnePage(page: Page): Promise<void> {
  const all = page.getByRole('button', { name: 'Alles op één pagina' });
  if (await all.count()) {
    await all.click();
    await expect(page).toHaveURL(/stap=alles/);
  }
}

/** Types a whole signal into the form. */
export async function typeSignal(page: Page, signal: Signal): Promise<void> {
  await onOnePage(page);
  await field(page, 'Korte omschrijving').fill(signal.summary);
  await field(page, 'Feiten').fill(signal.facts);
  await field(page, 'Vermoeden').fill(signal.suspicion ?? '');
  await field(page, 'Fenomeen', 'combobox').selectOption(signal.phenomenon);
  await field(page, 'Hoe kwam het signaal binnen?', 'combobox').selectOption('Eigen waarneming');
  await group(page, 'Wie meldde het?').getByRole('radio', { name: 'Ambtenaar' }).check();
  await field(page, 'Naam van de melder').fill(signal.reporter ?? '');
  await group(page, 'Hoe zijn de feiten bekend?').getByRole('radio', { name: 'Zelf gezien' }).check();
  await group(page, 'Hoe betrouwbaar is de bron?').getByRole('radio', { name: 'Betrouwbaar, niet bevestigd' }).check();
  await field(page, 'Datum van de waarneming').fill(todayTyped());
  await field(page, 'Datum waarop uw afdeling het ontving').fill(todayTyped());
  await field(page, 'Plaatsen').fill(signal.place ?? '');
  await field(page, 'Risico voor medewerkers').fill(signal.risk ?? '');
  for (const [index, subject] of signal.subjects.entries()) {
    if (index > 0) await page.getByRole('button', { name: 'Nog een betrokkene of object' }).click();
    await typeSubject(part(page, `Betrokkene of object ${index + 1}`), subject);
  }
  await field(page, 'Onder welke verwerking heeft uw afdeling dit verzameld?', 'combobox').selectOption(signal.purpose);
  const categories = group(page, 'Welke soorten persoonsgegevens staan erin?');
  await categories.getByRole('checkbox', { name: 'Gewone persoonsgegevens' }).check();
  if (signal.subjects.some(subject => subject.identifierKind === BSN)) {
    await categories.getByRole('checkbox', { name: BSN }).check();
  }
  for (const offered of signal.offered) {
    await group(page, 'Beschikbaar voor het Lokaal Informatie Plein').getByRole('checkbox', { name: offered, exact: true }).check();
  }
}

export const BSN = 'Burgerservicenummer (BSN)';

export async function typeSubject(block: Locator, subject: Subject): Promise<void> {
  await field(block, 'Soort', 'combobox').selectOption(subject.kind);
  await field(block, 'Rol in dit signaal', 'combobox').selectOption(subject.role);
  await field(block, 'Naam of omschrijving').fill(subject.name);
  await field(block, 'Geboortedatum').fill(subject.born ?? '');
  if (subject.identifierKind) await field(block, 'Soort nummer of kenmerk', 'combobox').selectOption(subject.identifierKind);
  if (subject.identifier) await field(block, 'Nummer of kenmerk').fill(subject.identifier);
}

/** Sends what was typed to the page where the answers are checked. */
export async function check(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Verder: antwoorden controleren' }).click();
}

/** From the form by the page with the answers to the end, with the button that says `send`. */
export async function finish(page: Page, send: string, told: string): Promise<void> {
  await check(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Controleer uw antwoorden');
  await page.getByRole('button', { name: send }).click();
  await expect(page.getByRole('main')).toContainText(told);
}

/** Something that now stands in the system. */
export interface Standing {
  reference: string;
  path: string;
  id: string;
}

/** The signal or case that this page shows. */
export async function standing(page: Page): Promise<Standing> {
  const path = new URL(page.url()).pathname;
  const reference = /\b[SC]-\d{4}-\d+/.exec((await page.getByRole('main').textContent()) ?? '')?.[0] ?? '';
  expect(reference, `a reference on ${path}`).not.toBe('');
  return { reference, path, id: path.split('/')[2] };
}

/** Logs a signal from the beginning to its own page. */
export async function logSignal(page: Page, signal: Signal): Promise<Standing> {
  await beginSignal(page);
  await typeSignal(page, signal);
  await finish(page, 'Signaal vastleggen', 'Het signaal is vastgelegd.');
  return standing(page);
}
