/**
 * Copies of the progress: writing one, reading one back, and how old the last one is.
 *
 * A copy is one JSON file with every event and every stored key. Reading never overwrites: rows
 * are checked one by one, shown, and merged by event id, so reading a copy twice changes nothing.
 */

import { localDay, daysBetween } from './dates.js';
import { eventProblem, MIGRATIONS, SCHEMA, upcast } from './events.js';

export const FORMAT = 'ground-truth-progress';
export const REMIND_AFTER_DAYS = 5;
export const WARN_AFTER_DAYS = 7;

/** The text of a copy. @param {import('./store.js').Store} store */
export function exportText(store, now) {
  return JSON.stringify(
    {
      format: FORMAT,
      schema: SCHEMA,
      prefix: store.prefix,
      saved: new Date(now).toISOString(),
      events: store.events,
      keys: store.rawKeys(),
    },
    null,
    1,
  );
}

/**
 * What reading a copy would do. Nothing is changed yet.
 * @returns {{ok: boolean, message: string, fresh: Object[], known: number,
 *   rejected: {row: number, id: string, reason: string}[], counts: Object<string, number>}}
 */
export function preview(text, events, schema = SCHEMA, migrations = MIGRATIONS) {
  const refuse = (message) => ({
    ok: false,
    message,
    fresh: [],
    known: 0,
    rejected: [],
    counts: {},
  });
  let copy;
  try {
    copy = JSON.parse(text);
  } catch {
    return refuse('This file is not JSON. Nothing was changed.');
  }
  if (copy?.format !== FORMAT || !Array.isArray(copy.events)) {
    return refuse('This is not a copy of progress from this site. Nothing was changed.');
  }
  if (!Number.isInteger(copy.schema) || copy.schema < 1) {
    return refuse('This copy does not say its version. Nothing was changed.');
  }
  if (copy.schema > schema) {
    return refuse('This copy comes from a newer version of the site. Reload the page first.');
  }

  const known = new Map(events.map((event) => [event.id, event]));
  const result = { ok: true, message: '', fresh: [], known: 0, rejected: [], counts: {} };
  copy.events.forEach((row, index) => {
    const event = upcast(row, schema, migrations);
    let reason = eventProblem(event, schema);
    const twin = reason ? undefined : known.get(event.id);
    if (twin && !same(twin, event)) reason = 'differs from the event of the same id that is here';
    if (reason) {
      result.rejected.push({ row: index + 1, id: String(row?.id ?? ''), reason });
    } else if (twin) {
      result.known += 1;
    } else {
      known.set(event.id, event);
      result.fresh.push(event);
      result.counts[event.type] = (result.counts[event.type] ?? 0) + 1;
    }
  });
  const { fresh, rejected } = result;
  result.message =
    `${fresh.length} new, ${result.known} already here, ${rejected.length} not readable.`;
  return result;
}

function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}

/**
 * How safe the progress is.
 *
 * `none`: nothing to lose; `saved`: all of it is in a copy; `fresh`: something new, less than five
 * days old; `remind` after five days; `warn` after seven. `evicts` says that this browser (Safari)
 * deletes what a site stored after seven days without a visit: then the note is shown from the
 * first unsaved event on.
 * @param {import('./types.js').StudyEvent[]} events
 */
export function copyState(events, now, zone, { evicts = false } = {}) {
  let last = null;
  let unsaved = 0;
  let oldest = null;
  for (const event of events) {
    if (event.type === 'backup.saved') {
      [last, unsaved, oldest] = [event.at, 0, null];
    } else {
      unsaved += 1;
      oldest ??= event;
    }
  }
  const day = localDay(now, zone);
  const age = oldest
    ? Math.max(0, daysBetween(localDay(Date.parse(oldest.at), oldest.zone), day))
    : 0;
  const level = !unsaved
    ? last ? 'saved' : 'none'
    : age >= WARN_AFTER_DAYS ? 'warn' : age >= REMIND_AFTER_DAYS ? 'remind' : 'fresh';
  return { level, last, unsaved, age, sevenDays: evicts && unsaved > 0 };
}
