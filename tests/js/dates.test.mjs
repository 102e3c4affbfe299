import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addDays, dayNumber, daysBetween, daysUntil, isDay, localDay, studyDay, today, weekday, zoneAt,
} from '../../docs/assets/js/study/dates.js';

const at = (text) => Date.parse(text);

/** Run with the machine's own time zone set, as a browser there would. */
function inZone(name, run) {
  const before = process.env.TZ;
  process.env.TZ = name;
  try {
    run();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}

test('a study day starts at 04:00 local, at UTC-8, UTC+5:30 and UTC+9', () => {
  for (const [zone, before, after, day] of [
    [-480, '2026-01-06T11:59:59Z', '2026-01-06T12:00:00Z', '2026-01-06'],
    [330, '2026-01-05T22:29:59Z', '2026-01-05T22:30:00Z', '2026-01-06'],
    [540, '2026-01-05T18:59:59Z', '2026-01-05T19:00:00Z', '2026-01-06'],
    [0, '2026-01-06T03:59:59Z', '2026-01-06T04:00:00Z', '2026-01-06'],
  ]) {
    assert.equal(studyDay(at(after), zone), day, `${zone}`);
    assert.equal(studyDay(at(before), zone), addDays(day, -1), `${zone}`);
  }
});

test('the local day is not the UTC day', () => {
  assert.equal(localDay(at('2026-01-05T23:55:00Z'), 540), '2026-01-06');
  assert.equal(localDay(at('2026-01-06T00:05:00Z'), -480), '2026-01-05');
});

test('the zone of the machine, summer time included', () => {
  inZone('Asia/Kolkata', () => assert.equal(zoneAt(at('2026-01-01T00:00:00Z')), 330));
  inZone('Asia/Tokyo', () => assert.equal(zoneAt(at('2026-07-01T00:00:00Z')), 540));
  inZone('America/Los_Angeles', () => {
    assert.equal(zoneAt(at('2026-01-15T12:00:00Z')), -480);
    assert.equal(zoneAt(at('2026-07-15T12:00:00Z')), -420);
  });
});

test('nights of a clock change: one study day before 04:00, the next after', () => {
  inZone('America/Los_Angeles', () => {
    // 2026-03-08: 02:00 becomes 03:00, at 10:00 UTC; 04:00 summer time is 11:00 UTC.
    const day = (text) => studyDay(at(text), zoneAt(at(text)));
    assert.equal(day('2026-03-08T09:30:00Z'), '2026-03-07');
    assert.equal(day('2026-03-08T10:59:00Z'), '2026-03-07');
    assert.equal(day('2026-03-08T11:00:00Z'), '2026-03-08');
    // 2026-11-01: 02:00 becomes 01:00, at 09:00 UTC; 04:00 winter time is 12:00 UTC.
    assert.equal(day('2026-11-01T11:59:00Z'), '2026-10-31');
    assert.equal(day('2026-11-01T12:00:00Z'), '2026-11-01');
  });
  inZone('Europe/Berlin', () => {
    const noon = (text) => studyDay(at(text), zoneAt(at(text)));
    assert.equal(noon('2026-03-29T01:59:00Z'), '2026-03-28'); // 03:59 summer time
    assert.equal(noon('2026-03-29T02:00:00Z'), '2026-03-29');
    assert.equal(daysBetween(noon('2026-03-28T11:00:00Z'), noon('2026-03-29T10:00:00Z')), 1);
  });
});

test('a clock that was set back gives the earlier day, and no error', () => {
  const clock = { ms: at('2026-03-02T09:00:00Z'), now: () => clock.ms, zone: () => 0 };
  assert.equal(today(clock), '2026-03-02');
  clock.ms = at('2026-02-27T09:00:00Z');
  assert.equal(today(clock), '2026-02-27');
});

test('days are counted by the calendar', () => {
  assert.equal(addDays('2026-02-28', 1), '2026-03-01');
  assert.equal(addDays('2028-02-28', 1), '2028-02-29');
  assert.equal(addDays('2026-01-01', -1), '2025-12-31');
  assert.equal(daysBetween('2026-03-01', '2026-02-01'), -28);
  assert.equal(daysBetween('2000-01-01', '2400-01-01'), 146_097);
  assert.equal(weekday('2026-03-02'), 0); // a Monday
  assert.equal(weekday('1969-12-31'), 2);
  assert.deepEqual(daysUntil('2026-02-27', '2026-03-02'), ['2026-02-27', '2026-02-28', '2026-03-01']);
  assert.deepEqual(daysUntil('2026-03-02', '2026-03-02'), []);
  assert.deepEqual(daysUntil('2026-03-02', '2026-01-01'), []);
});

test('running numbers and calendar agree on every day of 12,000', () => {
  let day = '1996-01-01';
  for (let count = 0; count < 12_000; count += 1) {
    assert.equal(dayNumber(day), dayNumber('1996-01-01') + count);
    assert.equal(addDays('1996-01-01', count), day);
    assert.equal(weekday(day), count % 7);
    assert.ok(isDay(day));
    day = addDays(day, 1);
  }
});

test('only dates that exist are dates', () => {
  for (const good of ['2026-03-02', '2028-02-29', '1999-12-31']) assert.ok(isDay(good));
  for (const [year, leap] of [[1900, false], [2000, true], [2024, true], [2100, false]]) {
    assert.equal(isDay(`${year}-02-29`), leap);
  }
  for (const bad of ['2026-02-29', '2026-04-31', '2026-06-00', '2026-13-01', '2026-00-10', '26-01-01', '2026-1-1', '', null, NaN,
    20260101, '2026-03-02T00:00', '0000-00-00']) {
    assert.ok(!isDay(bad), String(bad));
  }
});
