/**
 * The flash cards: what is due today, one card after the other, and what the coming days will cost.
 *
 * The texts come topic by topic from the deck; what is due is known from the facts and the log
 * alone, so the page is ready before any text is loaded.
 */

import {
  AGAIN, buildQueue, choices, DEFAULTS, EASY, GOOD, HARD, label, reviewData, secondsPerAnswer,
} from '../study/cards.js';
import { isDay, studyDay } from '../study/dates.js';
import { retired } from '../study/views.js';
import { content, topicTitle, whole } from './content.js';
import { button, field, fill, focusOn, freshId, h, link, plural, speaker } from './dom.js';
import { ownKeys } from './keys.js';
import { frame, tool } from './open.js';

const LEVELS = ['know', 'explain', 'derive', 'design'];
const NAMES = { [AGAIN]: 'Again', [HARD]: 'Hard', [GOOD]: 'Good', [EASY]: 'Easy' };
const MEANS = {
  [AGAIN]: 'not recalled, or only a part',
  [HARD]: 'I recalled it, with effort',
  [GOOD]: 'I recalled it',
  [EASY]: 'I recalled it at once',
};
const LONGEST = 120_000; // longer than that nobody thought about one card
const MORE = 10;
const STEP = /^step\./;

const number = (value, least, most, otherwise) =>
  Number.isFinite(value) && value >= least && value <= most ? value : otherwise;
const list = (value) => (Array.isArray(value) && value.length ? value : null);

class Cards {
  constructor(root, study) {
    this.study = study;
    const rank = new Map(study.facts.topics.map((topic) => [topic.slug, topic.order]));
    this.all = study.facts.questions
      .map((question, index) => ({ question, index }))
      .sort(
        (a, b) =>
          (rank.get(a.question.topic) ?? 99) - (rank.get(b.question.topic) ?? 99) ||
          LEVELS.indexOf(a.question.level) - LEVELS.indexOf(b.question.level) ||
          a.index - b.index,
      )
      .map(({ question }) => question);
    this.known = new Set(this.all.map((question) => question.id));

    this.session = null;
    this.speech = speaker();
    this.top = h('div', { class: 'cards-top' });
    this.which = h('div', {});
    this.set = h('div', {});
    this.ahead = h('div', { class: 'cards-ahead' });
    const keys = ownKeys(root, study, this.keys(), 'Space shows the answer, 1 again, 2 good (with more grades: 1 to 4), u takes back, x skips.');
    const body = frame(root, study);
    body.append(
      this.top,
      this.speech.element,
      h('details', { class: 'cards-set' }, h('summary', {}, 'Interview day, minutes a day, grades'), this.set, keys.element),
      h('details', { class: 'cards-which' }, h('summary', {}, 'Which cards'), this.which),
      this.ahead,
    );
    this.renderSettings();
    this.render();
    this.shown = study.today();
    study.onChange(() => this.changed());
  }

  /* ---- what is asked ---- */

  /** The day of the kept plan, or null. */
  get planned() {
    const day = new URLSearchParams(this.study.view().plan?.fragment ?? '').get('interview');
    return isDay(day) ? day : null;
  }

  /** The interview day: the reader's own word here, also an empty one; else the day of the plan. */
  get day() {
    const { settings } = this.study.view();
    return settings.has('cards.interview') ? settings.get('cards.interview') : this.planned;
  }

  options() {
    const { settings, times } = this.study.view();
    const interview = this.day;
    const dated = isDay(interview) && interview > this.study.today();
    const extra = this.session?.extra ?? 0;
    const fresh = number(settings.get('cards.new'), 0, 200, dated ? null : DEFAULTS.newPerDay);
    return {
      interview: dated ? interview : null,
      capMinutes: number(settings.get('cards.minutes'), 1, 600, DEFAULTS.capMinutes) + extra,
      newPerDay: fresh === null ? null : fresh + extra,
      secondsPerAnswer: secondsPerAnswer(times),
    };
  }

  get moreGrades() {
    return this.study.view().settings.get('cards.grades') === true;
  }

  topicOf(id) {
    return this.study.question(id)?.topic ?? this.study.view().cards.get(id)?.made?.topic ?? '';
  }

  /** The ids of the chosen cards: those that the reader added first, then the deck's order. */
  ids() {
    const { settings, cards } = this.study.view();
    const topics = list(settings.get('cards.topics'));
    const levels = list(settings.get('cards.levels'));
    const mine = settings.get('cards.mine') === true;
    const added = [];
    const rest = [];
    for (const { id, topic, level } of this.all) {
      if ((topics && !topics.includes(topic)) || (levels && !levels.includes(level))) continue;
      const view = cards.get(id);
      if (view && !view.memory && !view.suspended) added.push(id);
      else if (!mine || view) rest.push(id);
    }
    const steps = [...cards.keys()].filter(
      (id) => STEP.test(id) && (!topics || topics.includes(this.topicOf(id))),
    );
    return [...steps, ...added, ...rest];
  }

  given() {
    const { cards, answers } = this.study.view();
    const [now, zone] = [this.study.now(), this.study.zone()];
    return {
      ids: this.ids(), cards, now, zone, settings: this.options(),
      answersToday: answers.get(studyDay(now, zone)) ?? 0,
    };
  }

  queue() {
    const queue = buildQueue(this.given());
    const skipped = this.session?.skipped;
    if (skipped?.size) {
      const open = queue.order.filter((id) => !skipped.has(id));
      queue.order = [...open, ...[...skipped].filter((id) => queue.order.includes(id))];
    }
    return queue;
  }

  minutes(answers) {
    return Math.max(1, Math.round((answers * this.options().secondsPerAnswer) / 60));
  }

  act(type, data) {
    const event = this.study.act(type, data);
    this.own = this.study.store.events;
    return event;
  }

  /* ---- what is shown ---- */

  changed() {
    if (this.study.today() !== this.shown) {
      this.shown = this.study.today();
      if (this.session?.current === null) this.session = null; // what was done was yesterday's
    } else if (this.study.store.events === this.own) return; // what we did ourselves is shown already
    const { session } = this;
    this.renderSettings();
    if (!session) this.render();
    else if (session.current && this.study.view().cards.get(session.current)?.lastReview !== session.seen) {
      this.next('This card was answered in another tab.');
    } else if (session.current && session.status) fill(session.status, this.position(this.queue()));
  }

  render() {
    if (!this.session) this.overview();
    this.lookAhead();
  }

  held(queue) {
    if (!queue.held) return false;
    return h('p', { class: 'study-hint' },
      `${plural(queue.held, 'more card has', 'more cards have')} come due and wait for the next days, ` +
        'the ones you are most likely to forget first. Nothing piles up into one evening.');
  }

  overview() {
    const queue = this.queue();
    const { counts, order } = queue;
    const reviews = order.length - counts.fresh;
    const answers = reviews + 2 * counts.fresh;
    const { interview } = this.options();
    const date = this.day;
    fill(
      this.top,
      h('h2', { id: 'today' }, 'Today'),
      order.length
        ? h('p', { class: 'cards-count' },
            h('strong', {}, `${reviews} due, ${counts.fresh} new`), `, about ${plural(this.minutes(answers), 'minute')}.`)
        : h('p', { class: 'cards-count' }, this.ids().length
            ? 'Nothing is due today.' : 'No card is chosen: open "Which cards" below.'),
      this.held(queue),
      interview && h('p', { class: 'study-hint' }, `Aimed at your interview on ${interview}${interview === this.planned ? ', the day of your plan' : ''}.`),
      !interview && isDay(date) && h('p', { class: 'study-hint' },
        `The interview day you gave, ${date}, has come: the cards go on without a date. Set a new one below.`),
      h('p', { class: 'study-row' },
        order.length > 0 && button('Start', () => this.begin(), { class: 'md-button main', 'data-key': 'start' }),
        !order.length && this.ids().length > 0 && this.goOn()),
    );
  }

  goOn() {
    return button(`Take ${MORE} more minutes`, () => {
      const extra = (this.session?.extra ?? 0) + MORE;
      if (!this.session) this.begin(extra);
      else {
        this.session.extra = extra;
        this.next();
      }
    }, { 'data-key': 'more' });
  }

  begin(extra = 0) {
    this.session = {
      extra, skipped: new Set(), done: [], log: [], current: null, seen: null,
    };
    this.next();
  }

  leave() {
    this.session = null;
    this.render();
    focusOn(this.top.querySelector('h2'));
  }

  /** The next card. */
  next(message = '', forced = null) {
    const { session } = this;
    const queue = this.queue();
    session.current = forced ?? queue.order[0] ?? null;
    if (message) this.speech.say(message, 0);
    if (session.current === null) this.finish(queue);
    else this.show(session.current, queue);
    this.lookAhead();
  }

  finish(queue) {
    const { session } = this;
    session.status = null;
    const count = session.log.length;
    fill(
      this.top,
      h('h2', {}, 'Done for today'),
      h('p', {}, count ? `${plural(count, 'answer')} in this session.` : 'Nothing more is due.'),
      this.held(queue),
      this.study.view().plan && h('p', {}, link('Back to your plan', this.study.href('roadmap/plan/')), ' for the rest of the day.'),
      h('p', { class: 'study-row' }, this.goOn(), button('To the overview', () => this.leave()), this.undoButton()),
      this.answered(),
    );
    focusOn(this.top.querySelector('h2'));
  }

  position({ order }) {
    const { session } = this;
    const others = order.filter((id) => id !== session.current).length;
    const level = this.study.question(session.current)?.level ?? 'a line of a derivation';
    return [
      h('span', {}, topicTitle(this.study, this.topicOf(session.current)), ', ', level),
      h('span', {}, others ? `${others} after this one` : 'the last one'),
    ];
  }

  async show(id, queue = this.queue()) {
    const { session, study } = this;
    session.seen = study.view().cards.get(id)?.lastReview;
    session.shownAt = study.now();
    session.revealed = false;
    session.parts = null;
    session.status = h('p', { class: 'cards-position' }, this.position(queue));
    const question = study.question(id);
    const title = whole(h('h2', { class: 'cards-question', tabindex: '-1' }, question?.title ?? 'A line of a derivation'));
    const place = h('div', {});
    const answer = h('div', { class: 'cards-answer', id: freshId('answer'), hidden: true });
    const grades = h('div', { class: 'cards-grades', role: 'group', 'aria-label': 'Did you recall it?', hidden: true });
    const reveal = button('Show the answer', () => this.reveal(), {
      class: 'md-button main cards-reveal', 'aria-expanded': 'false', 'aria-controls': answer.id,
    });
    session.parts = { answer, grades, reveal };
    fill(
      this.top,
      h('article', { class: 'cards-card' }, session.status, title, place, reveal, answer, grades, this.actions(id)),
      this.answered(),
    );
    focusOn(title, true);
    session.status.scrollIntoView({ block: 'start' }); // each card at the same place, for the thumb
    reveal.disabled = true;
    try {
      const card = await this.text(id);
      if (session !== this.session || session.current !== id) return;
      if (!card) {
        this.skip('That card has left the site. Its history is kept.');
        return;
      }
      title.innerHTML = card.title;
      whole(title);
      if (card.front) place.append(card.front);
      answer.append(...card.back);
      reveal.disabled = false;
    } catch {
      if (session !== this.session || session.current !== id) return;
      fill(place, h('p', { role: 'alert' }, 'The text of this card could not be loaded. '), button('Try again', () => this.show(id)));
    }
  }

  /** What a card shows, from the deck; undefined if it has gone. */
  async text(id) {
    const { study } = this;
    if (!STEP.test(id)) {
      const card = await study.card(id);
      if (!card) return undefined;
      return {
        title: card.front,
        back: [
          content(study, card.back),
          h('p', { class: 'study-hint' }, link('The page behind this card', study.href(card.url))),
        ],
      };
    }
    const topic = this.topicOf(id);
    const step = topic && (await study.part(topic)).steps[id];
    if (!step) return undefined;
    return {
      title: 'What is the next line?',
      front: h('div', {},
        content(study, step.claim, { class: 'derivation-claim' }),
        h('p', { class: 'study-hint' }, 'You have:'), content(study, step.before),
        h('p', { class: 'study-hint' }, 'Now:'), content(study, step.front)),
      back: [
        content(study, step.back),
        h('p', { class: 'study-hint' }, link('The whole derivation', study.href(step.url))),
      ],
    };
  }

  actions(id) {
    const report = h('div', { class: 'cards-report', hidden: true });
    const open = button('Report', () => {
      report.hidden = !report.hidden;
      open.setAttribute('aria-expanded', String(!report.hidden));
      if (!report.hidden) report.querySelector('textarea').focus();
    }, { class: 'cards-quiet', 'aria-expanded': 'false' });
    const text = h('textarea', { rows: 2, id: freshId('report') });
    report.append(
      h('label', { for: text.id }, 'What is wrong with this card? '), text,
      h('p', { class: 'study-row' }, button('Keep this note', () => {
        const note = text.value.trim().slice(0, 2000);
        if (!note) return text.focus();
        this.study.act('card.report', { card: id, text: note });
        report.hidden = true;
        open.setAttribute('aria-expanded', 'false');
        open.focus();
        return this.speech.say('The note is kept with your progress.', 0);
      }), this.tellUs(id)),
    );
    return h('div', { class: 'no-print' },
      h('p', { class: 'study-row cards-actions' },
        this.undoButton(),
        button('Skip', () => this.skip(), { class: 'cards-quiet' }),
        button('Set aside', () => this.suspend(id), { class: 'cards-quiet', title: 'Do not ask this card any more' }),
        open,
        button('Stop', () => this.leave(), { class: 'cards-quiet' })),
      report);
  }

  tellUs(id) {
    const question = this.study.question(id);
    return question && h('span', { class: 'study-hint' },
      link('Its page', this.study.href(question.url)), ' has a link that tells the authors.');
  }

  undoButton() {
    const last = this.session?.log.at(-1);
    return last && button('Take back', () => this.takeBack(), { class: 'cards-quiet', 'data-key': 'undo' });
  }

  /** What was answered stays on the page. */
  answered() {
    const { done } = this.session;
    if (!done.length) return false;
    return h('details', { class: 'cards-done' },
      h('summary', {}, `${plural(done.length, 'answer')} in this session`),
      h('ul', {}, done.map(({ id, words }) => {
        const question = this.study.question(id);
        return h('li', {}, question ? link(question.title, this.study.href(question.url)) : 'A line of a derivation', `: ${words}`);
      })));
  }

  /* ---- what the reader does ---- */

  keys() {
    const grade = (place) => () => {
      if (!this.session?.revealed) return;
      const shown = this.grades();
      if (shown[place]) this.grade(shown[place]);
    };
    return {
      ' ': () => this.session?.current && !this.session.revealed && this.reveal(),
      1: grade(0), 2: grade(1), 3: grade(2), 4: grade(3),
      u: () => this.session?.log.length && this.takeBack(),
      x: () => this.session?.current && this.skip(),
    };
  }

  grades() {
    return this.moreGrades ? [AGAIN, HARD, GOOD, EASY] : [AGAIN, GOOD];
  }

  /** Show the answer, with its buttons; pressed again, hide it. */
  reveal() {
    const { session, study } = this;
    const { answer, grades, reveal } = session.parts ?? {};
    if (!reveal || reveal.disabled) return;
    session.revealed = !session.revealed;
    answer.hidden = !session.revealed;
    grades.hidden = !session.revealed;
    reveal.setAttribute('aria-expanded', String(session.revealed));
    reveal.textContent = session.revealed ? 'Hide the answer' : 'Show the answer';
    if (!session.revealed) return;
    const now = study.now();
    const memory = study.view().cards.get(session.current)?.memory ?? null;
    const after = choices(memory, now, study.zone());
    fill(grades, this.grades().map((rating) =>
      button('', () => this.grade(rating), { 'data-rating': rating, 'data-key': `grade.${rating}`, title: MEANS[rating] })));
    for (const one of grades.children) {
      const rating = Number(one.dataset.rating);
      one.append(h('strong', {}, NAMES[rating]), h('span', {}, label(after[rating], now)),
        ...(this.moreGrades ? [h('small', {}, MEANS[rating])] : []));
    }
    session.offered = { now, after };
  }

  grade(rating) {
    const { session, study } = this;
    const id = session.current;
    const view = study.view().cards.get(id);
    const { now, after } = session.offered;
    const ms = Math.min(LONGEST, Math.max(0, Math.round(study.now() - session.shownAt)));
    const words = `${NAMES[rating]}, ${label(after[rating], now)}`;
    // The moment of the labels: what the button said is what is stored.
    const event = this.act('card.review', reviewData(id, view, rating, now, study.zone(), { ms, source: 'cards' }));
    session.skipped.delete(id);
    session.log.push({ event: event.id, id });
    session.done.push({ id, words });
    requestAnimationFrame(() => this.renderWhich());
    this.next(words);
  }

  takeBack() {
    const { session, study } = this;
    const last = session.log.pop();
    if (!last) return;
    study.undo(last.event);
    this.own = study.store.events;
    if (!last.aside) session.done.splice(session.done.findLastIndex((one) => one.id === last.id), 1);
    this.next('Taken back.', last.id);
  }

  skip(message = 'Skipped: it comes back at the end.') {
    const { session } = this;
    session.skipped.delete(session.current);
    session.skipped.add(session.current);
    if (session.skipped.size >= this.queue().order.length && message.startsWith('That')) {
      this.finish(this.queue());
      return;
    }
    this.next(message);
  }

  suspend(id) {
    const { session, study } = this;
    const event = this.act('card.suspend', { card: id, on: true });
    session.log.push({ event: event.id, id, aside: true });
    this.renderWhich();
    this.next('Set aside: it is not asked any more. "Take back" brings it back, and so does the list under "Which cards".');
  }

  /* ---- settings ---- */

  renderSettings() {
    const { study } = this;
    const { settings } = study.view();
    const set = (key, value) => study.act('setting.set', { key, value });
    const wrong = h('p', { role: 'alert', class: 'study-hint cards-wrong' });
    const limited = (key, least, most, empty) => (text) => {
      const value = text.trim() === '' ? null : Number(text);
      wrong.textContent = '';
      if (value === null && empty) set(key, null);
      else if (Number.isInteger(value) && value >= least && value <= most) set(key, value);
      else wrong.textContent = `A whole number from ${least} to ${most}, please. Nothing was changed.`;
    };
    const { day: date, planned } = this;
    fill(
      this.set,
      h('div', { class: 'study-grid' },
        field({
          label: 'Interview day', type: 'date', key: 'interview', value: isDay(date) ? date : '',
          hint: 'The schedule aims at this day. Empty: no date.',
          onchange: (day) => {
            wrong.textContent = '';
            if (day === '') set('cards.interview', null);
            else if (!isDay(day)) wrong.textContent = 'This is not a day of the calendar. Nothing was changed.';
            else if (day <= study.today()) wrong.textContent = `${day} has passed, or is today: choose a later day. Nothing was changed.`;
            else set('cards.interview', day);
          },
        }),
        field({
          label: 'Minutes a day, at most', type: 'number', min: 1, max: 600, key: 'minutes',
          value: number(settings.get('cards.minutes'), 1, 600, DEFAULTS.capMinutes),
          hint: 'Never more than this, whatever came due.', onchange: limited('cards.minutes', 1, 600, false),
        }),
        field({
          label: 'New cards a day, at most', type: 'number', min: 0, max: 200, key: 'new',
          value: number(settings.get('cards.new'), 0, 200, ''),
          hint: `Empty: ${DEFAULTS.newPerDay}, or with a date as many as the day asks for.`, onchange: limited('cards.new', 0, 200, true),
        })),
      wrong,
      planned && planned > study.today() && planned !== date && h('p', { class: 'study-row' },
        button(`Take the day of your plan, ${planned}`, () => set('cards.interview', planned), { 'data-key': 'planned' })),
      field({
        label: 'More grades', type: 'checkbox', key: 'grades', checked: this.moreGrades,
        hint: 'Again, Hard ("I recalled it, with effort"), Good, Easy.',
        onchange: (on) => set('cards.grades', on),
      }),
    );
    this.renderWhich();
  }

  renderWhich() {
    if (!this.which.parentElement?.open && this.which.childElementCount) {
      this.stale = true;
      return;
    }
    this.stale = false;
    const { study } = this;
    const { settings, cards } = study.view();
    const today = study.today();
    const count = new Map();
    const tally = (key, id) => {
      if (!count.has(key)) count.set(key, { due: 0, fresh: 0, rest: 0 });
      const view = cards.get(id);
      if (view?.suspended) return;
      const { memory } = view ?? {};
      count.get(key)[!memory ? 'fresh' : memory.dueAt !== null || memory.due <= today ? 'due' : 'rest'] += 1;
    };
    for (const { id, topic, level } of this.all) {
      tally(topic, id);
      tally(`level.${level}`, id);
    }
    const words = (key) => {
      const { due = 0, fresh = 0, rest = 0 } = count.get(key) ?? {};
      const some = [due && `${due} due`, fresh && `${fresh} new`, rest && `${rest} later`].filter(Boolean);
      return some.join(', ') || 'none';
    };
    const slugs = [...new Set(this.all.map((question) => question.topic))];
    const group = (legend, key, all, name, title) => {
      const chosen = list(settings.get(key))?.filter((one) => all.includes(one)) ?? all;
      return h('fieldset', {}, h('legend', {}, legend), all.map((one) => field({
        label: title(one), type: 'checkbox', key: `${key}.${one}`, checked: chosen.includes(one), hint: words(name(one)),
        onchange: (on) => {
          const next = all.filter((other) => (other === one ? on : chosen.includes(other)));
          study.act('setting.set', { key, value: next.length === all.length ? null : next.length ? next : [one] });
          if (!next.length) this.speech.say('One must stay chosen.', 0);
        },
      })));
    };
    const aside = [...cards.values()].filter((view) => view.suspended && (this.known.has(view.id) || STEP.test(view.id)));
    const gone = retired(cards, this.known).filter((id) => !STEP.test(id));
    fill(
      this.which,
      h('div', { class: 'cards-choice' },
        group('Topics', 'cards.topics', slugs, (slug) => slug, (slug) => topicTitle(study, slug)),
        group('Levels', 'cards.levels', LEVELS, (level) => `level.${level}`, (level) => level)),
      field({
        label: 'Only cards that I added or began', type: 'checkbox', key: 'mine',
        checked: settings.get('cards.mine') === true,
        hint: 'Question pages have a button "Add to my cards" in each answer. Added cards come first in any case.',
        onchange: (on) => study.act('setting.set', { key: 'cards.mine', value: on }),
      }),
      aside.length > 0 && [
        h('h3', {}, 'Set aside'),
        h('ul', { class: 'cards-aside' }, aside.map(({ id }) =>
          h('li', {}, study.question(id)?.title ?? 'A line of a derivation', ' ',
            button('Ask it again', () => study.act('card.suspend', { card: id, on: false }), { class: 'cards-quiet', 'data-key': `again.${id}` })))),
      ],
      gone.length > 0 && h('p', { class: 'study-hint' },
        `${plural(gone.length, 'card')} that you answered ${gone.length === 1 ? 'has' : 'have'} left the site. Their history is kept.`),
    );
  }

  /* ---- the coming days ---- */

  lookAhead() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => {
      const ask = () => this.askWorker();
      if ('requestIdleCallback' in globalThis) requestIdleCallback(ask, { timeout: 3000 });
      else ask();
    }, 400);
  }

  askWorker() {
    try {
      if (!this.worker) {
        this.worker = new Worker(new URL('./forecast-worker.js', import.meta.url), { type: 'module' });
        this.worker.addEventListener('message', ({ data }) => {
          if (data.ticket === this.ticket) this.showAhead(data);
        });
      }
      this.ticket = (this.ticket ?? 0) + 1;
      this.worker.postMessage({ ticket: this.ticket, given: this.given() });
    } catch {
      this.ahead.replaceChildren(); // no workers here: the cards go on without a forecast
    }
  }

  showAhead({ days, ready }) {
    const most = Math.max(1, ...days.map((day) => day.minutes));
    const total = days.reduce((sum, day) => sum + day.minutes, 0);
    const mean = Math.round(total / days.length);
    const open = this.ahead.querySelector('details')?.open ?? false;
    const { interview } = this.options();
    fill(
      this.ahead,
      h('details', { open },
        h('summary', { 'data-key': 'ahead' }, `The coming ${plural(days.length, 'day')}: about ${plural(mean, 'minute')} a day, at most ${Math.ceil(most)}`),
        ready && h('p', {}, `If you stopped today, the mean predicted recall of the cards you began would be ${Math.round(100 * ready.mean)}% on ${interview}, with ${plural(ready.below.length, 'card')} under 90%.`),
        h('div', { class: 'cards-scroll', tabindex: '0', role: 'group', 'aria-label': 'Minutes of the coming days' },
          h('table', {},
            h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Day'), h('th', { scope: 'col' }, 'Answers'), h('th', { scope: 'col' }, 'Minutes'))),
            h('tbody', {}, days.map(({ day, answers, minutes }) => {
              const cell = h('td', {}, h('span', { class: 'cards-bar' }), ` ${Math.round(minutes)}`);
              cell.firstChild.style.width = `${Math.round((100 * minutes) / most)}px`;
              return h('tr', {}, h('td', {}, day), h('td', {}, String(answers)), cell);
            })))),
        h('p', { class: 'study-hint' }, 'A simulation by the scheduler’s own forgetting curve, at your pace.')),
    );
  }
}

export const start = tool((root, study) => {
  const cards = new Cards(root, study);
  root.addEventListener('toggle', (event) => {
    if (event.target.open && event.target.contains(cards.which) && cards.stale) cards.renderWhich();
  }, true);
});
