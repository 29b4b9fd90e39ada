const ROMAN = Object.entries({ m: 1000, cm: 900, d: 500, cd: 400, c: 100, xc: 90, l: 50, xl: 40, x: 10, ix: 9, v: 5, iv: 4, i: 1 });

/** Digits that a capital letter is as wide as, at most. */
const CAPITAL = 1.6;

function letters(number: number): string {
  let left = number;
  let label = '';
  for (; left > 0; left = Math.floor((left - 1) / 26)) label = String.fromCharCode(97 + ((left - 1) % 26)) + label;
  return label;
}

function roman(number: number): string {
  let left = number;
  let label = '';
  for (const [sign, value] of ROMAN) for (; left >= value; left -= value) label += sign;
  return label;
}

/**
 * The label of a list's item as browsers write it, without its dot. `type` is that of HTML's `ol`: `a`, `A`, `i`, `I`, else digits,
 * which also label what letters (below 1) and Roman numerals (below 1, above 3,999) cannot.
 */
export function labelOf(number: number, type: string | undefined): string {
  const isLetters = type?.toLowerCase() === 'a' && number >= 1;
  const isRoman = type?.toLowerCase() === 'i' && number >= 1 && number <= 3_999;
  if (!isLetters && !isRoman) return String(number);
  const label = isLetters ? letters(number) : roman(number);
  return type === type?.toUpperCase() ? label.toUpperCase() : label;
}

/** How many digits a label is at most as wide as. */
export const widthOf = (label: string): number => Math.ceil(label.length * (/[A-Z]/.test(label) ? CAPITAL : /m/.test(label) ? 1.2 : 1));
