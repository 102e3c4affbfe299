import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildQueue, forecast, reviewData } from '../../docs/assets/js/study/cards.js';
import { Store } from '../../docs/assets/js/study/store.js';
import { replay } from '../../docs/assets/js/study/views.js';
import { between, fakeClock, FakeStorage, pick, seeded } from './fakes.mjs';

/** A heavy year: 600 cards, 5,000 events. */
function heavy() {
  const random = seeded(1);
  const clock = fakeClock('2025-03-02T09:00:00Z');
  const source = new Store({ storage: null, prefix: 'x:', clock, random });
  const ids = Array.from({ length: 600 }, (_, index) => `a-question-with-a-long-name-${index}`);
  const views = new Map();
  for (let count = 0; count < 5000; count += 1) {
    clock.pass(between(random, 1, 200));
    if (count % 10 === 9) {
      source.append('section.set', { section: `section-${count % 200}`, topic: 'a', state: 'read' });
      continue;
    }
    const id = count < 700 ? ids[count % 600] : pick(random, ids);
    const data = reviewData(id, views.get(id), pick(random, [1, 3, 3, 3]), clock.now(), 0, { ms: 9000 });
    const event = source.append('card.review', data);
    const [state, step, stability, difficulty, due, dueAt, interval, reps, lapses, last] = data.after;
    views.set(id, {
      lastReview: event.id,
      memory: { state, step, stability, difficulty, due, dueAt, interval, reps, lapses, last },
    });
  }
  return { events: source.events, ids, clock, random };
}

/** Processor time, not time on the wall: the tests may share the machine. Median of the rounds. */
function median(run, rounds = 15) {
  const times = Array.from({ length: rounds }, () => {
    const from = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)];
}

test('600 cards and 5,000 events: every interaction under 50 ms', (t) => {
  const { events, ids, clock, random } = heavy();
  const storage = new FakeStorage();
  const store = new Store({ storage, prefix: 'x:', clock, random });
  store.merge(events);
  const size = [...storage.area.values()].reduce((sum, text) => sum + text.length, 0);
  const open = median(() => new Store({ storage, prefix: 'x:', clock, random }));
  const settings = { interview: '2026-12-01' };
  const interact = () => {
    const { cards } = replay(store.events);
    const { order } = buildQueue({ ids, cards, now: clock.now(), zone: 0, settings });
    return { cards, id: order[0] };
  };
  const queue = median(interact);
  const press = median(() => {
    clock.pass(1);
    const { cards, id } = interact();
    store.append('card.review', reviewData(id, cards.get(id), 3, clock.now(), 0));
    interact();
  });
  const cards = replay(store.events).cards;
  const ahead = median(() => forecast({ ids, cards, now: clock.now(), zone: 0, settings }), 5);
  t.diagnostic(`stored ${(size / 1e6).toFixed(2)} MB; open ${open.toFixed(1)} ms`);
  t.diagnostic(`replay and queue ${queue.toFixed(1)} ms; a whole answer ${press.toFixed(1)} ms`);
  t.diagnostic(`forecast of 90 days ${ahead.toFixed(0)} ms`);
  assert.ok(queue < 50, `replay and queue ${queue} ms`);
  assert.ok(press < 50, `an answer ${press} ms`);
});

test('with no stored memory at all, the replay computes 4,500 answers anew', (t) => {
  const { events } = heavy();
  const bare = events.map((event) =>
    event.type === 'card.review' ? { ...event, data: { ...event.data, after: null } } : event);
  const time = median(() => replay(bare), 5);
  t.diagnostic(`${time.toFixed(1)} ms`);
  assert.ok(time < 500);
});
