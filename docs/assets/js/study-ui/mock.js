/**
 * The mock interview: set up, question by question, report.
 *
 * Every act is an event, so a reload goes on where it was; the rules are those of study/mock.js.
 */

import { AGAIN, reviewData } from '../study/cards.js';
import { localDay } from '../study/dates.js';
import {
  announcement, cardFailures, draw, mockQuestion, nextRung, PRESETS, remaining, report, resume, score,
} from '../study/mock.js';
import { content, topicTitle, whole } from './content.js';
import { button, choice, confirmed, fill, focusOn, freshId, h, link, plural, radios, saveFile, speaker } from './dom.js';
import { frame, tool } from './open.js';

const PRESET_NAMES = { 'warm-up': 'Warm-up', phone: 'Phone screen', capstone: 'Full exam' };
const TIMES = [
  ['1', 'as given'], ['1.5', 'half as much again'], ['2', 'twice'], ['3', 'three times'],
  ['5', 'five times'], ['10', 'ten times'], ['none', 'no clock'],
];
const ROUNDS = ['phone', 'depth', 'design', 'coding', 'behavioral'];
const EXTENSION = 5;
const LONGEST = 18_000; // signs of one answer
const SAMPLES = [['weak', 'A weak answer'], ['solid', 'A solid answer'], ['strong', 'A strong answer']];
const DIMENSIONS = { topic: 'Topic', level: 'Level', round: 'Round' };

const percent = (value) => (value === null ? 'not scored' : `${Math.round(100 * value)}%`);
const two = (value) => String(value).padStart(2, '0');

/** Minutes and seconds; after the end with a plus. */
function clockText(ms) {
  const seconds = Math.ceil(Math.abs(ms) / 1000);
  const text = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return ms < 0 ? `over by ${text}` : text;
}

/** What is typed and not committed yet survives a reload of this tab. */
const drafts = {
  key: (mock, id) => `ground-truth-draft:${mock}:${id}`,
  get(mock, id) {
    try {
      return sessionStorage.getItem(this.key(mock, id)) ?? '';
    } catch {
      return '';
    }
  },
  set(mock, id, text) {
    try {
      if (text) sessionStorage.setItem(this.key(mock, id), text);
      else sessionStorage.removeItem(this.key(mock, id));
    } catch {
      // Kept in the field itself.
    }
  },
};

class Mock {
  constructor(root, study) {
    this.study = study;
    this.chosen = { preset: 'capstone', time: '1', topic: '', round: '' };
    this.cards = new Map(); // id -> card, or null if it has gone
    this.failed = new Set(); // ids whose text did not load: asked for again on the reader's word
    this.id = null; // of the interview that is shown
    this.step = 0; // counts what is shown, so that late texts are dropped
    this.speech = speaker();
    this.clock = h('span', { class: 'mock-clock' });
    this.over = h('div', { class: 'mock-over', hidden: true });
    this.main = h('div', { class: 'mock' });
    frame(root, study).append(this.main, this.speech.element);
    this.before = null;
    setInterval(() => this.tick(), 1000);
    document.addEventListener('visibilitychange', () => !document.hidden && this.tick());
    study.onChange(() => {
      if (study.store.events !== this.own) this.render();
    });
    const running = this.running();
    if (running) this.id = running;
    this.render();
  }

  acts(id = this.id) {
    return this.study.view().mocks.get(id) ?? [];
  }

  state(id = this.id) {
    const acts = this.acts(id);
    if (this.seen?.acts !== acts || this.seen?.count !== acts.length) {
      this.seen = { acts, count: acts.length, state: resume(acts) };
    }
    return this.seen.state;
  }

  /** The interview under way, the newest if there are several. */
  running() {
    const open = [...this.study.view().mocks].filter(([, acts]) =>
      acts.some((act) => act.type === 'start') && !acts.some((act) => act.type === 'finish'));
    return open.at(-1)?.[0] ?? null;
  }

  act(act, focus) {
    this.study.act('mock.act', { mock: this.id, act });
    this.own = this.study.store.events;
    this.render(focus);
  }

  title(id) {
    return this.study.question(id)?.title ?? 'A question that has left the site';
  }

  /** The card of a question; undefined while it loads, null if it has gone. */
  card(id) {
    if (!this.cards.has(id) && !this.failed.has(id)) {
      this.cards.set(id, undefined);
      this.study.card(id).then(
        (card) => this.cards.set(id, card ?? null),
        () => {
          this.cards.delete(id);
          this.failed.add(id);
        },
      ).then(() => this.id && this.state().questions[this.state().index] === id && this.render());
    }
    return this.cards.get(id);
  }

  render(focus = '') {
    this.step += 1;
    const state = this.id ? this.state() : null;
    if (!state || state.status === 'setup') this.setUp();
    else if (state.status === 'done') this.report(state);
    else this.interview(state);
    this.tick(true);
    if (focus) focusOn(this.main.querySelector(focus));
  }

  /* ---- before ---- */

  pool() {
    const { topic, round } = this.chosen;
    return this.study.facts.questions.filter(
      (question) => (!topic || question.topic === topic) && (!round || question.rounds.includes(round)),
    );
  }

  /** Questions with sample answers first; the others where these are too few. */
  drawn(preset, seed) {
    const pool = this.pool();
    const first = draw(pool.filter((question) => question.mock), preset, seed);
    if (first.length >= preset.questions) return first;
    const rest = draw(pool.filter((question) => !question.mock), { ...preset, questions: preset.questions - first.length }, seed);
    const level = (id) => preset.levels.indexOf(this.study.question(id).level);
    return [...first, ...rest].sort((a, b) => level(a) - level(b));
  }

  setUp() {
    const { study, chosen } = this;
    const preset = PRESETS.find((one) => one.id === chosen.preset);
    const count = Math.min(preset.questions, this.pool().filter((one) => preset.levels.includes(one.level)).length);
    const set = (name) => (value) => {
      chosen[name] = value;
      this.render();
    };
    const slugs = [...new Set(study.facts.questions.map((question) => question.topic))];
    const done = [...study.view().mocks].filter(([, acts]) => acts.some((act) => act.type === 'finish')).reverse();
    const under = this.running();
    const minutes = chosen.time === 'none' ? null : preset.minutes * Number(chosen.time);
    fill(
      this.main,
      h('h2', { id: 'new-interview' }, 'An interview'),
      under && h('p', { class: 'study-row' },
        h('span', {}, 'An interview is under way.'),
        button('Go on with it', () => this.open(under), { class: 'md-button main' })),
      radios({
        legend: 'Length', key: 'preset', value: chosen.preset, onchange: set('preset'),
        options: PRESETS.map(({ id, questions, minutes: given, levels }) => ({
          value: id,
          label: `${PRESET_NAMES[id]}: ${questions} questions in ${given} minutes (${levels.join(', ')})`,
        })),
      }),
      h('div', { class: 'study-grid' },
        choice({
          label: 'Time', key: 'time', value: chosen.time, onchange: set('time'),
          options: TIMES.map(([value, label]) => ({ value, label })),
        }),
        choice({
          label: 'Topic', key: 'topic', value: chosen.topic, onchange: set('topic'),
          options: [{ value: '', label: 'all' }, ...slugs.map((slug) => ({ value: slug, label: topicTitle(study, slug) }))],
        }),
        choice({
          label: 'Round', key: 'round', value: chosen.round, onchange: set('round'),
          options: [{ value: '', label: 'all' }, ...ROUNDS.map((round) => ({ value: round, label: round }))],
        })),
      h('p', { class: 'study-hint' },
        !count ? 'There is no question of this kind. Choose another topic or round.'
          : `${plural(count, 'question')}${count < preset.questions ? ' (there are no more of this kind)' : ''}, ` +
            `${minutes === null ? 'without a clock' : plural(minutes, 'minute')}. You can pause, add time or switch the clock off at any moment.`),
      h('p', { class: 'study-row' }, button('Begin', () => this.begin(preset, minutes), { class: 'md-button main', disabled: !count, 'data-key': 'begin' })),
      done.length > 0 && [
        h('h3', {}, 'Earlier interviews'),
        h('ul', { class: 'mock-earlier' }, done.slice(0, 20).map(([id, acts]) => {
          const state = resume(acts);
          const scored = Object.values(state.answers).filter((answer) => answer.status === 'scored').length;
          return h('li', {}, `${localDay(state.startedAt, study.zone())}, ${scored} of ${plural(state.questions.length, 'question')} scored `,
            button('Report', () => this.open(id), { 'data-key': `report.${id}` }));
        })),
      ],
    );
  }

  begin(preset, minutes) {
    this.id = `mock-${this.study.now().toString(36)}-${Math.random().toString(36).slice(2, 7)}`;
    const factor = minutes === null ? 1 : Number(this.chosen.time);
    this.act({
      type: 'start', questions: this.drawn(preset, this.id), minutes: minutes === null ? null : preset.minutes, factor,
    }, '.mock-question');
  }

  open(id) {
    this.id = id;
    this.render('h2');
  }

  leave() {
    this.id = null;
    this.render('h2');
  }

  /* ---- the clock ---- */

  tick(quiet = false) {
    const state = this.id ? this.state() : null;
    if (!state || !['running', 'paused'].includes(state.status)) {
      this.before = null;
      return;
    }
    const left = remaining(state, this.study.now());
    this.clock.textContent = left === null ? 'no clock' : clockText(left);
    this.clock.classList.toggle('late', left !== null && left <= 0);
    const mark = quiet ? null : announcement(this.before, left);
    this.before = left;
    if (mark !== null) {
      this.speech.say(mark ? `${plural(mark, 'minute')} left.` : 'The time is over. Nothing was submitted, nothing is lost.', 0);
    }
    const over = state.status === 'running' && left !== null && left <= 0;
    if (over === !this.over.hidden) return;
    this.over.hidden = !over;
    if (over) {
      fill(this.over,
        h('p', {}, 'The time is over. Nothing was submitted and nothing is lost. '),
        h('p', { class: 'study-row' },
          button(`${EXTENSION} more minutes`, () => this.act({ type: 'extend', minutes: EXTENSION }, '.mock-question')),
          button('Go on without a clock', () => this.act({ type: 'extend', minutes: null }, '.mock-question')),
          button('Finish', () => this.finish())));
    }
  }

  /* ---- during ---- */

  interview(state) {
    const id = state.questions[state.index];
    const paused = state.status === 'paused';
    const bar = h('div', { class: 'mock-bar study-row' },
      h('span', { class: 'study-unseen' }, 'Time left: '), this.clock,
      paused
        ? button('Go on', () => this.act({ type: 'resume' }, '.mock-question'), { class: 'md-button main', 'data-key': 'pause' })
        : button('Pause', () => this.act({ type: 'pause' }, '[data-key=pause]'), { 'data-key': 'pause' }),
      state.timed && button(`+${EXTENSION} min`, () => {
        this.act({ type: 'extend', minutes: EXTENSION });
        this.speech.say(`${EXTENSION} minutes were added.`);
      }, { 'data-key': 'extend' }),
      state.timed && button('No clock', () => this.act({ type: 'extend', minutes: null }), { 'data-key': 'no-clock' }),
      confirmed('Finish', this.unanswered(state), 'Finish now', () => this.finish(), { no: 'Not yet', 'data-key': 'end' }));
    fill(
      this.main, bar, this.over,
      paused
        ? h('p', { class: 'mock-question', tabindex: '-1' }, 'Paused. The question is covered meanwhile.')
        : this.question(state, id),
      this.list(state));
    const after = state.questions[state.index + 1];
    if (after && !paused) setTimeout(() => this.card(after), 1500);
  }

  unanswered(state) {
    const open = state.questions.filter((id) => ['unseen', 'seen'].includes(state.answers[id].status)).length;
    return open ? `${plural(open, 'question')} without an answer will count nowhere. ` : 'All questions are answered. ';
  }

  list(state) {
    const words = { unseen: 'not seen', seen: 'open', answered: 'answered, not scored', scored: 'scored' };
    return h('details', { class: 'mock-list', open: this.listOpen, ontoggle: (event) => { this.listOpen = event.target.open; } },
      h('summary', { 'data-key': 'list' }, `All ${state.questions.length} questions`),
      h('ol', {}, state.questions.map((id, index) => {
        const { status } = state.answers[id];
        return h('li', {},
          button(status === 'unseen' ? `Question ${index + 1}` : this.title(id), () => this.act({ type: 'goto', index }, '.mock-question'), {
            class: 'cards-quiet', disabled: state.status === 'paused', 'aria-current': index === state.index ? 'true' : null, 'data-key': `goto.${index}`,
          }), ` ${words[status]}`);
      })));
  }

  question(state, id) {
    const { study } = this;
    const card = this.card(id);
    const answer = state.answers[id];
    const { topic = '', level = '' } = study.question(id) ?? {};
    const head = [
      h('p', { class: 'cards-position' },
        h('span', {}, `Question ${state.index + 1} of ${state.questions.length}`),
        h('span', {}, [topicTitle(study, topic), level].filter(Boolean).join(', '))),
      whole(h('h2', { class: 'mock-question', tabindex: '-1', 'data-key': 'question', innerHTML: card ? card.front : '' }, card ? null : this.title(id))),
    ];
    if (card === null) return [head, h('p', {}, 'This question has left the site. '), this.onward(state)];
    if (card === undefined) {
      return [head, h('p', {}, this.failed.has(id) ? 'The rubric could not be loaded. ' : 'Loading the rubric.'),
        this.failed.has(id) && button('Try again', () => { this.failed.clear(); this.render(); }, { 'data-key': 'again' }), this.onward(state)];
    }
    if (['unseen', 'seen'].includes(answer.status)) return [head, this.answering(id), this.onward(state, 'Leave it open')];
    const question = mockQuestion(card);
    return [
      head,
      answer.text ? h('details', { class: 'mock-said' }, h('summary', {}, 'What you wrote'), h('p', { class: 'mock-text' }, answer.text))
        : h('p', { class: 'study-hint' }, 'You answered aloud.'),
      this.rubric(card, answer),
      answer.status === 'scored' && this.afterwards(card, question, answer),
      this.onward(state),
    ];
  }

  answering(id) {
    const text = h('textarea', {
      rows: 7, id: freshId('answer'), maxlength: LONGEST, 'data-key': `text.${id}`,
      value: this.typed?.id === id ? this.typed.text : drafts.get(this.id, id),
      oninput: () => {
        this.typed = { id, text: text.value };
        drafts.set(this.id, id, text.value);
        commit.disabled = !text.value.trim();
      },
    });
    const commit = button('Commit my answer', () => this.commit(id, text.value.trim()), {
      class: 'md-button main', 'data-key': 'commit', disabled: !text.value.trim(),
    });
    return h('div', { class: 'mock-answering' },
      h('label', { for: text.id }, 'Answer aloud, or in writing. The rubric opens after you have committed.'), text,
      h('p', { class: 'study-row' }, commit, button('I answered aloud', () => this.commit(id, ''), { 'data-key': 'aloud' })));
  }

  commit(id, text) {
    drafts.set(this.id, id, '');
    this.typed = null;
    this.act({ type: 'commit', text }, '.mock-rubric legend');
  }

  rubric(card, answer) {
    const open = answer.status === 'answered';
    const box = (kind) => (html, index) => {
      const [text, weight] = kind === 'check' ? html : [html, null];
      const input = h('input', {
        type: 'checkbox', checked: answer[kind === 'check' ? 'checks' : 'fatal'].includes(index), 'data-key': `${kind}.${index}`,
        onchange: () => this.act({ type: kind, index, on: input.checked }),
      });
      const label = h('span', { innerHTML: text });
      if (weight) label.append(` (${plural(weight, 'point')})`);
      return h('label', { class: 'study-option' }, input, label);
    };
    return h('div', { class: 'mock-rubric' },
      h('fieldset', {}, h('legend', { tabindex: '-1' }, 'Tick what a stranger would have heard'), card.checks.map(box('check'))),
      h('fieldset', { class: 'mock-fatal' }, h('legend', {}, 'Fatal: tick what you said'), card.fatal.map(box('fatal'))),
      open && h('p', { class: 'study-row' },
        button('This is my score', () => this.act({ type: 'score' }, '.mock-result'), { class: 'md-button main', 'data-key': 'score' })));
  }

  afterwards(card, question, answer) {
    const value = score(question, answer);
    const all = question.checks.reduce((sum, { weight }) => sum + weight, 0);
    const got = question.checks.reduce((sum, { weight }, index) => sum + (answer.checks.includes(index) ? weight : 0), 0);
    const fatal = answer.fatal.length > 0 && (value < got / all ? ', capped by a fatal error' : ', with a fatal error');
    return h('div', {},
      h('p', { class: 'mock-result', tabindex: '-1' },
        h('strong', {}, percent(value)), ` (${got} of ${plural(all, 'point')}${fatal || ''})`),
      SAMPLES.some(([name]) => card[name]) && h('div', { class: 'mock-samples' },
        SAMPLES.map(([name, title]) => card[name] && h('details', { class: name }, h('summary', {}, title), content(this.study, card[name])))),
      this.ladder(card, question, answer));
  }

  /** What the interviewer asks next, chosen by what was ticked. */
  ladder(card, question, answer) {
    const rung = nextRung(question, answer);
    const page = h('p', {}, link('The whole answer, on its page', this.study.href(card.url)));
    const heading = h('h3', { tabindex: '-1', class: 'mock-next' }, rung.kind === 'wrong' ? 'Are you sure?' : 'The interviewer asks next');
    const had = (yes, no) => h('p', { class: 'study-row' },
      button(yes, () => this.act({ type: 'followup', rung: rung.rung, ok: true }, '.mock-next'), { 'data-key': 'had' }),
      button(no, () => this.act({ type: 'followup', rung: rung.rung, ok: false }, '.mock-next'), { 'data-key': 'had-not' }));
    if (rung.kind === 'page') {
      const asked = answer.followups.length;
      return h('div', {}, h('p', { class: 'mock-next', tabindex: '-1' },
        asked ? `${plural(answer.followups.filter((one) => one.ok).length, 'follow-up')} of ${asked} held.` : ''), page);
    }
    if (rung.kind === 'wrong') {
      return h('div', {}, heading,
        h('p', {}, 'That was a fatal error. The usual wrong answer here, and what breaks it:'),
        content(this.study, card.wrong, { class: 'mock-wrong' }), had('I see what breaks it', 'Not yet'), page);
    }
    const parts = content(this.study, rung.text);
    const strong = parts.querySelector('strong');
    const asked = h('p', { class: 'mock-asked' });
    asked.append(...(strong ? strong.childNodes : [document.createTextNode(parts.textContent)]));
    strong?.remove();
    const answerId = freshId('follow');
    const shown = h('div', { id: answerId, hidden: true }, parts, had('I had it', 'I did not'));
    const reveal = button('Show the answer', () => {
      shown.hidden = !shown.hidden;
      reveal.setAttribute('aria-expanded', String(!shown.hidden));
      reveal.textContent = shown.hidden ? 'Show the answer' : 'Hide the answer';
    }, { 'aria-expanded': 'false', 'aria-controls': answerId, 'data-key': 'follow' });
    return h('div', {}, heading, asked, reveal, shown, page);
  }

  onward(state, text = 'Next question') {
    const rest = state.questions.length - state.index - 1;
    const open = state.questions.findIndex((id, index) => index !== state.index && ['unseen', 'seen'].includes(state.answers[id].status));
    return h('p', { class: 'study-row mock-onward' },
      state.index > 0 && button('Back', () => this.act({ type: 'goto', index: state.index - 1 }, '.mock-question'), { 'data-key': 'back' }),
      rest > 0 && button(text, () => this.act({ type: 'goto', index: state.index + 1 }, '.mock-question'), { 'data-key': 'next' }),
      !rest && open >= 0 && button('To an open question', () => this.act({ type: 'goto', index: open }, '.mock-question'), { 'data-key': 'open' }),
      !rest && open < 0 && button('Finish and see the report', () => this.finish(), { class: 'md-button main', 'data-key': 'finish' }));
  }

  /* ---- after ---- */

  /** The questions of an interview that were answered, with their rubrics. */
  async rubrics(state) {
    const found = new Map();
    const asked = state.questions.filter((id) => ['answered', 'scored'].includes(state.answers[id].status));
    await Promise.all(asked.map(async (id) => {
      const card = this.cards.get(id) ?? (await this.study.card(id));
      if (card) found.set(id, mockQuestion(card));
    }));
    return found;
  }

  async finish() {
    const { study } = this;
    const step = this.id;
    const before = this.state();
    let questions;
    try {
      questions = await this.rubrics(before);
    } catch {
      this.speech.say('The rubrics could not be loaded. Nothing is lost: try again when you are online.', 0);
      return;
    }
    if (this.id !== step || this.state().status === 'done') return;
    study.act('mock.act', { mock: this.id, act: { type: 'finish' } });
    const state = this.state();
    for (const { card, source } of cardFailures(state, questions)) {
      study.act('card.review', reviewData(card, study.view().cards.get(card), AGAIN, study.now(), study.zone(), { source }));
    }
    for (const topic of report(state, questions).passedTopics) {
      if (study.topic(topic)) study.act('mark.set', { topic, mark: 'mock', on: true });
    }
    this.own = study.store.events;
    this.render('h2');
  }

  async report(state) {
    const { step } = this;
    fill(this.main, h('h2', {}, 'Your report'), h('p', {}, 'Loading the rubrics.'));
    let questions;
    try {
      questions = await this.rubrics(state);
    } catch {
      if (step !== this.step) return;
      fill(this.main, h('h2', {}, 'Your report'), h('p', { role: 'alert' }, 'The rubrics could not be loaded. Your answers are kept. '),
        button('Try again', () => this.render('h2')), button('Back', () => this.leave()));
      return;
    }
    if (step !== this.step) return;
    const found = report(state, questions);
    const next = this.nextPages(found);
    const missed = cardFailures(state, questions);
    const { study } = this;
    fill(
      this.main,
      h('h2', { tabindex: '-1' }, 'Your report'),
      h('p', { class: 'mock-total' }, h('strong', {}, found.total === null ? 'Nothing was scored' : percent(found.total)),
        ` ${plural(found.scored, 'question')} of ${state.questions.length} scored, ${localDay(state.startedAt, study.zone())}.`),
      this.left(found),
      found.scored > 0 && Object.entries(DIMENSIONS).map(([name, title]) => this.table(title, found.dimensions[name], name)),
      next.length > 0 && [h('h3', {}, 'Next'), h('ol', { class: 'mock-pages' }, next.map(({ id, words }) =>
        h('li', {}, link(this.title(id), study.href(study.question(id).url)), ` ${words}`)))],
      missed.length > 0 && h('p', { class: 'study-hint' }, `${plural(missed.length, 'question')} under 50%, or with a fatal error, ${missed.length === 1 ? 'is' : 'are'} among your flash cards as missed.`),
      found.passedTopics.length > 0 && h('p', { class: 'study-hint' }, `Passed: ${found.passedTopics.map((topic) => topicTitle(study, topic)).join(', ')}.`),
      h('h3', {}, 'All questions'),
      h('ol', {}, found.rows.map(({ id, status, score: value, fatal, minutes }) =>
        h('li', {}, study.question(id) ? link(this.title(id), study.href(study.question(id).url)) : this.title(id),
          `: ${this.words(status, value, fatal)}${minutes === null ? '' : `, ${minutes < 1 ? 'under a minute' : plural(Math.round(minutes), 'minute')}`}`))),
      h('p', { class: 'study-row no-print' },
        button('Print', () => this.print(), { 'data-key': 'print' }),
        button('Save as text', () => saveFile(`mock-interview-${localDay(state.startedAt, study.zone())}.md`, 'text/markdown', this.asText(state, found, next)), { 'data-key': 'save' }),
        button('Another interview', () => this.leave(), { class: 'md-button main', 'data-key': 'another' })),
    );
    focusOn(this.main.querySelector('h2'), true);
  }

  words(status, value, fatal) {
    if (status === 'unseen') return 'not seen, counts nowhere';
    if (status === 'seen') return 'not answered, counts nowhere';
    if (status === 'answered') return 'answered, not scored, counts nowhere';
    return `${percent(value)}${fatal ? ', a fatal error' : ''}`;
  }

  left({ unseen, unanswered, unscored }) {
    const parts = [
      unseen.length && `${unseen.length} not seen`, unanswered.length && `${unanswered.length} not answered`,
      unscored.length && `${unscored.length} not scored`,
    ].filter(Boolean);
    return parts.length > 0 && h('p', { class: 'study-hint' }, `${parts.join(', ')}: they count nowhere and make no card.`);
  }

  /** Three pages: what was missed first, then the weakest, then what stayed open. */
  nextPages(found) {
    const scored = found.rows.filter((row) => row.score !== null).sort((a, b) => a.score - b.score);
    const missed = new Set(found.next.map((one) => one.id));
    const ids = [
      ...missed, ...scored.filter((row) => row.score < 1).map((row) => row.id),
      ...found.unscored, ...found.unanswered, ...found.unseen,
    ];
    const row = (id) => found.rows.find((one) => one.id === id);
    return [...new Set(ids)].filter((id) => this.study.question(id)).slice(0, 3)
      .map((id) => ({ id, words: `(${this.words(row(id).status, row(id).score, row(id).fatal)})` }));
  }

  table(title, rows, name) {
    const label = (key) => (name === 'topic' ? topicTitle(this.study, key) : key);
    return h('table', { class: 'mock-table' },
      h('thead', {}, h('tr', {}, [title, 'Score', 'Questions', 'Fatal'].map((text) => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, rows.map(({ key, score: value, count, fatal }) =>
        h('tr', {}, h('th', { scope: 'row' }, label(key)), h('td', {}, percent(value)), h('td', {}, String(count)), h('td', {}, String(fatal))))));
  }

  print() {
    document.body.dataset.printOnly = 'study';
    addEventListener('afterprint', () => delete document.body.dataset.printOnly, { once: true });
    print();
  }

  asText(state, found, next) {
    const lines = [`# Mock interview, ${localDay(state.startedAt, this.study.zone())}`, '',
      `Total: ${found.total === null ? 'nothing scored' : percent(found.total)} (${found.scored} of ${state.questions.length} questions scored)`];
    for (const [name, title] of Object.entries(DIMENSIONS)) {
      lines.push('', `## ${title}`, '');
      for (const { key, score: value, count, fatal } of found.dimensions[name]) {
        lines.push(`- ${name === 'topic' ? topicTitle(this.study, key) : key}: ${percent(value)}, ${plural(count, 'question')}${fatal ? `, ${fatal} fatal` : ''}`);
      }
    }
    lines.push('', '## Next', '', ...next.map(({ id, words }) => `- ${this.title(id)} ${words}: ${this.study.href(this.study.question(id).url)}`));
    lines.push('', '## Questions');
    for (const { id, status, score: value, fatal } of found.rows) {
      lines.push('', `### ${this.title(id)}`, '', this.words(status, value, fatal));
      if (state.answers[id].text) lines.push('', ...state.answers[id].text.split('\n').map((line) => `> ${line}`));
    }
    return `${lines.join('\n')}\n`;
  }
}

export const start = tool((root, study) => {
  new Mock(root, study);
});
