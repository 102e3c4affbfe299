import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { eventProblem, idMaker, SCHEMA, upcast } from '../../docs/assets/js/study/events.js';
import { copyState, exportText, preview } from '../../docs/assets/js/study/merge.js';
import { browserStorage, prefixOf, Store } from '../../docs/assets/js/study/store.js';
import { replay } from '../../docs/assets/js/study/views.js';
import { reviewData } from '../../docs/assets/js/study/cards.js';
import { between, fakeClock, FakeLocks, FakeStorage, pick, seeded } from './fakes.mjs';

const PREFIX = prefixOf('/ground-truth/');
const mark = (topic, on = true) => ['mark.set', { topic, mark: 'read', on }];

function open(storage, options = {}) {
  return new Store({ storage, prefix: PREFIX, clock: fakeClock(), random: seeded(1), ...options });
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

test('what was appended is there after a reload', () => {
  const storage = new FakeStorage();
  const store = open(storage);
  store.append(...mark('bias-variance'));
  assert.equal(store.status.mode, 'saved');
  const again = open(storage, { random: seeded(2) });
  assert.deepEqual(again.events, store.events);
  assert.equal(replay(again.events).marks.get('bias-variance').read, true);
});

test('an event keeps its UTC time, its zone and its version', () => {
  const clock = fakeClock('2026-03-02T23:59:00Z', -480);
  const event = open(new FakeStorage(), { clock }).append(...mark('a'));
  assert.deepEqual([event.at, event.zone, event.v], ['2026-03-02T23:59:00.000Z', -480, SCHEMA]);
});

test('ids sort in the order of happening, also when the clock is set back', () => {
  const ids = idMaker(seeded(3));
  const made = [1e12, 1e12, 5e11, 0, NaN, 1e12 + 5].map((now) => ids.make(now));
  assert.deepEqual([...made].sort(), made);
  assert.equal(new Set(made).size, made.length);

  const storage = new FakeStorage();
  const clock = fakeClock();
  open(storage, { clock }).append(...mark('a', true));
  clock.pass(-60 * 24 * 40);
  open(storage, { clock, random: seeded(9) }).append(...mark('a', false));
  assert.equal(replay(open(storage).events).marks.get('a').read, false);
});

test('two tabs lose no event, whatever the order, with other tabs tidying', async () => {
  for (let round = 0; round < 30; round += 1) {
    const random = seeded(round);
    const area = new Map();
    const locks = new FakeLocks();
    const clock = fakeClock();
    const tabs = [];
    const written = new Set();
    const openTab = () => tabs.push(open(new FakeStorage(area), { clock, locks, random }));
    openTab();
    openTab();
    const pending = [];
    for (let step = 0; step < 120; step += 1) {
      const tab = pick(random, tabs);
      const chance = random();
      clock.ms += between(random, -2000, 5000);
      if (chance < 0.7) written.add(tab.append(...mark(`topic-${step}`)).id);
      else if (chance < 0.8) tab.refresh();
      else if (chance < 0.9) pending.push(tab.tidy());
      else if (tabs.length > 2) {
        tabs.splice(tabs.indexOf(tab), 1);
        tab.close();
      } else openTab();
      if (random() < 0.2) await Promise.resolve();
      if (random() < 0.05) await settle();
    }
    await Promise.all(pending);
    await settle();
    const found = new Set(open(new FakeStorage(area)).events.map((event) => event.id));
    assert.deepEqual(found, written, `round ${round}`);
  }
});

test('two tabs review different cards at the same time', () => {
  const area = new Map();
  const clock = fakeClock();
  const [a, b] = [1, 2].map((seed) => open(new FakeStorage(area), { clock, random: seeded(seed) }));
  const answer = (store, card) => {
    const view = replay(store.events).cards.get(card);
    store.append('card.review', reviewData(card, view, 3, clock.now(), 0));
  };
  for (let index = 0; index < 20; index += 1) {
    answer(a, `a-${index}`);
    answer(b, `b-${index}`);
    clock.pass(1);
  }
  assert.equal(replay(open(new FakeStorage(area)).events).cards.size, 40);
  a.refresh();
  assert.equal(replay(a.events).cards.size, 40);
});

test('closed pages are merged, living ones are not touched', async () => {
  const area = new Map();
  const locks = new FakeLocks();
  const clock = fakeClock();
  const living = open(new FakeStorage(area), { clock, locks, random: seeded(50) });
  living.append(...mark('living'));
  await settle();
  for (let page = 0; page < 20; page += 1) {
    const store = open(new FakeStorage(area), { clock, locks, random: seeded(page) });
    store.append(...mark(`topic-${page}`));
    await settle();
    store.close();
    clock.pass(1);
  }
  await settle();
  const count = () => [...area.keys()].filter((key) => key.includes(':log.')).length;
  assert.equal(count(), 21);
  const keeper = open(new FakeStorage(area), { clock, locks, random: seeded(99) });
  await keeper.tidy();
  assert.equal(count(), 2);
  assert.equal(open(new FakeStorage(area)).events.length, 21);
  living.append(...mark('still-here'));
  assert.equal(open(new FakeStorage(area)).events.length, 22);
});

test('a page whose lock comes late writes again what another page took away', async () => {
  const area = new Map();
  const clock = fakeClock();
  const locks = new FakeLocks();
  const late = { request: (...given) => settle().then(() => locks.request(...given)) };
  for (let page = 0; page < 10; page += 1) {
    open(new FakeStorage(area), { clock, random: seeded(page) }).append(...mark(`topic-${page}`));
  }
  const slow = open(new FakeStorage(area), { clock, locks: late, random: seeded(70) });
  slow.append(...mark('slow'));
  const own = [...area.keys()].find((key) => key.includes(slow.writer));
  const other = open(new FakeStorage(area), { clock, locks, random: seeded(71) });
  await other.tidy();
  assert.ok(!area.has(own)); // taken, before the lock was there
  await settle();
  await settle();
  assert.ok(area.has(own));
  assert.equal(open(new FakeStorage(area)).events.length, 11);
});

test('without locks nothing is merged and nothing is lost', async () => {
  const area = new Map();
  const clock = fakeClock();
  for (let page = 0; page < 12; page += 1) {
    const store = open(new FakeStorage(area), { clock, random: seeded(page) });
    store.append(...mark(`topic-${page}`));
    await store.tidy();
  }
  assert.equal(open(new FakeStorage(area)).events.length, 12);
});

test('a big import is cut into chunks, and an answer after it writes little', () => {
  const storage = new FakeStorage();
  const clock = fakeClock();
  const source = open(new FakeStorage(), { clock });
  for (let index = 0; index < 1000; index += 1) source.append(...mark(`topic-${index}`));
  const store = open(storage, { clock, random: seeded(2) });
  assert.equal(store.merge(source.events), 1000);
  assert.equal(store.merge(source.events), 0);
  const before = storage.writes;
  store.append(...mark('one-more'));
  assert.equal(storage.writes - before, 1);
  assert.ok(Math.max(...[...storage.area.values()].map((text) => text.length)) < 60_000);
});

test('full storage: the session goes on, says so, exports, and writes when there is room', () => {
  const storage = new FakeStorage(new Map(), { quota: 900 });
  const store = open(storage);
  for (let index = 0; index < 20; index += 1) store.append(...mark(`topic-${index}`));
  assert.deepEqual([store.status.mode, store.status.kind], ['memory', 'full']);
  assert.match(store.status.text, /Save a copy/);
  assert.equal(replay(store.events).marks.size, 20);
  assert.equal(JSON.parse(exportText(store, 0)).events.length, 20);
  storage.quota = Infinity;
  store.retry();
  assert.equal(store.status.mode, 'saved');
  assert.equal(open(storage).events.length, 20);
});

test('blocked or missing storage: the same', () => {
  const blocked = new FakeStorage();
  blocked.error = new DOMException('no', 'SecurityError');
  for (const storage of [blocked, null]) {
    const store = open(storage);
    store.append(...mark('a'));
    assert.deepEqual([store.status.mode, store.status.kind], ['memory', 'blocked']);
    assert.equal(store.events.length, 1);
    assert.equal(JSON.parse(exportText(store, 0)).events.length, 1);
    store.refresh();
    assert.equal(store.events.length, 1);
  }
  const scope = { get localStorage() { throw new DOMException('no', 'SecurityError'); } };
  assert.equal(browserStorage(scope), null);
  assert.equal(browserStorage({}), null);
});

test('the adapter of localStorage', () => {
  const area = new Map([['x', '1']]);
  const localStorage = {
    get length() { return area.size; },
    key: (index) => [...area.keys()][index],
    getItem: (key) => area.get(key) ?? null,
    setItem: (key, value) => area.set(key, value),
    removeItem: (key) => area.delete(key),
  };
  const storage = browserStorage({ localStorage });
  storage.set('y', '2');
  storage.remove('x');
  assert.deepEqual([storage.keys(), storage.get('y'), storage.get('x')], [['y'], '2', null]);
});

test('a corrupt chunk is put aside, named, and the rest is read', () => {
  const storage = new FakeStorage();
  open(storage).append(...mark('a'));
  const broken = `${PREFIX}log.0000000000zzzz.0`;
  for (const text of ['{"half', '"text"', '{}', 'null']) {
    storage.area.set(broken, text);
    const store = open(storage);
    assert.equal(store.events.length, 1);
    assert.equal(store.status.kind, 'corrupt');
    assert.match(store.status.text, /put aside, not deleted/);
    assert.equal(storage.area.get(`${PREFIX}corrupt.log.0000000000zzzz.0`), text);
    assert.ok(!storage.area.has(broken));
    assert.equal(JSON.parse(exportText(store, 0)).keys['corrupt.log.0000000000zzzz.0'], text);
    store.append(...mark('b')); // goes on
    assert.equal(store.status.mode, 'saved');
    storage.area.delete(`${PREFIX}corrupt.log.0000000000zzzz.0`);
    for (const key of [...storage.area.keys()].slice(2)) storage.area.delete(key);
  }
});

test('one bad row is put aside and its neighbors are kept, also when the chunk is merged', async () => {
  const storage = new FakeStorage();
  const store = open(storage);
  for (const topic of ['a', 'b', 'c']) store.append(...mark(topic));
  const key = [...storage.area.keys()].find((one) => one.includes(':log.'));
  const rows = JSON.parse(storage.area.get(key));
  rows[1].at = 'yesterday';
  storage.area.set(key, JSON.stringify(rows));
  const locks = new FakeLocks();
  const again = open(storage, { locks, random: seeded(4) });
  assert.deepEqual([...replay(again.events).marks.keys()], ['a', 'c']);
  assert.equal(again.corrupt.length, 1);
  assert.match(again.corrupt[0].reason, /bad date "yesterday"/);
  await again.tidy();
  const aside = [...storage.area.keys()].filter((one) => one.includes(':corrupt.'));
  assert.equal(aside.length, 1);
  assert.match(storage.area.get(aside[0]), /yesterday/);
  const third = open(storage, { random: seeded(5) });
  assert.deepEqual([...replay(third.events).marks.keys()], ['a', 'c']);
  assert.equal(third.corrupt.length, 0); // said once
});

test('a newer store turns old code read-only, and loses nothing', () => {
  const storage = new FakeStorage();
  const migrations = { 1: (event) => event };
  open(storage, { schema: 2, migrations }).append(...mark('new'));
  const before = new Map(storage.area);
  const old = open(storage, { random: seeded(3) });
  assert.deepEqual([old.status.mode, old.status.kind], ['read-only', 'newer']);
  old.append(...mark('old'));
  assert.deepEqual(storage.area, before);
  assert.equal(JSON.parse(exportText(old, 0)).events.length, 1); // what this page did
});

test('a page that is open while a newer one writes stops writing', () => {
  const area = new Map();
  const old = open(new FakeStorage(area));
  old.append(...mark('a'));
  const newer = open(new FakeStorage(area), { schema: 2, migrations: { 1: (event) => event }, random: seeded(2) });
  newer.append(...mark('b'));
  const size = JSON.stringify([...area]).length;
  old.append(...mark('c'));
  assert.equal(old.status.mode, 'read-only');
  assert.equal(JSON.stringify([...area]).length, size);
});

test('a foreign value in the place of the version is put aside', () => {
  const storage = new FakeStorage(new Map([[`${PREFIX}schema`, 'hello']]));
  const store = open(storage);
  store.append(...mark('a'));
  assert.equal(store.status.mode, 'saved');
  assert.equal(storage.area.get(`${PREFIX}corrupt.schema`), 'hello');
});

test('keys of other sites are not read', () => {
  const other = prefixOf('/ground-truth-fork/');
  const storage = new FakeStorage(new Map([[`${other}log.x.0`, 'junk'], ['log.x.0', 'junk']]));
  const store = open(storage);
  assert.equal(store.status.kind, '');
  store.append(...mark('a'));
  store.wipe();
  assert.deepEqual([...storage.area.keys()], [`${other}log.x.0`, 'log.x.0']);
  assert.equal(prefixOf('/ground-truth'), PREFIX);
});

test('storage wiped under an open page: the session keeps what it knows', () => {
  const storage = new FakeStorage();
  open(storage).append(...mark('a'));
  const store = open(storage, { random: seeded(2) });
  storage.area.clear();
  store.refresh();
  assert.equal(store.events.length, 1);
});

test('undo is an event, and can be undone', () => {
  const store = open(new FakeStorage());
  const event = store.append(...mark('a'));
  const undo = store.undo(event.id);
  assert.equal(replay(store.events).marks.get('a')?.read ?? false, false);
  store.undo(undo.id);
  assert.equal(replay(store.events).marks.get('a').read, true);
  assert.equal(store.events.length, 3);
});

test('an event that is not valid is refused at once', () => {
  const store = open(new FakeStorage());
  assert.throws(() => store.append('mark.set', { topic: 'a', mark: 'red', on: true }), /"mark"/);
  assert.throws(() => store.append('nonsense', {}), /unknown type/);
  assert.throws(() => store.append('mark.set', { topic: 'a', mark: 'read', on: true, x: 1 }), /unknown field/);
  assert.equal(store.events.length, 0);
});

test('subscribers hear of every change', () => {
  const area = new Map();
  const store = open(new FakeStorage(area));
  let calls = 0;
  const stop = store.subscribe(() => (calls += 1));
  store.append(...mark('a'));
  store.refresh();
  stop();
  store.append(...mark('b'));
  assert.equal(calls, 2);
});

/* ---- copies ---- */

function filled() {
  const clock = fakeClock();
  const store = open(new FakeStorage(), { clock });
  store.append(...mark('bias-variance'));
  store.append('assessment.done', { levels: { 'bias-variance': 3, optimization: 2 } });
  store.append('section.set', { section: 'decomposition', topic: 'bias-variance', state: 'explain' });
  for (const rating of [3, 3, 1]) {
    const view = replay(store.events).cards.get('why');
    store.append('card.review', reviewData('why', view, rating, clock.now(), 0, { ms: 9000 }));
    clock.pass(15);
  }
  store.append('plan.set', { fragment: 'v=1' });
  return store;
}

test('export, wipe, import: the same screens', () => {
  const store = filled();
  const text = exportText(store, Date.parse('2026-03-05T00:00:00Z'));
  const fresh = open(new FakeStorage(), { random: seeded(8) });
  const found = preview(text, fresh.events);
  assert.ok(found.ok);
  assert.equal(found.fresh.length, 7);
  assert.deepEqual(found.counts['card.review'], 3);
  assert.equal(fresh.events.length, 0); // a preview changes nothing
  fresh.merge(found.fresh);
  assert.deepEqual(replay(fresh.events), replay(store.events));
  const twice = preview(text, fresh.events);
  assert.deepEqual([twice.fresh.length, twice.known], [0, 7]);
});

test('an import merges; it does not overwrite', () => {
  const clock = fakeClock();
  const phone = open(new FakeStorage(), { clock, random: seeded(1) });
  const laptop = open(new FakeStorage(), { clock, random: seeded(2) });
  phone.append(...mark('a'));
  clock.pass(5);
  laptop.append(...mark('b'));
  laptop.merge(preview(exportText(phone, 0), laptop.events).fresh);
  phone.merge(preview(exportText(laptop, 0), phone.events).fresh);
  assert.deepEqual(phone.events, laptop.events);
  assert.deepEqual([...replay(phone.events).marks.keys()], ['a', 'b']);
});

test('every row of a copy is checked; the good ones are taken', () => {
  const copy = JSON.parse(exportText(filled(), 0));
  const review = copy.events.findIndex((event) => event.type === 'card.review');
  const breakIt = (change) => {
    const row = structuredClone(copy.events[review]);
    row.id = `${row.id.slice(0, 9)}${Math.floor(Math.random() * 36 ** 5).toString(36).padStart(5, '0')}`;
    change(row);
    return row;
  };
  const bad = [
    [breakIt((row) => (row.data.after[2] = null)), /stability/], // NaN becomes null in JSON
    [breakIt((row) => (row.data.after[0] = 7)), /unknown state 7/],
    [breakIt((row) => (row.data.after[4] = '2026-02-30')), /bad date 2026-02-30/],
    [breakIt((row) => (row.at = '2026-02-30T10:00:00.000Z')), /bad date/],
    [breakIt((row) => (row.at = 'NaN')), /bad date/],
    [breakIt((row) => (row.zone = 5000)), /time zone/],
    [breakIt((row) => (row.data.rating = 9)), /rating/],
    [breakIt((row) => (row.id = '../../etc')), /no valid id/],
    [breakIt((row) => (row.id = 'zzzzzzzzzzzzzz')), /no valid id/],
    [breakIt((row) => (row.type = 'constructor')), /unknown type/],
    [breakIt((row) => (row.v = 99)), /newer version/],
    [breakIt((row) => (row.data.card = '<img>')), /not an id/],
    [breakIt((row) => (row.data = null)), /no data/],
    [null, /not an event/],
    [[], /not an event/],
    [{ ...copy.events[0], data: { topic: 'other', mark: 'read', on: true } }, /differs/],
  ];
  copy.events.push(...bad.map(([row]) => row));
  const found = preview(JSON.stringify(copy), []);
  assert.equal(found.fresh.length, 7);
  assert.equal(found.rejected.length, bad.length);
  found.rejected.forEach(({ row, reason }, index) => {
    assert.equal(row, 8 + index);
    assert.match(reason, bad[index][1]);
  });
});

test('a file that is not ours changes nothing and is named', () => {
  for (const [text, words] of [
    ['', /not JSON/], ['{', /not JSON/], ['null', /not a copy/], ['[]', /not a copy/],
    ['{"format":"other","events":[]}', /not a copy/],
    ['{"format":"ground-truth-progress","events":[]}', /version/],
    ['{"format":"ground-truth-progress","schema":99,"events":[]}', /newer/],
  ]) {
    const found = preview(text, []);
    assert.equal(found.ok, false);
    assert.match(found.message, words);
    assert.equal(found.fresh.length, 0);
  }
});

test('how old the last copy is', () => {
  const clock = fakeClock();
  const store = open(new FakeStorage(), { clock });
  const level = (options) => copyState(store.events, clock.now(), 0, options).level;
  assert.equal(level(), 'none');
  store.append(...mark('a'));
  assert.equal(level(), 'fresh');
  assert.equal(copyState(store.events, clock.now(), 0, { evicts: true }).sevenDays, true);
  clock.pass(5 * 24 * 60);
  assert.equal(level(), 'remind');
  clock.pass(2 * 24 * 60);
  assert.equal(level(), 'warn');
  store.append('backup.saved', { events: store.events.length });
  assert.equal(level(), 'saved');
  assert.equal(copyState(store.events, clock.now(), 0, { evicts: true }).sevenDays, false);
  store.append(...mark('b'));
  assert.equal(level(), 'fresh');
  clock.pass(-30 * 24 * 60); // set back
  assert.equal(level(), 'fresh');
});

/* ---- schemas ---- */

test('there is a fixture of every schema, and today reads it', () => {
  const folder = new URL('./fixtures/schemas/', import.meta.url);
  const files = readdirSync(folder).sort();
  assert.deepEqual(files, Array.from({ length: SCHEMA }, (_, index) => `v${index + 1}.json`));
  for (const file of files) {
    const found = preview(readFileSync(new URL(file, folder), 'utf8'), []);
    assert.equal(found.ok, true);
    assert.deepEqual(found.rejected, []);
    const view = replay(found.fresh);
    assert.equal(view.marks.get('bias-variance').read, true);
    assert.equal(view.cards.get('why').memory.lapses, 0);
    assert.equal(view.cards.get('why').memory.reps, 3);
    assert.deepEqual(view.assessments[0].levels, { 'bias-variance': 3, optimization: 2 });
    assert.equal(view.plan.fragment, 'v=1');
  }
});

test('migrations run in order, in memory only, and a missing one rejects the row', () => {
  const migrations = {
    1: (event) => ({ ...event, data: { ...event.data, mark: 'cheat' } }),
    2: (event) => ({ ...event, data: { ...event.data, on: !event.data.on } }),
  };
  const storage = new FakeStorage();
  open(storage).append(...mark('a'));
  const raw = new Map(storage.area);
  const store = open(storage, { schema: 3, migrations });
  assert.deepEqual(store.events[0].data, { topic: 'a', mark: 'cheat', on: false });
  assert.equal(store.events[0].v, 3);
  assert.deepEqual(storage.area, raw);
  assert.equal(upcast({ v: 1, id: 'x' }, 3, {}).v, 1);
  assert.equal(eventProblem(store.events[0], 3), '');
});
