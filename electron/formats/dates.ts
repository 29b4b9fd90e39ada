const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The day that a document states, as ISO `YYYY-MM-DD`: ISO 8601 with or without a time, `YYYY/MM/DD`, `YYYYMMDD`, and
 * English dates whose month is a word. `undefined` for all else, and for days that are in no calendar.
 */
export function readDate(stated: unknown): string | undefined {
  if (stated instanceof Date) return Number.isNaN(stated.getTime()) ? undefined : stated.toISOString().slice(0, 10);
  if (typeof stated !== 'string') return undefined;
  const text = stated.trim();
  const iso = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d)/.exec(text);
  if (iso) return validDay(Number(iso[1]), Number(iso[3]), Number(iso[4]));
  const dayFirst = /^(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})(?!\d)/i.exec(text);
  if (dayFirst) return validDay(Number(dayFirst[3]), monthOf(dayFirst[2]), Number(dayFirst[1]));
  const monthFirst = /^(?:[a-z]+,\s+)?([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/i.exec(text);
  return monthFirst ? validDay(Number(monthFirst[3]), monthOf(monthFirst[1]), Number(monthFirst[2])) : undefined;
}

const monthOf = (name = ''): number => months.indexOf(name.toLowerCase()) + 1;

function validDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const valid = year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return valid ? date.toISOString().slice(0, 10) : undefined;
}
