/**
 * The progress: five marks for each topic, the pages with their states, and what "mastered" means.
 *
 * States are told by words and shapes. Every number is a button that opens the list behind it.
 */

import { lastUndoable, mastery, retired } from '../study/views.js';
import { button, confirmed, fill, freshId, h, link, plural, speaker } from './dom.js';
import { frame, tool } from './open.js';
import { interviewDay } from './plan-input.js';

const COLUMNS = [
  { mark: 'read', head: 'Read', done: 'read', open: 'not read' },
  { mark: 'assessed', head: 'Self-assessed', done: 'assessed', open: 'not assessed' },
  { mark: 'practised', head: 'Practiced', done: 'practiced', open: 'not practiced' },
  { mark: 'cheat', head: 'Cheat sheet memorized', done: 'memorized', open: 'not memorized' },
  { mark: 'mock', head: 'Mock interview passed', done: 'passed', open: 'not passed' },
];
export const SECTION_STATES = { read: 'read', practised: 'practiced', explain: 'can explain' };
const UNDOABLE = ['mark.set', 'section.set', 'reset'];

/** The idea pages of a topic as the facts name them. */
const pagesOf = (topic) =>
  (topic.pages ?? []).map((page) =>
    typeof page === 'string'
      ? { id: page, title: page.replaceAll('-', ' ').replace(/^./, (sign) => sign.toUpperCase()), url: `${topic.url}${page}/` }
      : page,
  );
const sectionId = (topic, page) => `${topic.slug}.${page.id}`;

export const start = tool((root, study) => {
  const body = frame(root, study);
  const { facts } = study;
  const speech = speaker();
  const open = new Set(); // numbers whose lists are open

  const cardsOf = new Map(facts.topics.map((topic) => [topic.slug, []]));
  for (const question of facts.questions) cardsOf.get(question.topic)?.push(question.id);

  /** A number that opens its list under it. */
  function number(key, text, list) {
    const shown = open.has(key);
    const id = freshId('list');
    const box = h('div', { id, class: 'study-opened', hidden: !shown }, shown ? list() : null);
    const control = button(
      text,
      () => {
        if (open.has(key)) open.delete(key);
        else open.add(key);
        const now = open.has(key);
        control.setAttribute('aria-expanded', String(now));
        box.hidden = !now;
        fill(box, now ? list() : null);
      },
      { 'data-key': key, 'aria-expanded': String(shown), 'aria-controls': id, class: 'md-button study-number' },
    );
    return [control, box];
  }

  const links = (slugs) =>
    slugs.length ? h('ul', {}, slugs.map((slug) => h('li', {}, link(study.topic(slug).title, study.href(study.topic(slug).url))))) : h('p', {}, 'None.');

  function markCell(view, topic, column) {
    const on = view.marks.get(topic.slug)?.[column.mark] ?? false;
    const text = on ? column.done : column.open;
    return h(
      'td',
      { role: 'cell' },
      h(
        'button',
        {
          type: 'button',
          class: 'md-button study-mark',
          'data-on': on,
          'data-key': `${topic.slug}.${column.mark}`,
          onclick: () => {
            study.act('mark.set', { topic: topic.slug, mark: column.mark, on: !on });
            speech.say(`${topic.title}: ${on ? column.open : column.done}.`);
          },
        },
        h('span', { class: 'study-unseen' }, `${topic.title}: `),
        h('span', { 'aria-hidden': 'true' }, on ? '✓' : '○'),
        ` ${text}`,
      ),
    );
  }

  function pageRow(view, topic, page) {
    const id = sectionId(topic, page);
    const state = view.sections.get(id)?.state ?? 'none';
    return h(
      'li',
      {},
      link(page.title, study.href(page.url)),
      h(
        'span',
        { class: 'study-row', role: 'group', 'aria-label': page.title },
        Object.entries(SECTION_STATES).map(([value, text]) =>
          button(`${state === value ? '✓ ' : ''}${text}`, () => {
            const next = state === value ? 'none' : value;
            study.act('section.set', { section: id, topic: topic.slug, state: next });
            speech.say(`${page.title}: ${next === 'none' ? 'no mark' : text}.`);
          }, { 'aria-pressed': String(state === value), 'data-key': `${id}.${value}` }),
        ),
      ),
    );
  }

  const questionList = (ids) =>
    ids.length
      ? h('ul', {}, ids.map((id) => h('li', {}, link(study.question(id).title ?? id, study.href(study.question(id).url)))))
      : h('p', {}, 'None.');

  function details(view, topic, day) {
    const pages = pagesOf(topic);
    const begun = pages.filter((page) => view.sections.has(sectionId(topic, page)));
    const ids = cardsOf.get(topic.slug);
    const found = mastery(view, topic.slug, ids, day);
    const assessed = view.assessments.at(-1)?.levels[topic.slug];
    return h(
      'section',
      { class: 'study-topic-detail', 'aria-label': topic.title },
      h('h3', {}, link(topic.title, study.href(topic.url)), h('span', { class: 'study-hint' }, found.mastered ? ' ★ mastered' : ' ☆ not mastered')),
      assessed && h('p', {}, `Level ${assessed} of 5 in the last `, link('self-assessment', study.href('roadmap/assessment/')), '.'),
      pages.length > 0 && h('div', {}, number(`${topic.slug}.pages`, `${begun.length} of ${plural(pages.length, 'page')} begun`, () =>
        h('ul', { class: 'study-pages' }, pages.map((page) => pageRow(study.view(), topic, page))))),
      h('div', {}, number(`${topic.slug}.strong`, `${found.strong.length} of ${plural(ids.length, 'card')} ready on the day`, () => questionList(found.strong))),
      h('div', {}, number(`${topic.slug}.weak`, `${plural(found.weak.length, 'card')} not ready`, () => questionList(found.weak))),
      h('p', { class: 'no-print' }, confirmed(`Reset ${topic.title}`, 'Its marks, page states, probes and card schedules start anew; you can undo it. ', 'Reset', () => {
        study.act('reset', { topic: topic.slug, cards: ids });
        speech.say(`${topic.title} was reset. The undo button takes it back.`, 0);
      }, { 'data-key': `${topic.slug}.reset` })),
    );
  }

  const nameOf = (event) => {
    const topic = study.topic(event.data.topic)?.title ?? event.data.topic ?? 'a page';
    if (event.type === 'reset') return `reset of ${topic}`;
    const column = COLUMNS.find((one) => one.mark === event.data.mark);
    return column ? `${topic}, ${event.data.on ? column.done : column.open}` : `a page of ${topic}`;
  };

  function undoRow() {
    const event = lastUndoable(study.store.events, UNDOABLE);
    if (!event) return null;
    return button(`Undo: ${nameOf(event)}`, () => {
      study.undo(event.id);
      speech.say('Undone.', 0);
    }, { 'data-key': 'undo' });
  }

  function render() {
    const view = study.view();
    const planned = interviewDay(study);
    const ahead = planned && planned > study.today();
    const day = ahead ? planned : study.today();
    const slugs = facts.topics.map((topic) => topic.slug);
    const having = (mark) => slugs.filter((slug) => view.marks.get(slug)?.[mark]);
    const mastered = slugs.filter((slug) => mastery(view, slug, cardsOf.get(slug), day).mastered);
    const known = new Set(facts.topics.flatMap((topic) => pagesOf(topic).map((page) => sectionId(topic, page))));
    const gone = retired(view.sections, known);
    const summary = [...COLUMNS.map((column) => [column.mark, column.head, having(column.mark)]), ['mastered', 'Mastered', mastered]];

    fill(
      body,
      h(
        'ul',
        { class: 'study-numbers' },
        summary.map(([key, head, found]) =>
          h('li', {}, number(`sum.${key}`, `${head}: ${found.length} of ${slugs.length}`, () => [
            h('p', {}, h('b', {}, 'Done')), links(found),
            h('p', {}, h('b', {}, 'Open')), links(slugs.filter((slug) => !found.includes(slug))),
          ])),
        ),
      ),
      h(
        'table',
        { class: 'study-marks-table', role: 'table' },
        h('caption', {}, 'Press a mark to set it or to take it back.'),
        h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ['Topic', ...COLUMNS.map((one) => one.head)].map((text) => h('th', { scope: 'col', role: 'columnheader' }, text)))),
        h('tbody', { role: 'rowgroup' }, facts.topics.map((topic) =>
          h('tr', { role: 'row' }, h('th', { scope: 'row', role: 'rowheader' }, link(topic.title, study.href(topic.url))), COLUMNS.map((column) => markCell(view, topic, column))))),
      ),
      h('p', { class: 'study-row no-print' }, undoRow()),
      h('h2', { id: 'topics-in-detail' }, 'Topics in detail'),
      h(
        'p',
        {},
        'A topic is mastered when every card of it will be recalled with a chance of at least 90%, as predicted from your answers, on ',
        ahead ? `your interview day, ${day}` : 'today, because no interview day is planned',
        ', and a mock interview item of it was passed. ',
        !ahead && link('Set the day in the plan', study.href('roadmap/plan/')),
      ),
      facts.topics.map((topic) => details(view, topic, day)),
      gone.length > 0 && h('p', {}, `${plural(gone.length, 'mark')} of pages that this site no longer has are kept in your copy.`),
    );
  }

  body.before(speech.element);
  render();
  study.onChange(render);
});
