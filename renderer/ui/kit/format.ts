const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });
const ownDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });
const fullDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' });
const timeOfDay = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto', style: 'short' });
const number = new Intl.NumberFormat('en-GB');

/** An ISO date as "3 December 2021". */
export const formatDate = (date: string): string => day.format(new Date(`${date}T00:00:00Z`));

/** An ISO date as "3 Dec 2021". */
export const formatShortDate = (date: string): string => shortDay.format(new Date(`${date}T00:00:00Z`));

/** An ISO moment as "22 November 2026 at 17:03", in the reader's time zone. */
export const formatMoment = (at: string): string => moment.format(new Date(at));

/** The day of an ISO moment as "Sunday 22 November 2026", in the reader's time zone. */
export const formatDay = (at: string): string => fullDay.format(new Date(at));

/** The date of an ISO moment as "22 November 2026", in the reader's time zone. */
export const formatDateOf = (at: string): string => ownDay.format(new Date(at));

/** The time of an ISO moment as "17:03", in the reader's time zone. */
export const formatTime = (at: string): string => timeOfDay.format(new Date(at));

/** An address of the web as readers say it: without its scheme, `www.`, what is asked for in it, and a slash at its end. */
export function shortAddress(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  return `${url.host.replace(/^www\./, '')}${url.pathname.replace(/\/$/, '')}`;
}

export const formatNumber = (value: number): string => number.format(value);

/** "1 note", "3 notes", "2 entries". */
export const countOf = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatNumber(count)} ${count === 1 ? noun : plural}`;

/** How long ago a moment was, as "2 min ago"; a date when it is more than a week. `now` in ms. */
export function formatAgo(at: string, now: number): string {
  const seconds = Math.round((now - Date.parse(at)) / 1000);
  if (seconds < 45) return 'just now';
  if (seconds < 3_600) return relative.format(-Math.max(1, Math.round(seconds / 60)), 'minute');
  if (seconds < 86_400) return relative.format(-Math.round(seconds / 3_600), 'hour');
  if (seconds < 7 * 86_400) return relative.format(-Math.round(seconds / 86_400), 'day');
  return shortDay.format(new Date(at));
}

/** "2 min", "1 h 5 min". */
export function formatMinutes(minutes: number): string {
  if (minutes < 60) return `${Math.max(1, Math.round(minutes))} min`;
  const rest = Math.round(minutes % 60);
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
