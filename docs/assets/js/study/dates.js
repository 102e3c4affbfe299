/**
 * The one place where moments become local days.
 *
 * A study day starts at 04:00 on the local clock, so an evening that runs past midnight is one
 * day. Days are strings and day arithmetic is done on calendar dates: a day with 23 or 25 hours is
 * a day.
 */

/** @typedef {import('./types.js').Day} Day */

export const DAY_STARTS_AT_HOUR = 4;
const MINUTE = 60_000;

/** Minutes east of UTC at a moment, where this program runs. */
export const zoneAt = (ms) => -new Date(ms).getTimezoneOffset();

/** The clock of this machine. Tests and replays bring their own. */
export const systemClock = { now: () => Date.now(), zone: zoneAt };

const pad = (number, width = 2) => String(number).padStart(width, '0');

function fromUtc(date) {
  return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
}

/** The local calendar date of a moment. @returns {Day} */
export const localDay = (ms, zone) => fromUtc(new Date(ms + zone * MINUTE));

/** The study day of a moment: before 04:00 it is still yesterday. @returns {Day} */
export const studyDay = (ms, zone) =>
  localDay(ms - DAY_STARTS_AT_HOUR * 60 * MINUTE, zone);

/** Today's study day. @returns {Day} */
export function today(clock = systemClock) {
  const now = clock.now();
  return studyDay(now, clock.zone(now));
}

const DAY = /^[1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const days = new Map(); // what was asked before: a log names few days, and each many times

/** Whether a value is a date that exists. */
export function isDay(value) {
  if (typeof value !== 'string') return false;
  let found = days.get(value);
  if (found === undefined) {
    found = exists(value);
    if (days.size < 2000) days.set(value, found);
  }
  return found;
}

function exists(value) {
  if (!DAY.test(value)) return false;
  const [year, month, date] = [value.slice(0, 4), value.slice(5, 7), value.slice(8)];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return date <= LENGTHS[month - 1] + (leap && month === '02' ? 1 : 0);
}

/** The day `count` days later. @param {Day} day @param {number} count @returns {Day} */
export function addDays(day, count) {
  const [year, month, date] = day.split('-').map(Number);
  return fromUtc(new Date(Date.UTC(year, month - 1, date + count)));
}

/**
 * A running number of days, by the calendar alone: years start in March, so that the leap day is
 * the last.
 */
export function dayNumber(day) {
  let [year, month, date] = day.split('-').map(Number);
  if (month < 3) [year, month] = [year - 1, month + 12];
  const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return 365 * year + leaps + Math.floor((153 * (month - 3) + 2) / 5) + date;
}

/** How many days `to` comes after `from`; negative if before. */
export const daysBetween = (from, to) => dayNumber(to) - dayNumber(from);

/** 0 Monday to 6 Sunday. 1970-01-01 was a Thursday. */
export const weekday = (day) =>
  (((daysBetween('1970-01-01', day) + 3) % 7) + 7) % 7;

/** Every day from `from` up to and without `until`. @returns {Day[]} */
export function daysUntil(from, until) {
  const count = Math.max(0, daysBetween(from, until));
  return Array.from({ length: count }, (_, index) => addDays(from, index));
}
