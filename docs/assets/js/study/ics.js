/**
 * A plan as a calendar file, after RFC 5545: one all-day event for each item.
 *
 * No METHOD (it is a publication of nobody), no alarm, TRANSPARENT (the days stay free). A file
 * cannot recall events: for a new plan one deletes the calendar and imports into a new one.
 */

import { addDays } from './dates.js';

const encoder = new TextEncoder();

/** Text value: backslash, semicolon, comma and newline escaped, control characters dropped. */
export const escapeText = (text) =>
  String(text)
    .toWellFormed()
    .replace(/\r\n?|\n/g, '\n')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\n/g, '\\n');

/** Lines of at most 75 octets; a character is never split. */
export function fold(line) {
  const lines = [];
  let current = '';
  let octets = 0;
  for (const sign of line) {
    const size = encoder.encode(sign).length;
    if (octets + size > 75) {
      lines.push(current);
      [current, octets] = [' ', 1];
    }
    current += sign;
    octets += size;
  }
  lines.push(current);
  return lines.join('\r\n');
}

const compact = (day) => day.replaceAll('-', '');

/** 14 hexadecimal digits that depend on the whole text. */
export function digest(text) {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (const octet of encoder.encode(text)) {
    a = Math.imul(a ^ octet, 2654435761);
    b = Math.imul(b ^ octet, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(16).padStart(14, '0');
}

/**
 * @param {{days: {date: string, items: Object[]}[]}} plan
 * @param {{fragment: string, now: number, site?: string, name?: string, host?: string}} options
 *   `fragment` is the plan's input: the UIDs of two plans never meet, those of one never change
 */
export function toIcs(plan, { fragment, now, site = '', name = 'Ground Truth', host = 'ground-truth' }) {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = digest(fragment);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Ground Truth//Study plan//EN',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escapeText(name)}`,
  ];
  for (const day of plan.days) {
    for (const item of day.items) {
      const url = site && item.url ? new URL(item.url, site).href : '';
      const about = [`${item.minutes} minutes`, url].filter(Boolean).join('\n');
      lines.push(
        'BEGIN:VEVENT',
        `UID:${scope}-${item.id.replace(/[^\w.-]/g, '-')}@${host}`,
        `DTSTAMP:${stamp}`,
        `DTSTART;VALUE=DATE:${compact(day.date)}`,
        `DTEND;VALUE=DATE:${compact(addDays(day.date, 1))}`,
        `SUMMARY:${escapeText(`${item.title} (${item.minutes} min)`)}`,
        `DESCRIPTION:${escapeText(about)}`,
        ...(url ? [`URL:${url}`] : []),
        'TRANSP:TRANSPARENT',
        'END:VEVENT',
      );
    }
  }
  lines.push('END:VCALENDAR');
  return `${lines.map(fold).join('\r\n')}\r\n`;
}
