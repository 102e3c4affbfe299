import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, evaluate } from '../../docs/assets/js/study/expression.js';
import {
  cardFailures, finished, outcome, reduce, resume, stepCard, summary,
} from '../../docs/assets/js/study/ladder.js';
import { answer, reviewData } from '../../docs/assets/js/study/cards.js';
import { eventProblem } from '../../docs/assets/js/study/events.js';

const derivation = { name: 'bias_variance/decomposition', steps: 4 };
const right = { type: 'choose', move: 'right' };
const next = { type: 'next' };
const page = { url: 'topics/bias-variance/decomposition/', topic: 'bias-variance', goals: ['', 'Expand', 'Split', 'Name'] };

test('hints, wrong moves and revealed lines are kept per line', () => {
  const state = resume(derivation, [
    right, next,
    { type: 'hint' }, { type: 'hint' }, { type: 'hint' }, right, next,
    { type: 'choose', move: 1 }, { type: 'choose', move: 1 }, { type: 'choose', move: 0 }, right,
  ]);
  assert.deepEqual(state.lines.slice(1).map(outcome), ['clean', 'hinted', 'failed']);
  assert.equal(state.lines[2].hints, 2);
  assert.deepEqual(state.lines[3].wrong, [1, 0]);
  assert.equal(finished(state), false);
  assert.equal(finished(reduce(state, next)), true);
  assert.deepEqual(summary(state), { open: 0, clean: 1, hinted: 1, failed: 1 });
});

test('no going on before the line stands; nothing changes after it does', () => {
  const state = resume(derivation, [next, next]);
  assert.equal(state.at, 1);
  const done = resume(derivation, [right, { type: 'reveal' }, { type: 'hint' }, { type: 'choose', move: 0 }]);
  assert.deepEqual(done.lines[1], { hints: 0, revealed: false, wrong: [], done: true });
  const over = resume(derivation, [right, next, right, next, right, next, { type: 'reveal' }, next, null, { type: 'x' }]);
  assert.equal(over.at, 4);
});

test('a restart starts anew, and the reload of a half-done one resumes', () => {
  const acts = [right, next, { type: 'hint' }];
  assert.deepEqual(resume(derivation, JSON.parse(JSON.stringify(acts))), resume(derivation, acts));
  assert.deepEqual(resume(derivation, [...acts, { type: 'restart' }]), resume(derivation, []));
});

test('a failed step becomes a card, with what it shows', () => {
  const state = resume(derivation, [{ type: 'reveal' }, next, { type: 'choose', move: 0 }]);
  const failures = cardFailures(state, page);
  assert.deepEqual(failures.map(({ card }) => card), [stepCard(derivation.name, 1), stepCard(derivation.name, 2)]);
  assert.equal(failures[0].card, 'step.bias_variance/decomposition.2'); // lines count from 1
  const { card, rating, ...extra } = failures[0];
  const now = Date.parse('2026-03-02T09:00:00Z');
  const data = reviewData(card, undefined, rating, now, 0, extra);
  const event = { id: '0mm8x00000aaaa', at: '2026-03-02T09:00:00.000Z', zone: 0, v: 1, type: 'card.review', data };
  assert.equal(eventProblem(event), '');
  assert.equal(answer(null, rating, now, 0).state, 1);
});

test('formulas in any equivalent form', () => {
  const points = [[1, 2], [0.5, -3], [2, 0.1]].map(([s, b]) => ({ names: { s, b }, value: s * s + b * b }));
  for (const same of ['s^2 + b^2', 'b*b+s**2', '(s+b)^2 - 2·s·b', 's^2 − −b^2', 'abs(s)^2+b^2*1.0', '100%*s^2+b^2', 's² + b²', '(s+b)² - 2s b', '2(s^2 + b²)/2']) {
    assert.ok(check(same, points).ok, same);
  }
  for (const other of ['s^2 - b^2', 's + b', '(s+b)^2', '1/0', 'sqrt(-1)', 's b']) assert.ok(!check(other, points).ok, other);
  for (const bad of ['', 's^', '(s', '1/2 s', 's 2', 't', 'alert(1)', 's;b', 'constructor', '__proto__', 's)', 'max', '('.repeat(5000)]) {
    const found = check(bad, points);
    assert.ok(!found.ok && found.message, bad.slice(0, 20));
  }
});

test('small values are told apart, and the first difference is told', () => {
  const small = [1e-9, 2e-9].map((b) => ({ names: { b }, value: b * b }));
  assert.ok(check('b^2', small).ok);
  assert.ok(!check('b^3', small).ok);
  assert.equal(check('s + b', [{ names: { s: 1, b: 2 }, value: 3 }, { names: { s: 2, b: 1 / 3 }, value: 2 }]).message,
    'At s = 2, b = 0.3333 it gives 2.333 and should give 2.');
});

test('signs and powers bind as on paper', () => {
  for (const [text, value] of [
    ['-2^2', -4], ['2^-1', 0.5], ['2^3^2', 512], ['1 - 2 - 3', -4], ['8/4/2', 1], ['1/3', 1 / 3], ['33.3%', 0.333],
    ['1e-3', 0.001], ['.5', 0.5], ['2*pi', 2 * Math.PI], ['2pi (1 + 1)', 4 * Math.PI], ['3sqrt(4)^2', 12], ['2e', 2 * Math.E], ['max(1, 3, 2)', 3], ['ln(e)', 1], ['−1.5', -1.5], ['--1', 1],
  ]) assert.ok(Math.abs(evaluate(text) - value) < 1e-12, text);
});
