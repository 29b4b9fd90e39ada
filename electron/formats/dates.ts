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

/** The beginnings of the names of months, of more than one language: January to December. */
const monthNames: readonly RegExp[] = [
  /^(?:jan|jän|ener?|genn|janv|styc|января)/,
  /^(?:feb|fév|fev|lut|феврал)/,
  /^(?:mar|mär|mrz|maart|mars|март)/,
  /^(?:apr|avr|abr|kwie|апрел)/,
  /^(?:may|mai|mei|mag|mayo|maj|мая)/,
  /^(?:jun|juin|giu|czerw|июн)/,
  /^(?:jul|juil|lug|lip|июл)/,
  /^(?:aug|ago|août|aout|sierp|август)/,
  /^(?:sep|set|wrze|сентяб)/,
  /^(?:o[ck]t|out|ott|paźdz|октяб)/,
  /^(?:nov|listop|нояб)/,
  /^(?:de[cz]|dic|déc|grud|декаб)/,
];

const monthNamed = (name: string): number => monthNames.findIndex((pattern) => pattern.test(name.toLowerCase())) + 1;

const WRITTEN = new RegExp(
  [
    String.raw`(?<year1>\d{4})-(?<month1>\d{2})-(?<day1>\d{2})(?!\d)`,
    String.raw`(?<year2>\d{4})\s*[年/.]\s*(?<month2>\d{1,2})\s*[月/.]\s*(?<day2>\d{1,2})(?!\d)`,
    String.raw`(?<![\d.])(?<day3>\d{1,2})\.\s?(?<month3>\d{1,2})\.\s?(?<year3>\d{4})(?![\d.]*\d)`,
    // With two figures each: “5.1.42” is the number of a section.
    String.raw`(?<![\d.])(?<day7>\d{2})\.\s?(?<month7>\d{2})\.\s?(?<year7>\d{2})(?![\d.]*\d)`,
    String.raw`(?<![\d/])(?<first4>\d{1,2})[/-](?<second4>\d{1,2})[/-](?<year4>\d{4})(?!\d)`,
    String.raw`(?<!\d)(?<day5>\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s+(?:de\s+|of\s+)?(?<name5>\p{L}{3,12})\.?,?\s+(?:de\s+|del\s+)?(?<year5>\d{4})(?!\d)`,
    String.raw`(?<name6>\p{L}{3,12})\.?\s+(?<day6>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year6>\d{4})(?!\d)`,
  ].join('|'),
  'giu',
);

/**
 * The first day that a text names, as ISO `YYYY-MM-DD`, in figures or with the name of a month in one of a dozen languages. Of `3/4/2021` the first figure
 * is the day, but in American English.
 */
export function findDate(text: string, language?: string): string | undefined {
  for (const { groups = {} } of text.matchAll(WRITTEN)) {
    const number = (name: string): number => Number(groups[name] ?? 0);
    const year =
      number('year1') ||
      number('year2') ||
      number('year4') ||
      number('year5') ||
      number('year6') ||
      number('year3') ||
      (groups['year7'] === undefined ? 0 : 2000 + number('year7'));
    let month =
      number('month1') || number('month2') || number('month3') || number('month7') || monthNamed(groups['name5'] ?? groups['name6'] ?? '');
    let day = number('day1') || number('day2') || number('day3') || number('day5') || number('day6') || number('day7');
    if (groups['first4'] !== undefined) {
      const isMonthFirst = number('second4') > 12 || (number('first4') <= 12 && /^en(?:-us)?$/i.test(language ?? ''));
      [month, day] = isMonthFirst ? [number('first4'), number('second4')] : [number('second4'), number('first4')];
    }
    const found = validDay(year, month, day);
    if (found !== undefined && year > 1980) return found;
  }
  return undefined;
}

function validDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const valid = year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return valid ? date.toISOString().slice(0, 10) : undefined;
}
