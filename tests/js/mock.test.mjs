import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  announcement, cardFailures, draw, initial, mockQuestion, nextRung, PRESETS, reduce, remaining, report, resume, score,
} from '../../docs/assets/js/study/mock.js';
import { facts } from './fixtures/facts.mjs';
import { between, pick, seeded } from './fakes.mjs';

const MINUTE = 60_000;
const question = (id, topic = 'a', level = 'explain') => ({
  id, topic, level, rounds: ['phone', 'depth'], url: `topics/${topic}/questions/#${id}`,
  checks: [{ text: 'x', weight: 2 }, { text: 'y', weight: 2 }, { text: 'z', weight: 1 }],
  fatal: ['says no'], followups: ['easy', 'middle', 'hard'],
});
const questions = new Map(
  [question('q1'), question('q2', 'b', 'derive'), question('q3', 'b', 'know')].map((one) => [one.id, one]),
);
const start = { type: 'start', at: 0, questions: ['q1', 'q2', 'q3'], minutes: 10, factor: 1 };
const acts = (...list) => resume(list.map((act, index) => ({ at: index, ...act })));

test('the clock is one end time: a jump of five minutes costs five minutes', () => {
  const state = acts(start);
  assert.equal(remaining(state, MINUTE), 9 * MINUTE);
  assert.equal(remaining(state, 6 * MINUTE), 4 * MINUTE); // nobody ticked in between
  assert.equal(remaining(state, -50 * MINUTE), 10 * MINUTE); // set back: no gift
});

test('the end submits nothing and throws nothing away', () => {
  const state = acts(start, { type: 'commit', text: 'half' });
  assert.ok(remaining(state, 99 * MINUTE) < 0);
  const after = reduce(reduce(state, { type: 'goto', index: 1, at: 99 * MINUTE }), { type: 'commit', at: 99 * MINUTE });
  assert.equal(after.answers.q2.status, 'answered');
  assert.equal(after.status, 'running');
});

test('untimed, ten times the time, extend, pause', () => {
  assert.equal(remaining(acts({ ...start, minutes: null }), 1e9), null);
  assert.equal(remaining(acts({ ...start, factor: 10 }), 0), 100 * MINUTE);
  assert.equal(remaining(acts({ ...start, factor: 99 }), 0), 100 * MINUTE);
  assert.equal(remaining(acts(start, { type: 'extend', minutes: 5, at: MINUTE }), MINUTE), 14 * MINUTE);
  assert.equal(remaining(acts(start, { type: 'extend', minutes: 5, at: 60 * MINUTE }), 60 * MINUTE), 5 * MINUTE);
  assert.equal(remaining(acts(start, { type: 'extend', minutes: null, at: MINUTE }), 1e9), null);
  const paused = acts(start, { type: 'pause', at: 2 * MINUTE });
  assert.equal(remaining(paused, 500 * MINUTE), 8 * MINUTE);
  const on = reduce(paused, { type: 'resume', at: 500 * MINUTE });
  assert.equal(remaining(on, 501 * MINUTE), 7 * MINUTE);
  const longer = reduce(reduce(paused, { type: 'extend', minutes: 2, at: 3 * MINUTE }), { type: 'resume', at: 0 });
  assert.equal(remaining(longer, 0), 10 * MINUTE);
});

test('announced at 5 minutes, 1 minute and the end only', () => {
  const said = [];
  let before = 10 * MINUTE;
  for (let left = 10 * MINUTE; left > -3 * MINUTE; left -= 1000) {
    const mark = announcement(before, left);
    if (mark !== null) said.push(mark);
    before = left;
  }
  assert.deepEqual(said, [5, 1, 0]);
  assert.equal(announcement(10 * MINUTE, -MINUTE), 0); // a sleep over all three says the last
  assert.equal(announcement(null, null), null);
});

test('a reload resumes exactly', () => {
  const list = [start, { type: 'commit', at: 5 }, { type: 'check', index: 1, on: true, at: 6 },
    { type: 'score', at: 7 }, { type: 'goto', index: 2, at: 8 }];
  const once = resume(list);
  assert.deepEqual(resume(JSON.parse(JSON.stringify(list))), once);
  assert.equal(once.index, 2);
});

test('no rubric before an answer, and no score before the rubric was gone through', () => {
  const early = acts(start, { type: 'check', index: 0, on: true }, { type: 'score' });
  assert.deepEqual(early.answers.q1.checks, []);
  assert.equal(score(questions.get('q1'), early.answers.q1), null);
  const open = acts(start, { type: 'commit' }, { type: 'check', index: 0, on: true });
  assert.equal(score(questions.get('q1'), open.answers.q1), null);
  const done = reduce(open, { type: 'score', at: 9 });
  assert.equal(score(questions.get('q1'), done.answers.q1), 0.4);
  const changed = reduce(done, { type: 'check', index: 0, on: false, at: 10 });
  assert.equal(score(questions.get('q1'), changed.answers.q1), 0);
});

test('a fatal error caps the score', () => {
  const all = [0, 1, 2].map((index) => ({ type: 'check', index, on: true }));
  const state = acts(start, { type: 'commit' }, ...all, { type: 'score' });
  assert.equal(score(questions.get('q1'), state.answers.q1), 1);
  const fatal = reduce(state, { type: 'fatal', index: 0, on: true, at: 20 });
  assert.equal(score(questions.get('q1'), fatal.answers.q1), 0.4);
});

test('unseen and unanswered are no failures: in no score, in no card', () => {
  const state = acts(start, { type: 'commit' }, { type: 'score' }, { type: 'goto', index: 1 }, { type: 'finish' });
  const found = report(state, questions);
  assert.deepEqual([found.scored, found.total], [1, 0]);
  assert.deepEqual([found.unseen, found.unanswered], [['q3'], ['q2']]);
  assert.deepEqual(cardFailures(state, questions), [{ card: 'q1', rating: 1, source: 'mock' }]);
  const nothing = reduce(acts(start), { type: 'finish', at: 99 });
  assert.equal(report(nothing, questions).total, null);
  assert.deepEqual(cardFailures(nothing, questions), []);
  const unscored = acts(start, { type: 'commit' }, { type: 'finish' });
  assert.deepEqual(report(unscored, questions).unscored, ['q1']);
  assert.deepEqual(cardFailures(unscored, questions), []);
});

test('the report: per level, topic and round, the next three pages, the topics passed', () => {
  const good = (index) => [
    { type: 'goto', index }, { type: 'commit' },
    ...[0, 1, 2].map((check) => ({ type: 'check', index: check, on: true })), { type: 'score' },
  ];
  const poor = (index) => [{ type: 'goto', index }, { type: 'commit' }, { type: 'score' }];
  const found = report(acts(start, ...good(0), ...good(1), ...poor(2), { type: 'finish' }), questions);
  assert.deepEqual(found.dimensions.topic, [
    { key: 'a', score: 1, count: 1, fatal: 0 }, { key: 'b', score: 0.5, count: 2, fatal: 0 },
  ]);
  assert.deepEqual(found.dimensions.round.map(({ key, count }) => [key, count]), [['phone', 3], ['depth', 3]]);
  assert.deepEqual(found.next, [{ id: 'q3', url: questions.get('q3').url, score: 0 }]);
  assert.deepEqual(found.passedTopics, ['a']);
});

test('the ladder climbs and falls, asks nothing twice, and ends at a page', () => {
  const random = seeded(8);
  const one = questions.get('q1');
  for (let round = 0; round < 500; round += 1) {
    const ticks = [0, 1, 2].filter(() => random() < 0.5).map((index) => ({ type: 'check', index, on: true }));
    const fatal = random() < 0.2 ? [{ type: 'fatal', index: 0, on: true }] : [];
    let state = acts(start, { type: 'commit' }, ...ticks, ...fatal, { type: 'score' });
    const asked = [];
    for (let step = 0; step < 10; step += 1) {
      const rung = nextRung(one, state.answers.q1);
      assert.ok(rung.url);
      if (rung.kind === 'page') break;
      if (fatal.length) assert.equal(rung.kind, 'wrong');
      else assert.equal(rung.text, one.followups[rung.rung]);
      asked.push(rung.rung);
      state = reduce(state, { type: 'followup', rung: rung.rung, ok: random() < 0.5, at: 50 });
    }
    assert.equal(new Set(asked).size, asked.length);
    assert.ok(asked.length >= 1 && asked.length <= 3);
    assert.equal(nextRung(one, state.answers.q1).kind, 'page');
  }
  const nothing = acts(start, { type: 'commit' }, { type: 'score' });
  assert.equal(nextRung(one, nothing.answers.q1).rung, 0);
  assert.equal(nextRung(one, initial().answers.q1).kind, 'page');
});

test('random acts never throw and never unanswer', () => {
  const random = seeded(2);
  const kinds = ['start', 'goto', 'commit', 'check', 'fatal', 'score', 'followup', 'pause', 'resume', 'extend', 'finish', 'toString', undefined];
  for (let round = 0; round < 300; round += 1) {
    let state = initial();
    let answered = 0;
    for (let step = 0; step < 40; step += 1) {
      state = reduce(state, {
        ...start, type: step ? pick(random, kinds) : 'start', at: pick(random, [step, step * MINUTE, NaN]),
        index: between(random, -1, 4), on: random() < 0.5, minutes: pick(random, [5, -1, NaN, null]), rung: between(random, 0, 3),
        ...(random() < 0.1 ? { question: 'nowhere' } : {}),
      });
      const count = Object.values(state.answers).filter((one) => ['answered', 'scored'].includes(one.status)).length;
      assert.ok(count >= answered);
      answered = count;
    }
    report(state, questions);
  }
});

test('a card of the deck is a question', () => {
  const found = mockQuestion({ id: 'q', topic: 'a', level: 'know', rounds: [], url: 'u', checks: [['x', 2]], fatal: ['f'], next: ['n'] });
  assert.deepEqual([found.checks, found.followups, found.fatal], [[{ text: 'x', weight: 2 }], ['n'], ['f']]);
  assert.deepEqual(mockQuestion({ id: 'q' }).checks, []);
});

test('a question that has gone counts nowhere', () => {
  const state = acts(start, { type: 'commit' }, { type: 'score' }, { type: 'finish' });
  const found = report(state, new Map([...questions].slice(1)));
  assert.deepEqual([found.scored, found.rows.length], [0, 3]);
});

test('questions are drawn by the seed alone, spread over topics, easy ones first', () => {
  const capstone = PRESETS.at(-1);
  const drawn = draw(facts.questions, capstone, 'seed');
  assert.deepEqual(drawn, draw(facts.questions, capstone, 'seed'));
  assert.notDeepEqual(drawn, draw(facts.questions, capstone, 'other'));
  assert.equal(new Set(drawn).size, 20);
  const of = new Map(facts.questions.map((one) => [one.id, one]));
  assert.equal(new Set(drawn.map((id) => of.get(id).topic)).size, 12);
  const levels = drawn.map((id) => capstone.levels.indexOf(of.get(id).level));
  assert.deepEqual(levels, [...levels].sort());
  assert.deepEqual(draw([], capstone, 1), []);
});
