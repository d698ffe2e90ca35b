// Invented values that nobody else in the demo has.

/** A text that stands nowhere else, so that it can be looked for. */
export function unique(text: string): string {
  counter += 1;
  return `${text} ${Date.now().toString(36)}${counter}`;
}

let counter = 0;

/** A valid citizen service number that no real person has: they do not begin with 9. */
export function bsn(): string {
  for (;;) {
    const digits = [9, ...Array.from({ length: 7 }, () => Math.floor(Math.random() * 10))];
    const last = digits.reduce((sum, digit, index) => sum + digit * (9 - index), 0) % 11;
    if (last < 10) return digits.join('') + last;
  }
}

/** The same number with two neighbours changed places: every digit right, and yet wrong. */
export function swapped(number: string): string {
  const digits = [...number];
  const at = digits.findIndex((digit, index) => index > 0 && index + 1 < digits.length && digit !== digits[index + 1]);
  [digits[at], digits[at + 1]] = [digits[at + 1], digits[at]];
  return digits.join('');
}

/** Today as people type it, `23-11-2026`. */
export function todayTyped(): string {
  const [year, month, day] = amsterdam(new Date()).split('-');
  return `${day}-${month}-${year}`;
}

/** Today as people read it, `23 november 2026`. */
export function todayRead(lang = 'nl'): string {
  const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Amsterdam' } as const;
  return new Intl.DateTimeFormat(lang === 'nl' ? 'nl-NL' : 'en-GB', format).format(new Date());
}

function amsterdam(moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Europe/Amsterdam' }).format(moment);
}
