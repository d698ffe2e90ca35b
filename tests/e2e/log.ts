// "Wie heeft dit ingezien", read as people read it.
import { type Page, expect } from '@playwright/test';

/** A line of the access log, by the names of its columns. */
export interface Line {
  when: string;
  who: string;
  department: string;
  role: string;
  what: string;
  purpose: string;
  outcome: string;
}

/** The lines on this page, newest first. */
export async function lines(page: Page): Promise<Line[]> {
  const table = page.getByRole('table', { name: 'Regels uit de inzagelog' });
  await expect(table).toBeVisible();
  const rows = await table.getByRole('row').all();
  return Promise.all(
    rows.slice(1).map(async row => {
      const when = await row.getByRole('rowheader').textContent();
      const [who, department, role, what, purpose, outcome] = await row.getByRole('cell').allTextContents();
      return { when: when ?? '', who, department, role, what, purpose, outcome };
    }),
  );
}

/** Who did what with which purpose and outcome, each once, in alphabetical order. */
export function told(lines: Line[]): string[] {
  const said = lines.map(line => [line.who, line.department, line.role, line.what, line.purpose, line.outcome].join(' | '));
  return [...new Set(said)].sort();
}
