// Lists that were kept by hand, as they are given and judged.
import { type Page, expect } from '@playwright/test';

const HEAD = 'Signalenlijst;;;;\r\nDatum melding;Afdeling;Fenomeen;Betrokkene;Omschrijving\r\n';

/** A list of these rows, as a Dutch Excel saves it. */
export const list = (...rows: string[]) => ({ name: 'lijst.csv', mimeType: 'text/csv', buffer: Buffer.from(HEAD + rows.join('\r\n'), 'latin1') });

/** Answers what the columns do not say, and has the rows judged. */
export async function judgeRows(page: Page): Promise<void> {
  await page.getByLabel('Onder welke verwerking').selectOption({ index: 1 });
  await page.getByLabel('Gewone persoonsgegevens').check();
  await page.getByLabel('Korte omschrijving', { exact: true }).check();
  await page.getByRole('button', { name: 'Regels beoordelen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Regels controleren');
}
