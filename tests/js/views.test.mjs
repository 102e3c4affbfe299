import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reviewData } from '../../docs/assets/js/study/cards.js';
import { Store } from '../../docs/assets/js/study/store.js';
import {
  change, extend, lastUndoable, mastery, replay, resolver, retired, undone,
} from '../../docs/assets/js/study/views.js';
import { fakeClock, FakeStorage, seeded } from './fakes.mjs';

function fresh() {
  const clock = fakeClock();
  const store = new Store({ storage: new FakeStorage(), prefix: 'x:', clock, random: seeded(1) });
  const review = (card, rating = 3) => {
    const view = replay(store.events).cards.get(card);
    clock.pass(20);
    return store.append('card.review', reviewData(card, view, rating, clock.now(), 0));
  };
  return { clock, store, review, view: (redirects) => replay(store.events, redirects) };
}

test('marks of a topic, set and unset', () => {
  const { store, view } = fresh();
  store.append('mark.set', { topic: 'a', mark: 'read', on: true });
  store.append('mark.set', { topic: 'a', mark: 'cheat', on: true });
  store.append('mark.set', { topic: 'a', mark: 'read', on: false });
  assert.deepEqual(view().marks.get('a'), {
    read: false, assessed: false, practised: false, cheat: true, mock: false,
  });
});

test('assessments over time, and the change between the last two', () => {
  const { clock, store, view } = fresh();
  store.append('assessment.done', { levels: { a: 2, b: 5 } });
  assert.equal(change(view().assessments.slice(0, 0)), null);
  clock.pass(7 * 24 * 60);
  store.append('assessment.done', { levels: { a: 4, b: 4 } });
  const { assessments, marks } = view();
  assert.deepEqual(assessments.map(({ day, total }) => [day, total]), [
    ['2026-03-02', 7], ['2026-03-09', 8],
  ]);
  assert.deepEqual(change(assessments), { a: 2, b: -1 });
  assert.equal(marks.get('a').assessed, true);
});

test('sections have states and lose them', () => {
  const { store, view } = fresh();
  store.append('section.set', { section: 's', topic: 'a', state: 'practised' });
  assert.equal(view().sections.get('s').state, 'practised');
  store.append('section.set', { section: 's', topic: 'a', state: 'none' });
  assert.equal(view().sections.size, 0);
});

test('a reset of one topic leaves the others, and its undo brings everything back', () => {
  const { store, review, view } = fresh();
  for (const topic of ['a', 'b']) {
    store.append('mark.set', { topic, mark: 'read', on: true });
    store.append('section.set', { section: `${topic}-s`, topic, state: 'read' });
    store.append('probe.answered', { topic, level: 3, question: `${topic}-q`, passed: true });
    review(`${topic}-card`);
  }
  const before = view();
  const reset = store.append('reset', { topic: 'a', cards: ['a-card'] });
  const after = view();
  assert.deepEqual([...after.marks.keys()], ['b']);
  assert.deepEqual([...after.sections.keys()], ['b-s']);
  assert.deepEqual([...after.probes.keys()], ['b-q']);
  assert.deepEqual([...after.cards.keys()], ['b-card']);
  store.undo(reset.id);
  assert.deepEqual(view(), before);
});

test('a card answered after a reset starts anew; undoing the reset joins both histories', () => {
  const { store, review, view } = fresh();
  review('c');
  review('c');
  const reset = store.append('reset', { topic: 'a', cards: ['c'] });
  review('c');
  assert.equal(view().cards.get('c').memory.reps, 1);
  store.undo(reset.id);
  assert.equal(view().cards.get('c').memory.reps, 3);
});

test('renamed ids keep their progress; retired ones stay in the log', () => {
  const { store, review, view } = fresh();
  store.append('mark.set', { topic: 'old-topic', mark: 'read', on: true });
  store.append('assessment.done', { levels: { 'old-topic': 3 } });
  review('old-card');
  review('older-card');
  review('gone-card');
  const redirects = { 'old-topic': 'new-topic', 'older-card': 'old-card', 'old-card': 'new-card' };
  const found = view(redirects);
  assert.equal(found.marks.get('new-topic').read, true);
  assert.deepEqual(found.assessments[0].levels, { 'new-topic': 3 });
  assert.equal(found.cards.get('new-card').memory.reps, 2); // two histories became one
  assert.deepEqual(retired(found.cards, new Set(['new-card'])), ['gone-card']);
  assert.equal(resolver({ a: 'b', b: 'a' })('a'), 'a'); // a circle ends
});

test('undo of an undo of an undo', () => {
  const { store, view } = fresh();
  let last = store.append('mark.set', { topic: 'a', mark: 'read', on: true });
  for (const expected of [false, true, false, true]) {
    last = store.undo(last.id);
    assert.equal(view().marks.get('a')?.read ?? false, expected);
  }
  assert.equal(undone(store.events).size, 2);
});

test('what an undo button undoes', () => {
  const { store, review } = fresh();
  assert.equal(lastUndoable(store.events), null);
  const mark = store.append('mark.set', { topic: 'a', mark: 'read', on: true });
  const first = review('c');
  const second = review('c');
  assert.equal(lastUndoable(store.events).id, second.id);
  store.undo(second.id);
  assert.equal(lastUndoable(store.events).id, first.id);
  assert.equal(lastUndoable(store.events, ['mark.set']).id, mark.id);
});

test('suspended and reported cards', () => {
  const { store, view } = fresh();
  store.append('card.suspend', { card: 'c', on: true });
  store.append('card.report', { card: 'c', text: 'sign is wrong' });
  assert.deepEqual([view().cards.get('c').suspended, view().cards.get('c').reports], [true, ['sign is wrong']]);
});

test('mastered needs recall on the day and a passed mock, and opens its lists', () => {
  const { store, review, view } = fresh();
  for (const card of ['x', 'x', 'y']) review(card);
  const of = (day) => mastery(view(), 'a', ['x', 'y', 'z'], day);
  assert.deepEqual(of('2026-03-03').weak, ['z']);
  review('z');
  assert.equal(of('2026-03-03').mastered, false);
  store.append('mark.set', { topic: 'a', mark: 'mock', on: true });
  assert.equal(of('2026-03-03').mastered, true);
  assert.equal(of('2026-06-01').mastered, false);
  assert.equal(mastery(view(), 'a', [], '2026-03-03').mastered, false);
});

test('names of object members are ordinary names', () => {
  const { store, view } = fresh();
  for (const topic of ['__proto__', 'constructor', 'toString']) {
    store.append('mark.set', { topic, mark: 'read', on: true });
    store.append('card.suspend', { card: topic, on: true });
  }
  assert.equal(view().marks.size, 3);
  assert.equal({}.read, undefined);
});

test('a view that is extended is the replay of all events', () => {
  const { store, review } = fresh();
  store.append('mark.set', { topic: 't', mark: 'read', on: true });
  const early = replay(store.events);
  const known = store.events.length;
  review('a', 3);
  store.append('section.set', { section: 's', topic: 't', state: 'explain' });
  store.append('assessment.done', { levels: { t: 3 } });
  store.append('plan.done', { item: 'read.t.p.1@x', minutes: 20, on: true });
  assert.deepEqual(extend(early, store.events.slice(known)), replay(store.events));
});
