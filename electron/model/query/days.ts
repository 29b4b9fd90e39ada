/** Names of days that are told from today. Weeks begin on Monday. */
export const periods = ['today', 'yesterday', 'this week', 'last week', 'this month', 'last month', 'this year', 'last year'] as const;
export type Period = (typeof periods)[number];

/** Days as they were written: a period, one year, month or day (`2021`, `2021-11`, `2021-11-03`), or from one to another, either of them open. */
export type Days = Period | { date: string } | { from?: string; to?: string };

/** The first and the last of some days, ISO `YYYY-MM-DD`; absent where they have no beginning or no end. */
export interface DayRange {
  first?: string;
  last?: string;
}

/** The day of a moment in this machine's time zone, ISO `YYYY-MM-DD`. */
export const localDay = (at: Date): string =>
  [String(at.getFullYear()).padStart(4, '0'), ...[at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0'))].join('-');

const DATE = /^\d{4}(-\d{2}){0,2}$/;

/** Reads days; `undefined` for what are none. */
export function readDays(written: string): Days | undefined {
  const value = written.trim().toLowerCase();
  const name = value.replace(/[-_\s]+/g, ' ');
  const period = periods.find((each) => each === name);
  if (period) return period;
  if (isDate(value)) return { date: value };
  const [from = '', to = '', ...more] = value.split('..');
  if (!value.includes('..') || more.length > 0 || (from === '' && to === '')) return undefined;
  if (![from, to].every((each) => each === '' || isDate(each))) return undefined;
  return { ...(from !== '' && { from }), ...(to !== '' && { to }) };
}

/** As `readDays` reads them. */
export function printDays(days: Days): string {
  if (typeof days === 'string') return days.replace(' ', '-');
  return 'date' in days ? days.date : `${days.from ?? ''}..${days.to ?? ''}`;
}

/** Which days are meant on the day `today` (ISO `YYYY-MM-DD`). */
export function rangeOf(days: Days, today: string): DayRange {
  if (typeof days === 'string') return rangeOfPeriod(days, today);
  if ('date' in days) return { first: firstOf(days.date), last: lastOf(days.date) };
  return { ...(days.from !== undefined && { first: firstOf(days.from) }), ...(days.to !== undefined && { last: lastOf(days.to) }) };
}

/** Whether a moment (ms) is on one of some days of the reader's time zone, as `from <= moment < until`. */
export interface MomentRange {
  /** ms */
  from: number;
  until: number;
}

export function momentsOf(days: Days, today: string): MomentRange {
  const { first, last }: DayRange = rangeOf(days, today);
  const midnight = (day: string, later = 0): number => {
    const at = new Date(`${day}T00:00:00`);
    at.setDate(at.getDate() + later);
    return at.getTime();
  };
  return {
    from: first === undefined ? Number.MIN_SAFE_INTEGER : midnight(first),
    until: last === undefined ? Number.MAX_SAFE_INTEGER : midnight(last, 1),
  };
}

function isDate(value: string): boolean {
  if (!DATE.test(value)) return false;
  const day = firstOf(value);
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && dayOf(at) === day;
}

const firstOf = (date: string): string => `${date}-01-01`.slice(0, 10);

function lastOf(date: string): string {
  if (date.length === 10) return date;
  if (date.length === 4) return `${date}-12-31`;
  const [year = 0, month = 0] = date.split('-').map(Number);
  return dayOf(utc(year, month, 0));
}

function rangeOfPeriod(period: Period, today: string): DayRange {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const at = (y: number, m: number, d: number): string => dayOf(utc(y, m - 1, d));
  const monday = day - ((utc(year, month - 1, day).getUTCDay() + 6) % 7);
  switch (period) {
    case 'today':
      return { first: today, last: today };
    case 'yesterday':
      return { first: at(year, month, day - 1), last: at(year, month, day - 1) };
    case 'this week':
      return { first: at(year, month, monday), last: at(year, month, monday + 6) };
    case 'last week':
      return { first: at(year, month, monday - 7), last: at(year, month, monday - 1) };
    case 'this month':
      return { first: at(year, month, 1), last: at(year, month + 1, 0) };
    case 'last month':
      return { first: at(year, month - 1, 1), last: at(year, month, 0) };
    case 'this year':
      return { first: at(year, 1, 1), last: at(year, 12, 31) };
    case 'last year':
      return { first: at(year - 1, 1, 1), last: at(year - 1, 12, 31) };
  }
}

/** `Date.UTC` takes years before 100 for others. */
function utc(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
