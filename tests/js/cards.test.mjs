import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  AGAIN, answer, buildQueue, choices, EASY, forecast, GOOD, HARD, label, newCard, packMemory,
  readiness, recallOn, reviewData, SCHEDULER, secondsPerAnswer, unpackMemory,
} from '../../docs/assets/js/study/cards.js';
import { addDays } from '../../docs/assets/js/study/dates.js';
import { Store } from '../../docs/assets/js/study/store.js';
import { replay } from '../../docs/assets/js/study/views.js';
import { between, fakeClock, FakeStorage, pick, seeded } from './fakes.mjs';

const MINUTE = 60_000;
const at = (text) => Date.parse(text);

/** Answers given at moments. */
function play(list, zone = 0) {
  return list.reduce((memory, [moment, rating]) => answer(memory, rating, moment, zone), null);
}

test('a card known each time: 10 minutes, then 2, 11 and 46 days', () => {
  let now = at('2026-03-02T09:00:00Z');
  let memory = answer(null, GOOD, now, 0);
  assert.equal(label(memory, now), '10 min');
  const found = [];
  for (let round = 0; round < 3; round += 1) {
    now = memory.dueAt ?? at(`${memory.due}T09:00:00Z`);
    memory = answer(memory, GOOD, now, 0);
    found.push(memory.interval);
  }
  assert.deepEqual(found, [2, 11, 46]);
  assert.equal(memory.due, '2026-04-30');
});

test('midnight UTC inside one study day is no new day, in every zone', () => {
  const two = (first, second, zone) => play([[at(first), GOOD], [at(second), GOOD]], zone).interval;
  // 10 minutes apart, over midnight UTC: 15:55 at UTC-8, 05:25 at +5:30, 08:55 at +9.
  for (const zone of [-480, 330, 540]) {
    assert.equal(two('2026-03-02T23:55:00Z', '2026-03-03T00:05:00Z', zone), 2, `${zone}`);
  }
  // Over local midnight it is still one study day; over 04:00 local it is the next.
  assert.equal(two('2026-03-02T23:55:00Z', '2026-03-03T00:05:00Z', 0), 2);
  assert.notEqual(two('2026-03-03T03:55:00Z', '2026-03-03T04:05:00Z', 0), 2);
  assert.notEqual(two('2026-03-02T11:55:00Z', '2026-03-02T12:05:00Z', -480), 2);
});

test('a clock change moves nothing', () => {
  // Los Angeles, 2026-03-08: from UTC-8 to UTC-7. Answered on the 7th and 9th at 20:00 local.
  const first = play([[at('2026-03-08T04:00:00Z'), GOOD], [at('2026-03-08T04:10:00Z'), GOOD]], -480);
  assert.deepEqual([first.last, first.due], ['2026-03-07', '2026-03-09']);
  const next = answer(first, GOOD, at('2026-03-10T03:00:00Z'), -420);
  assert.deepEqual([next.last, next.interval], ['2026-03-09', 11]);
});

test('a clock set back: the answer counts as given on the last day', () => {
  const memory = play([[at('2026-03-10T09:00:00Z'), GOOD], [at('2026-03-10T09:10:00Z'), GOOD]]);
  const next = answer(memory, GOOD, at('2026-02-01T09:00:00Z'), 0);
  assert.equal(next.last, '2026-03-10');
  assert.ok(next.stability > 0 && next.due >= '2026-03-12');
  assert.equal(recallOn(memory, '2026-01-01'), 1);
});

test('a waiting card is not stuck when the clock was set back', () => {
  const now = at('2026-03-10T09:00:00Z');
  const cards = new Map([['a', { ...newCard('a'), memory: answer(null, AGAIN, now, 0) }]]);
  for (const moment of [now - 40 * 24 * 60 * MINUTE, now + 20 * MINUTE]) {
    assert.deepEqual(buildQueue({ ids: ['a'], cards, now: moment, zone: 0 }).order, ['a']);
  }
});

test('what a button says is what it stores', () => {
  const random = seeded(7);
  for (let round = 0; round < 300; round += 1) {
    let now = at('2026-01-05T10:00:00Z');
    let memory = null;
    for (let step = 0; step < between(random, 0, 8); step += 1) {
      memory = answer(memory, between(random, 1, 4), now, 0);
      now += between(random, 1, 40_000) * MINUTE;
    }
    const options = choices(memory, now, 0);
    for (const rating of [AGAIN, HARD, GOOD, EASY]) {
      const view = { ...newCard('c'), memory };
      const stored = unpackMemory(reviewData('c', view, rating, now, 0).after);
      assert.deepEqual(stored, options[rating]);
      assert.equal(label(stored, now), label(options[rating], now));
      const words = stored.interval
        ? new RegExp(`^${stored.interval} days?$`) : /^\d+ min$/;
      assert.match(label(stored, now), words);
    }
  }
});

test('an undo restores what was stored before, overdue cards too', () => {
  const clock = fakeClock('2026-01-05T10:00:00Z');
  const store = new Store({ storage: new FakeStorage(), prefix: 'x:', clock, random: seeded(1) });
  const review = (rating) => {
    const view = replay(store.events).cards.get('c');
    return store.append('card.review', reviewData('c', view, rating, clock.now(), 0));
  };
  review(GOOD);
  clock.pass(10);
  review(GOOD);
  const before = structuredClone(replay(store.events).cards.get('c'));
  clock.pass(60 * 24 * 47); // 45 days overdue
  const late = review(AGAIN);
  assert.notDeepEqual(replay(store.events).cards.get('c').memory, before.memory);
  store.undo(late.id);
  assert.deepEqual(replay(store.events).cards.get('c'), before);
  assert.equal(before.memory.due, '2026-01-07');
});

test('an undo in the middle replays what came after', () => {
  const clock = fakeClock('2026-01-05T10:00:00Z');
  const store = new Store({ storage: new FakeStorage(), prefix: 'x:', clock, random: seeded(1) });
  const moments = [];
  const events = [GOOD, AGAIN, GOOD].map((rating) => {
    clock.pass(60 * 24 * 3);
    moments.push(clock.now());
    const view = replay(store.events).cards.get('c');
    return store.append('card.review', reviewData('c', view, rating, clock.now(), 0));
  });
  store.undo(events[1].id);
  const expected = play([[moments[0], GOOD], [moments[2], GOOD]]);
  assert.deepEqual(replay(store.events).cards.get('c').memory, expected);
});

test('two devices that met: both histories count, in the order of time', () => {
  const clock = fakeClock('2026-01-05T10:00:00Z');
  const open = (seed) => new Store({ storage: new FakeStorage(), prefix: 'x:', clock, random: seeded(seed) });
  const [phone, laptop] = [open(1), open(2)];
  const review = (store, rating) => store.append(
    'card.review', reviewData('c', replay(store.events).cards.get('c'), rating, clock.now(), 0),
  );
  const moments = [clock.now()];
  review(phone, GOOD);
  clock.pass(60 * 24 * 2);
  moments.push(clock.now());
  review(laptop, AGAIN);
  phone.merge(laptop.events);
  laptop.merge(phone.events);
  const memory = replay(phone.events).cards.get('c').memory;
  assert.deepEqual(memory, play([[moments[0], GOOD], [moments[1], AGAIN]]));
  assert.deepEqual(replay(laptop.events).cards.get('c').memory, memory);
});

test('what was stored counts, also if today the scheduler would say something else', () => {
  const now = at('2026-03-02T09:00:00Z');
  const after = packMemory(answer(null, EASY, now, 0)).with(6, 33).with(4, '2026-04-04');
  const event = { id: 'e', at: new Date(now).toISOString(), zone: 0, type: 'card.review', data: { card: 'c', rating: EASY, prev: null, after, by: 'older' } };
  assert.deepEqual(replay([event]).cards.get('c').memory, unpackMemory(after));
});

test('a stored NaN, unknown state or bad date is computed anew from the answers', () => {
  const now = at('2026-03-02T09:00:00Z');
  const good = packMemory(answer(null, GOOD, now, 0));
  for (const [place, value] of [[2, NaN], [2, null], [2, 0], [3, 11], [0, 9], [4, 'soon'], [9, null], [5, NaN]]) {
    const packed = good.with(place, value);
    assert.equal(unpackMemory(packed), null);
    const event = { id: 'e', at: new Date(now).toISOString(), zone: 0, type: 'card.review', data: { card: 'c', rating: GOOD, prev: null, after: packed } };
    assert.deepEqual(replay([event]).cards.get('c').memory, unpackMemory(good));
  }
  assert.deepEqual(packMemory(unpackMemory(good)), good);
});

/* ---- the golden file ---- */

const GOLDEN = new URL('./golden/histories.json', import.meta.url);

function histories() {
  const random = seeded(2026);
  return Array.from({ length: 50 }, () => {
    const zone = pick(random, [-480, -300, 0, 60, 330, 540, 765]);
    let now = at('2026-01-05T00:00:00Z') + between(random, 0, 1440) * MINUTE;
    let memory = null;
    return {
      zone,
      answers: Array.from({ length: between(random, 3, 12) }, () => {
        const rating = pick(random, [AGAIN, HARD, GOOD, GOOD, GOOD, EASY]);
        const moment = now;
        memory = answer(memory, rating, moment, zone);
        const early = memory.dueAt ? memory.dueAt - now : memory.interval * 1440 * MINUTE;
        now += Math.round(early * pick(random, [0.5, 1, 1, 1, 1.4, 3]));
        return [moment, rating, packMemory(memory)];
      }),
    };
  });
}

test('50 histories are scheduled as the golden file says', () => {
  if (!existsSync(GOLDEN) && process.env.UPDATE_GOLDEN) {
    const rows = histories().map((row) => `  ${JSON.stringify(row)}`);
    const head = `{"scheduler": ${JSON.stringify(SCHEDULER)}, "histories": [\n`;
    writeFileSync(GOLDEN, `${head}${rows.join(',\n')}\n]}\n`);
  }
  const golden = JSON.parse(readFileSync(GOLDEN, 'utf8'));
  assert.equal(golden.scheduler, SCHEDULER);
  assert.equal(golden.histories.length, 50);
  for (const { zone, answers } of golden.histories) {
    let memory = null;
    for (const [moment, rating, packed] of answers) {
      memory = answer(memory, rating, moment, zone);
      assert.deepEqual(packMemory(memory), packed);
    }
  }
});

/* ---- the queue ---- */

function deck(count, make = () => null) {
  const ids = Array.from({ length: count }, (_, index) => `card-${index}`);
  const cards = new Map(ids.map((id, index) => [id, { ...newCard(id), memory: make(index) }]));
  return { ids, cards };
}
const known = (last, stability, due) => ({
  state: 2, step: 0, stability, difficulty: 5, due, dueAt: null, interval: 5, reps: 3, lapses: 0, last,
});
const NOW = at('2026-03-10T09:00:00Z');

test('new cards are dealt out by the day, suspended ones are left alone', () => {
  const { ids, cards } = deck(30);
  cards.get('card-0').suspended = true;
  const given = { ids, cards, now: NOW, zone: 0, settings: { newPerDay: 4 } };
  assert.deepEqual(buildQueue(given).order, ['card-1', 'card-2', 'card-3', 'card-4']);
  cards.set('card-1', { ...newCard('card-1'), memory: known('2026-03-10', 3, '2026-03-13'), first: '2026-03-10' });
  assert.equal(buildQueue(given).counts.fresh, 3); // one of today's four is done
});

test('after an absence the queue has an end, and no new cards on top', () => {
  const { ids, cards } = deck(400, (index) => known('2026-01-01', 401 - index, '2026-01-10'));
  const settings = { capMinutes: 20, secondsPerAnswer: 20 };
  const queue = buildQueue({ ids: [...ids, 'new'], cards, now: NOW, zone: 0, settings });
  assert.equal(queue.order.length, 60);
  assert.equal(queue.held, 340);
  assert.equal(queue.counts.fresh, 0);
  assert.deepEqual([queue.order[0], queue.order[59]], ['card-399', 'card-340']); // lowest predicted recall first
  const later = buildQueue({ ids, cards, now: NOW, zone: 0, settings, answersToday: 55 });
  assert.equal(later.order.length, 5);
});

test('a missed card comes back in the session, after the others, and cannot be held back', () => {
  const { ids, cards } = deck(3, () => known('2026-03-01', 5, '2026-03-06'));
  const settings = { capMinutes: 1, secondsPerAnswer: 20 };
  const view = cards.get('card-0');
  view.memory = answer(view.memory, AGAIN, NOW, 0);
  const order = (now) => buildQueue({ ids, cards, now, zone: 0, settings, answersToday: 1 }).order;
  assert.deepEqual(order(NOW + MINUTE), ['card-1', 'card-0']);
  assert.equal(order(NOW + 11 * MINUTE)[0], 'card-0');
});

test('the final pass: each weak card once in three days, the rest is left alone', () => {
  const interview = '2026-03-13';
  const weak = (index) => known('2026-03-05', index % 2 ? 8 : 200, '2026-03-20');
  const { ids, cards } = deck(300, weak);
  const seen = [];
  for (const day of ['2026-03-08', '2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13']) {
    const now = at(`${day}T09:00:00Z`);
    const { order } = buildQueue({ ids, cards, now, zone: 0, settings: { interview, capMinutes: 999 } });
    seen.push(order.length);
    for (const id of order) cards.get(id).memory = answer(cards.get(id).memory, GOOD, now, 0);
  }
  assert.deepEqual([seen[0], seen[1], seen[5]], [0, 0, 0]);
  assert.equal(seen[2] + seen[3] + seen[4], 150);
  assert.ok(Math.max(...seen) < 70, `${seen}`);
  assert.ok(readiness(ids, cards, interview).below.length === 0);
});

test('who misses the first days of the pass finds the cards on the last', () => {
  const { ids, cards } = deck(90, () => known('2026-03-05', 8, '2026-03-20'));
  const settings = { interview: '2026-03-13', capMinutes: 999 };
  const queue = buildQueue({ ids, cards, now: at('2026-03-12T09:00:00Z'), zone: 0, settings });
  assert.equal(queue.counts.pass, 90);
  const capped = buildQueue({ ids, cards, now: at('2026-03-12T09:00:00Z'), zone: 0, settings: { ...settings, capMinutes: 10 } });
  assert.deepEqual([capped.order.length, capped.held], [30, 60]);
});

test('in deadline mode all new cards come before the final pass', () => {
  const { ids, cards } = deck(100);
  const settings = { interview: addDays('2026-03-10', 13), newPerDay: null, capMinutes: 999 };
  assert.equal(buildQueue({ ids, cards, now: NOW, zone: 0, settings }).counts.fresh, 10);
  const past = { ...settings, interview: '2026-01-01', newPerDay: 7 };
  assert.equal(buildQueue({ ids, cards, now: NOW, zone: 0, settings: past }).counts.fresh, 7);
});

test('the pace is the median of the last answers, within reason', () => {
  assert.equal(secondsPerAnswer([1000]), 20);
  assert.equal(secondsPerAnswer(Array(50).fill(9000)), 9);
  assert.equal(secondsPerAnswer([...Array(200).fill(60_000), ...Array(100).fill(8000)]), 8);
  assert.equal(secondsPerAnswer(Array(50).fill(9e9)), 120);
});

test('the forecast: minutes of each day up to the interview, never over the cap', () => {
  const { ids, cards } = deck(200);
  const settings = { interview: '2026-04-09', newPerDay: null, capMinutes: 20 };
  const days = forecast({ ids, cards, now: NOW, zone: 0, settings });
  assert.equal(days.length, 30);
  assert.equal(days[0].day, '2026-03-10');
  for (const { minutes } of days) assert.ok(minutes <= 20 * 1.35, `${minutes}`); // missed ones return
  assert.deepEqual(forecast({ ids, cards, now: NOW, zone: 0, settings }), days);
  assert.equal(cards.get('card-0').memory, null); // nothing was changed
  assert.equal(forecast({ ids, cards, now: NOW, zone: 0 }).length, 14);
});

test('a deck of no cards, cards that have gone', () => {
  const { cards } = deck(3, () => known('2026-03-01', 5, '2026-03-06'));
  assert.deepEqual(buildQueue({ ids: [], cards, now: NOW, zone: 0 }).order, []);
  assert.deepEqual(buildQueue({ ids: ['card-1'], cards, now: NOW, zone: 0 }).order, ['card-1']);
  assert.equal(readiness([], cards, '2026-03-10').mean, 0);
});
