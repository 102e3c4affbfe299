/**
 * The self-assessment: sixty tasks, a probe question for each claim, the path from the profile.
 *
 * What is chosen is kept at once (the setting `assessment-draft`); a result is kept when the reader
 * asks for the path.
 */

import { band, gaps, path, total } from '../study/assess.js';
import { change } from '../study/views.js';
import { encodeInput } from '../study/plan.js';
import { button, confirmed, fill, focusOn, h, link, plural, radios, speaker, stacked } from './dom.js';
import { frame, tool } from './open.js';
import { defaults, kept } from './plan-input.js';

const DRAFT = 'assessment-draft';
const WORDS = ['never seen', 'know the words', 'can explain', 'can derive', 'can teach'];
const PATHS = {
  sequential: ['Path A, all topics in order', 'path-a-the-sequential-scholar'],
  targeted: ['Path B, the weak topics first', 'path-b-the-targeted-sprinter'],
  practice: ['Path B, shortened', 'path-b-the-targeted-sprinter'],
  review: ['Path C, review and mock interviews', 'path-c-the-reviewer'],
};
const CLAIMS = { passed: 'shown', failed: 'not shown', open: 'not tried', none: 'no probe at level 1' };

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const isLevel = (level) => [1, 2, 3, 4, 5].includes(level);

/** Ratings that were chosen and are not finished; else those of the last assessment. */
function draft(view, facts) {
  const stored = view.settings.get(DRAFT);
  const levels = stored && typeof stored === 'object' ? stored : view.assessments.at(-1)?.levels ?? {};
  const known = new Set(facts.topics.map((topic) => topic.slug));
  return Object.fromEntries(
    Object.entries(levels).filter(([slug, level]) => known.has(slug) && isLevel(level)),
  );
}

const equal = (a, b) => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

export const start = tool((root, study) => {
  const { facts } = study;
  const body = frame(root, study);
  const speech = speaker({ class: 'study-total' });
  let levels = draft(study.view(), facts);

  const result = h('section', { class: 'study-result', 'aria-labelledby': 'your-result', hidden: true });
  const sum = h('span', {});
  const show = button('Show my path', finish, { class: 'md-button main', 'data-key': 'show' });
  const bar = h('div', { class: 'study-bar' }, sum, show);
  const topics = new Map();

  function choose(slug, level) {
    levels = { ...levels, [slug]: level };
    study.act('setting.set', { key: DRAFT, value: levels });
    topics.get(slug).probe(level);
    summary(true);
    if (!result.hidden) showResult();
  }

  function summary(aloud = false) {
    const { sum: points, rated, of } = total(facts, levels);
    const found = rated === of ? band(points) : null;
    const text = found
      ? `Total ${points} of ${5 * of}: ${found.time}`
      : `${rated} of ${of} rated, ${plural(points, 'point')} so far`;
    sum.textContent = text;
    if (aloud) speech.say(`${text}.`, 700);
    show.disabled = rated === 0;
  }

  function build() {
    topics.clear();
    return facts.topics.map((topic) => {
      const place = h('div', { class: 'study-probe' });
      const before = study.view().assessments.at(-1)?.levels[topic.slug];
      const set = radios({
        legend: [topic.title, before ? h('span', { class: 'study-hint' }, ` last time: ${before}`) : null],
        name: `level-${topic.slug}`,
        key: topic.slug,
        class: 'study-topic',
        value: String(levels[topic.slug] ?? ''),
        options: topic.tasks.map((task, index) => ({
          value: String(index + 1),
          label: [h('b', {}, `${index + 1} `), capital(task)],
        })),
        onchange: (value) => choose(topic.slug, Number(value)),
      });
      set.append(place);
      topics.set(topic.slug, { probe: (level) => probe(study, place, topic, level, () => !result.hidden && showResult()) });
      topics.get(topic.slug).probe(levels[topic.slug]);
      return set;
    });
  }

  /** Keep the result, show it, go there. */
  function finish() {
    const last = study.view().assessments.at(-1);
    if (!last || !equal(last.levels, levels)) study.act('assessment.done', { levels });
    showResult();
    focusOn(result.querySelector('h2'));
    result.scrollIntoView({ block: 'start' });
  }

  function showResult() {
    result.hidden = false;
    fill(result, resultOf(study, levels, restart));
  }

  function restart() {
    levels = {};
    study.act('setting.set', { key: DRAFT, value: {} });
    result.hidden = true;
    fill(list, build());
    summary();
    focusOn(list);
  }

  const list = h('div', { 'aria-label': 'Your levels', role: 'group' }, build());
  fill(body, list, bar, speech.element, result);
  summary();

  study.onChange(() => {
    const now = draft(study.view(), facts);
    if (equal(now, levels)) return;
    levels = now; // another tab, or a copy that was read
    fill(list, build());
    summary();
    if (!result.hidden) showResult();
  });
});

/** The question that tests a claim: answer it first, then compare with its rubric. */
function probe(study, place, topic, level, changed) {
  const id = topic.probes?.[level];
  const question = id && study.question(id);
  if (!question) {
    place.replaceChildren();
    return;
  }
  const inside = h('div', {});
  const state = h('span', { class: 'study-hint' });
  const verdicts = [true, false].map((passed) =>
    button(passed ? 'I had it' : 'I did not', () => {
      study.act('probe.answered', { topic: topic.slug, level, question: id, passed });
      told();
      changed();
    }),
  );

  function told() {
    const found = study.view().probes.get(id);
    state.textContent = found ? (found.passed ? ' · shown' : ' · not shown yet') : '';
    verdicts.forEach((one, index) =>
      one.setAttribute('aria-pressed', String(found ? found.passed === (index === 0) : false)),
    );
  }

  async function load() {
    if (inside.childElementCount) return;
    fill(inside, h('p', {}, 'Loading the checks.'));
    let checks;
    try {
      const card = await study.card(id);
      checks = [
        h('p', {}, 'A good answer:'),
        h('ul', {}, (card?.checks ?? []).map(([html]) => h('li', { innerHTML: html }))),
        card?.fatal?.length > 0 && [
          h('p', {}, 'It fails when it:'),
          h('ul', {}, card.fatal.map((html) => h('li', { innerHTML: html }))),
        ],
      ];
    } catch {
      checks = [h('p', { role: 'alert' }, 'The checks could not be loaded; the link leads to the answer.')];
    }
    fill(
      inside,
      checks,
      h('p', {}, link('The whole answer', study.href(question.url), { target: '_blank', rel: 'noopener' }), ' (opens a tab)'),
      h('p', { class: 'study-row' }, verdicts),
    );
  }

  const details = h(
    'details',
    { ontoggle: () => details.open && load() },
    h('summary', {}, h('span', {}, 'Check it: ', question.title ?? id, state)),
    h('p', { class: 'study-hint' }, 'Say your answer aloud first, without a page.'),
    inside,
  );
  fill(place, details);
  told();
}

function resultOf(study, levels, restart) {
  const { facts } = study;
  const view = study.view();
  const { sum, rated, of } = total(facts, levels);
  const found = rated === of ? band(sum) : null;
  const steps = path(facts, levels, view.probes);
  const diff = change(view.assessments);
  const planned = encodeInput({
    ...defaults(study),
    ...kept(study)?.input,
    start: study.today(),
    levels: effective(facts, levels, view),
  });
  const weak = steps.filter((step) => step.kind === 'study');
  const strong = steps.filter((step) => step.kind === 'review');

  return [
    h('h2', { id: 'your-result' }, 'Your path'),
    found
      ? h(
          'p',
          {},
          h('strong', {}, `${sum} of ${5 * of}`),
          `: ${found.time} of study. `,
          link(PATHS[found.id][0], study.href(`roadmap/paths/#${PATHS[found.id][1]}`)),
          ' is the usual one for this total; the order below is made from your own levels.',
        )
      : h('p', {}, `${rated} of ${of} topics are rated. The others count as level 1 until you rate them.`),
    view.assessments.length > 1 && changes(study, view, diff),
    h(
      'p',
      { class: 'study-row no-print' },
      link('Make my plan', `${study.href('roadmap/plan/')}#${planned}`, {
        class: 'md-button main',
        'data-key': 'plan',
        onclick: () => study.act('plan.set', { fragment: planned }),
      }),
      button('Print', () => print()),
      confirmed('Rate again from nothing', 'The result stays in your history. ', 'Start again', restart),
    ),
    weak.length > 0 && [
      h('h3', {}, 'Study, in this order'),
      h('ol', { class: 'study-path' }, weak.map((step) => stepOf(study, step))),
    ],
    strong.length > 0 && [
      h('h3', {}, 'Review only'),
      h('ul', { class: 'study-path' }, strong.map((step) => stepOf(study, step))),
    ],
    h('h3', {}, 'Claim and probe'),
    table(study, levels, view),
    h(
      'p',
      { class: 'study-hint' },
      'A probe that failed takes one level off the claim, in this path and in the plan. A total or a ' +
        'path says what to do next; neither says that you are ready.',
    ),
  ];
}

/** The levels that the path uses: a failed probe takes one off. */
const effective = (facts, levels, view) =>
  Object.fromEntries(gaps(facts, levels, view.probes).map(({ slug, level }) => [slug, level]));

const stepOf = (study, step) =>
  h(
    'li',
    {},
    link(step.title, study.href(step.url)),
    `: ${step.why}. About ${hours(step.minutes)}`,
    step.after.length > 0 && `, after ${step.after.map((slug) => study.topic(slug)?.title ?? slug).join(', ')}`,
    '.',
  );

const hours = (minutes) => (minutes < 60 ? `${minutes} minutes` : `${(minutes / 60).toFixed(1)} hours`);

function table(study, levels, view) {
  const rows = gaps(study.facts, levels, view.probes).map((gap) => {
    const question = gap.probe && study.question(gap.probe);
    return [
      study.topic(gap.slug).title,
      `${gap.claim}, ${WORDS[gap.claim - 1]}${levels[gap.slug] ? '' : ' (not rated)'}`,
      question ? link(question.title, study.href(question.url)) : 'none',
      `${CLAIMS[gap.result]}${gap.result === 'failed' ? `: counts as ${gap.level}` : ''}`,
    ];
  });
  return stacked('Claims and probes', ['Topic', 'Claim', 'Probe', 'Gap'], rows);
}

function changes(study, view, diff) {
  const [before, after] = view.assessments.slice(-2);
  const moved = Object.entries(diff ?? {}).filter(([slug, by]) => by && study.topic(slug));
  const by = after.total - before.total;
  return [
    h('p', {}, `Since ${before.day}: ${by > 0 ? '+' : ''}${by} points (${before.total} to ${after.total}).`),
    moved.length > 0 &&
      h('ul', {}, moved.map(([slug, one]) =>
        h('li', {}, `${study.topic(slug).title}: ${one > 0 ? 'up' : 'down'} ${Math.abs(one)}, now ${after.levels[slug]}`),
      )),
  ];
}
