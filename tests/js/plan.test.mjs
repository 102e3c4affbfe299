import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, daysBetween, weekday } from '../../docs/assets/js/study/dates.js';
import { decodeInput, encodeInput, FURTHER, makePlan, replan, SCRAP, weight } from '../../docs/assets/js/study/plan.js';
import { facts } from './fixtures/facts.mjs';
import { randomInput } from './plan-inputs.mjs';
import { seeded } from './fakes.mjs';

const slugs = facts.topics.map((topic) => topic.slug);
const base = {
  role: 'ml-engineer',
  company: 'google',
  hours: 1.5,
  weekdays: [true, true, true, true, true, false, true],
  start: '2026-03-02',
  interview: '2026-04-13',
  today: '2026-03-02',
  levels: Object.fromEntries(slugs.map((slug, index) => [slug, 1 + (index % 4)])),
};
const items = (plan, kind) => plan.days.flatMap((day) => day.items.filter((item) => item.kind === kind));
const minutes = (list) => list.reduce((sum, item) => sum + item.minutes, 0);

function holds(plan, input) {
  const start = input.start < input.today ? input.today : input.start;
  const ids = new Set();
  let before = '';
  for (const day of plan.days) {
    assert.ok(day.date > before && day.date >= start && day.date < input.interview);
    before = day.date;
    assert.ok(input.weekdays[weekday(day.date)]);
    assert.equal(day.minutes, minutes(day.items));
    assert.ok(day.minutes <= input.hours * 60, `${day.date}: ${day.minutes} of ${input.hours * 60}`);
    for (const item of day.items) {
      assert.ok(Number.isInteger(item.minutes) && item.minutes >= SCRAP, `${item.id}: ${item.minutes} minutes`);
      assert.ok(!ids.has(item.id), item.id);
      ids.add(item.id);
      assert.ok(item.title);
    }
    assert.equal(day.items.filter((item) => item.kind === 'cards').length, 1);
  }
  if (plan.days.length > 1) {
    const { minutes: last, budget } = plan.days.at(-1);
    assert.ok(last <= Math.max(5, budget / 2), `the last day has ${last} of ${budget}`);
  }
  const work = minutes([...items(plan, 'read'), ...items(plan, 'practise')]);
  assert.equal(work + minutes(plan.cut), plan.work, 'nothing is lost without being named');
  for (const cut of plan.cut) {
    assert.match(cut.why, /weighs [\d.]+.* at level \d/);
    assert.ok(cut.minutes >= SCRAP, `${cut.base}: ${cut.minutes} minutes left out`);
  }
}

test('500 random plans: no day over budget, nothing lost without a word, same input same plan', () => {
  const random = seeded(1);
  let made = 0;
  for (let round = 0; round < 500; round += 1) {
    const input = randomInput(random);
    const plan = makePlan(facts, input);
    assert.deepEqual(makePlan(structuredClone(facts), structuredClone(input)), plan);
    if (!plan.ok) {
      assert.ok(plan.message);
      assert.deepEqual(plan.days, []);
      continue;
    }
    made += 1;
    holds(plan, input);
  }
  assert.ok(made > 350, `${made}`);
});

test('one day, half an hour, a year', () => {
  for (const change of [
    { interview: '2026-03-03' }, { hours: 0.5 }, { hours: 0.25 }, { interview: '2027-03-02' },
    { interview: '2026-03-03', hours: 0.25 }, { interview: '2027-03-02', hours: 16 },
    { weekdays: [false, true, false, false, false, false, false] },
  ]) {
    const input = { ...base, ...change };
    const plan = makePlan(facts, input);
    assert.ok(plan.ok, plan.message);
    holds(plan, input);
  }
  assert.equal(makePlan(facts, { ...base, interview: '2027-03-02' }).cut.length, 0);
});

test('dates that cannot be are refused with a reason', () => {
  for (const [change, words] of [
    [{ interview: '2026-03-02' }, /after today/],
    [{ interview: '2020-01-01' }, /after today/],
    [{ start: '2026-05-01' }, /after the first day/],
    [{ interview: '2026-02-30' }, /interview day/],
    [{ start: '' }, /first day/],
    [{ hours: 0 }, /hours/], [{ hours: NaN }, /hours/], [{ hours: 25 }, /hours/],
    [{ weekdays: Array(7).fill(false) }, /weekday/], [{ weekdays: null }, /weekday/],
    [{ interview: '2026-03-04', weekdays: [false, false, false, false, true, false, false] }, /None of your weekdays/],
  ]) {
    const plan = makePlan(facts, { ...base, ...change });
    assert.equal(plan.ok, false);
    assert.match(plan.message, words);
  }
});

test('a first day in the past: the plan starts today and says so', () => {
  const plan = makePlan(facts, { ...base, start: '2026-01-05' });
  assert.equal(plan.days[0].date, base.today);
  assert.match(plan.notes[0], /was past/);
});

test('six weeks hold cards every day, weekly catch-up, mocks, checkpoints and a light last day', () => {
  const plan = makePlan(facts, base);
  assert.equal(items(plan, 'cards').length, plan.days.length);
  assert.equal(items(plan, 'catch-up').length, 5);
  assert.ok(items(plan, 'mock').length >= 5);
  assert.deepEqual(items(plan, 'checkpoint').map((item) => item.id), [
    'checkpoint.3', 'checkpoint.7', 'checkpoint.14', 'checkpoint.21',
  ]);
  const last = plan.days.at(-1);
  assert.ok(last.minutes <= last.budget / 2);
  assert.deepEqual(last.items.map((item) => item.kind), ['cards', 'cheat']);
  assert.equal(plan.days.at(-2).items.some((item) => item.kind === 'mock'), true);
});

test('weak prerequisites come before what builds on them', () => {
  const plan = makePlan(facts, { ...base, levels: {}, interview: '2026-09-01' });
  const first = new Map();
  plan.days.forEach((day, at) => day.items.forEach((item) => {
    if (item.topic && !first.has(item.topic)) first.set(item.topic, at);
  }));
  for (const topic of facts.topics) {
    for (const need of topic.needs) assert.ok(first.get(need) <= first.get(topic.slug));
  }
});

test('what is cut weighs least', () => {
  const input = { ...base, interview: '2026-03-20' };
  const plan = makePlan(facts, input);
  assert.ok(plan.cut.length);
  assert.match(plan.notes.at(-1), /do not fit/);
  const whole = plan.cut.filter((cut) => cut.base.startsWith('read.'));
  const kept = new Set(items(plan, 'read').map((item) => item.base));
  const value = (key) => {
    const topic = facts.topics.find((one) => key.startsWith(`read.${one.slug}.`));
    const pages = (topic.pages ?? []).map((page) => page.id ?? page);
    const place = Math.max(0, pages.indexOf(key.slice(`read.${topic.slug}.`.length)));
    return weight(topic, input.levels[topic.slug], input) * FURTHER ** place;
  };
  const gone = whole.filter((cut) => !kept.has(cut.base)).map((cut) => value(cut.base));
  assert.ok(Math.max(...gone) <= Math.min(...[...kept].map(value)));
});

test('role, company and levels change the plan', () => {
  const kept = (change) => JSON.stringify(makePlan(facts, { ...base, interview: '2026-03-16', ...change }).days);
  const one = kept({});
  for (const other of [{ role: 'mlops' }, { company: 'startup' }, { levels: {} }]) {
    assert.ok(kept(other) !== one, JSON.stringify(other));
  }
});

test('missed days: what is left is spread, what was done is not asked again', () => {
  const input = { ...base, interview: '2026-06-01' };
  const plan = makePlan(facts, input);
  const done = {};
  for (const day of plan.days.slice(0, 4)) {
    for (const item of day.items) done[item.base] = (done[item.base] ?? 0) + item.minutes;
  }
  const today = addDays(plan.days[3].date, 9); // a week away
  const again = replan(facts, input, today, done);
  holds(again, { ...input, today });
  const worked = minutes(plan.days.slice(0, 4).flatMap((day) => day.items)
    .filter((item) => ['read', 'practise'].includes(item.kind)));
  assert.equal(again.work, plan.work - worked);
  assert.ok(again.days[0].date >= today);
  const study = (day) => minutes(day.items.filter((item) => ['read', 'practise'].includes(item.kind)));
  const before = Math.max(...plan.days.map(study));
  const after = Math.max(...again.days.map(study));
  const longer = before * (plan.days.length / again.days.length) * 1.15;
  assert.ok(after <= Math.max(30, longer), `${after} after ${before}`); // no day takes the whole week
  assert.deepEqual(again.cut, []);
});

test('a rest of less than five minutes counts as done', () => {
  const plan = makePlan(facts, { ...base, interview: '2026-12-01' });
  const whole = new Map();
  for (const { base: key, minutes: each } of [...items(plan, 'read'), ...items(plan, 'practise')]) {
    whole.set(key, (whole.get(key) ?? 0) + each);
  }
  const [key, all] = [...whole].find(([, each]) => each > 20);
  const again = (rest) => replan(facts, { ...base, interview: '2026-12-01' }, base.today, { [key]: all - rest });
  assert.equal(again(SCRAP - 1).work, plan.work - all);
  assert.equal(again(SCRAP).work, plan.work - all + SCRAP);
});

test('with time to spare the work is even, not piled at the front', () => {
  const plan = makePlan(facts, { ...base, hours: 4, interview: '2026-05-11' });
  assert.deepEqual(plan.cut, []);
  const study = plan.days.map((day) => minutes(day.items.filter((item) => ['read', 'practise'].includes(item.kind))));
  assert.ok(Math.max(...study) <= 1.3 * (plan.work / plan.days.length), `${study}`);
  assert.ok(study.slice(0, -12).every((one) => one > 0), `${study}`);
});

test('two days hold a mock interview, and half an hour a day holds one that fits', () => {
  const two = makePlan(facts, { ...base, hours: 4, weekdays: Array(7).fill(true), start: '2026-03-02', interview: '2026-03-04' });
  assert.equal(items(two, 'mock').length, 1);
  const short = makePlan(facts, { ...base, hours: 0.5, start: '2026-03-02', interview: '2026-04-20' });
  for (const mock of items(short, 'mock')) {
    assert.match(mock.title, /5 questions/); // ten minutes in the tool
    assert.ok(mock.minutes >= 10);
  }
});

test('a topic on one long page does not fill a short plan', () => {
  const topics = facts.topics.map((topic, index) => (index === 1 ? { ...topic, pages: [], minutes: 200 } : topic));
  const plan = makePlan({ ...facts, topics }, {
    ...base, company: 'any', levels: {}, hours: 3, start: '2026-03-02', interview: '2026-03-06',
  });
  const long = minutes(items(plan, 'read').filter((item) => item.topic === topics[1].slug));
  assert.ok(long >= 40 && long <= 120, `${long}`);
  const cut = plan.cut.filter((item) => item.base === `read.${topics[1].slug}.pages`);
  assert.deepEqual(cut.map((item) => item.minutes), [200 - long]); // named once, with all that is missing
});

test('everything done: cards, mocks and the last day remain', () => {
  const done = Object.fromEntries(
    makePlan(facts, { ...base, interview: '2027-03-02' }).days.flatMap((day) => day.items).map((item) => [item.base, 1e6]),
  );
  const plan = replan(facts, base, base.today, done);
  assert.equal(plan.work, 0);
  assert.ok(plan.days.every((day) => day.items.length));
});

test('pages that are only named share the minutes of their topic', () => {
  const named = structuredClone(facts);
  for (const topic of named.topics) topic.pages = ['first-idea', 'second'];
  for (const question of named.questions) delete question.minutes;
  named.topics[1].pages = [];
  const input = { ...base, levels: {}, interview: '2026-12-01' };
  const plan = makePlan(named, input);
  holds(plan, input);
  const read = items(plan, 'read').filter((item) => item.topic === 'bias-variance');
  assert.equal(minutes(read), 150);
  assert.match(read[0].title, /^Read Bias variance: First idea/);
  assert.equal(read[0].url, 'topics/bias-variance/first-idea/');
  const practise = items(plan, 'practise').filter((item) => item.topic === 'bias-variance');
  assert.equal(minutes(practise), 2 * (3 + 4 + 12)); // no derivations for this role here
});

test('the address holds the whole input', () => {
  const random = seeded(3);
  for (let round = 0; round < 200; round += 1) {
    const { today, ...input } = randomInput(random);
    const fragment = encodeInput(input);
    assert.match(fragment, /^[\w.&=-]+$/);
    const found = decodeInput(`#${fragment}`);
    assert.deepEqual(found.problems, []);
    assert.deepEqual(found.input, { ...input, levels: found.input.levels });
    assert.deepEqual(Object.entries(found.input.levels).sort(), Object.entries(input.levels).sort());
    assert.deepEqual(makePlan(facts, { ...found.input, today }), makePlan(facts, { ...input, today }));
  }
});

test('an address that was changed by hand is read as far as it is valid', () => {
  const found = decodeInput('v=1&role=<b>&hours=99&days=12&start=2026-02-30&levels=a.9&interview=2026-04-01&x');
  assert.deepEqual(found.input, { interview: '2026-04-01' });
  assert.equal(found.problems.length, 5);
  assert.equal(decodeInput('').problems.length, 1);
  assert.equal(decodeInput('v=2').problems.length, 1);
});

test('a plan of two months is made in less than 50 ms', () => {
  makePlan(facts, base);
  const from = process.cpuUsage();
  for (let round = 0; round < 10; round += 1) makePlan(facts, { ...base, hours: 1 + round / 10 });
  const each = process.cpuUsage(from).user / 10_000;
  assert.ok(each < 50, `${each} ms`);
  assert.equal(daysBetween(base.start, base.interview), 42);
});

test('three weeks reach every topic before one is exhausted', () => {
  const plan = makePlan(facts, { ...base, levels: {}, company: 'any', interview: '2026-03-23' });
  const reached = new Set(items(plan, 'read').map((item) => item.topic));
  assert.ok(reached.size >= facts.topics.length - 3, `${reached.size} topics`);
});
