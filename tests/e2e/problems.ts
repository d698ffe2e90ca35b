// What a form says of itself.
import type { Locator, Page } from '@playwright/test';

/** What is wrong, above the form. */
export function problems(page: Page): Locator {
  return page.getByRole('alert', { name: /^(Er gaat iets niet goed|There is a problem)$/ });
}

/** All that stands in the fields of the form, by their names, as they would be sent. */
export async function typed(page: Page): Promise<[string, string][]> {
  const fields = page.getByRole('main').locator('input:not([type=hidden]), select, textarea:not([hidden])');
  return fields.evaluateAll(fields => {
    const found: [string, string][] = [];
    for (const field of fields as HTMLInputElement[]) {
      const box = field.type === 'checkbox' || field.type === 'radio';
      found.push([field.name, box ? `${field.value}: ${field.checked}` : field.value]);
    }
    return found;
  });
}
