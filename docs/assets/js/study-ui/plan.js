/**
 * The dated plan: wishes in, days out, nothing to press. The address holds the wishes, so a plan
 * can be sent and works without storage; the reader's own changes are kept as well.
 *
 * An item that is ticked counts its minutes. Ticks belong to the plan they were made in (its
 * digest); in every other plan they count as work already done.
 */

import { READS } from '../study/assess.js';
import { addDays, isDay } from '../study/dates.js';
import { digest, toIcs } from '../study/ics.js';
import {
  decodeInput, DEPTH, encodeInput, FREQUENCY, FURTHER, makePlan, QUESTION_MINUTES, SCRAP, SHARES, STRETCH, weight,
} from '../study/plan.js';
import { button, choice, copyText, field, fill, focusOn, h, link, plural, saveFile, speaker, stacked } from './dom.js';
import { frame, tool } from './open.js';
import { complete, kept, levelsOf } from './plan-input.js';

export const ROLES = {
  'ml-engineer': 'ML engineer',
  'ai-engineer': 'AI engineer',
  'data-scientist': 'Data scientist',
  'research-engineer': 'Research engineer',
  mlops: 'MLOps engineer',
};
export const COMPANIES = {
  any: 'Any',
  google: 'Google',
  meta: 'Meta',
  amazon: 'Amazon',
  labs: 'OpenAI or Anthropic',
  startup: 'Startup',
};
const LEVELS = {
  1: 'Little yet',
  2: 'Words only',
  3: 'Can explain',
  4: 'Can derive',
};
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const HOURS = [0.5, 1, 1.5, 2, 3, 4, 6, 8];

const optionsOf = (table) => Object.entries(table).map(([value, label]) => ({ value, label }));

/** "Mon 2 March 2026" of a day, whatever the reader's time zone. */
const dayText = (day, more = {}) =>
  new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC', ...more,
  });
const fullDay = (day) => dayText(day, { year: 'numeric' });

const clock = (minutes) =>
  minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`;

const baseOf = (item) => item.split('@')[0].replace(/^((?:read|practise)\..+)\.\d+$/, '$1');

/** Minutes done in other plans than this one, by what they were for. */
function doneElsewhere(view, scope) {
  const done = {};
  for (const [item, minutes] of view.planDone) {
    if (item.endsWith(`@${scope}`)) continue;
    const base = baseOf(item);
    done[base] = (done[base] ?? 0) + minutes;
  }
  return done;
}

const uniform = (study, levels) => {
  const values = new Set(study.facts.topics.map((topic) => levels[topic.slug]));
  return values.size === 1 ? [...values][0] : null;
};

export const start = tool((root, study) => {
  const body = frame(root, study);
  const speech = speaker({ class: 'study-unseen' });
  const out = h('section', { class: 'study-plan', 'aria-labelledby': 'the-plan' });
  const form = h('form', { class: 'study-form no-print', onsubmit: (event) => event.preventDefault() });
  const note = h('div', { class: 'study-note no-print' });
  let input;
  let foreign = false; // the address holds a plan that is not the kept one
  let problems = [];
  let mine = false; // whether the change that is told of next was made here

  function read() {
    const address = decodeInput(location.hash);
    const own = kept(study);
    const addressed = isPlan() && Object.keys(address.input).length > 0;
    const chosen = addressed ? address : own;
    input = complete(study, chosen?.input ?? {});
    problems = isPlan() && !addressed ? address.problems : chosen?.problems ?? [];
    foreign = addressed && own !== null && encodeInput(complete(study, own.input)) !== encodeInput(input);
    if (!(input.role in ROLES)) input.role = 'ml-engineer';
    if (!(input.company in COMPANIES)) input.company = 'any';
  }

  const fragment = () => encodeInput(input);
  const isPlan = () => /^#(.*&)?v=/.test(location.hash);

  /** The reader changed a wish: what is past stays past, the rest is planned anew. */
  function change(some) {
    const begun = input.start < study.today();
    input = { ...input, ...(begun ? { start: study.today() } : {}), ...some };
    if (input.start < study.today()) input.start = study.today();
    keep();
    render(false);
    speech.say(summaryText(plan));
  }

  function keep() {
    foreign = false;
    problems = [];
    history.replaceState(history.state, '', `#${fragment()}`);
    if (study.view().plan?.fragment === fragment()) return;
    mine = true;
    study.act('plan.set', { fragment: fragment() });
  }

  let plan;
  function render(whole = true) {
    const scope = digest(fragment());
    // The plan as it was made on its first day; time that passed changes nothing but the marks.
    plan = makePlan(study.facts, { ...input, today: input.start, done: doneElsewhere(study.view(), scope) });
    // A field that is being typed into is not replaced.
    if (whole) fill(form, formOf());
    else form.querySelector('[data-key=start]').value = input.start;
    fill(note, noteOf());
    fill(out, plan.ok ? planOf(scope) : h('p', { role: 'alert', class: 'study-alert' }, trouble()));
  }

  const trouble = () =>
    input.interview <= study.today()
      ? `The interview day, ${fullDay(input.interview)}, is not ahead of us. Choose a later one.`
      : plan.message;

  function formOf() {
    const given = study.view().assessments.at(-1)?.levels;
    const same = uniform(study, input.levels);
    const assessed = !same || (given && study.facts.topics.every(({ slug }) => given[slug] === input.levels[slug]));
    const levelOptions = [
      ...(assessed || given ? [{ value: 'own', label: 'As I rated it' }] : []),
      ...optionsOf(LEVELS),
    ];
    const dates = { min: addDays(study.today(), 1) };
    return [
      h(
        'div',
        { class: 'study-grid' },
        field({
          label: 'Interview day', type: 'date', value: input.interview, key: 'interview', ...dates,
          onchange: (value) => isDay(value) && change({ interview: value }),
        }),
        choice({
          label: 'Hours a day', key: 'hours', value: String(input.hours),
          options: [...new Set([...HOURS, input.hours])].sort((a, b) => a - b).map((one) => ({ value: String(one), label: String(one) })),
          onchange: (value) => change({ hours: Number(value) }),
        }),
        choice({
          label: 'Role', key: 'role', value: input.role, options: optionsOf(ROLES),
          onchange: (role) => change({ role }),
        }),
        choice({
          label: 'Company', key: 'company', value: input.company, options: optionsOf(COMPANIES),
          onchange: (company) => change({ company }),
        }),
        choice({
          label: 'What you know', key: 'levels', options: levelOptions,
          value: assessed ? 'own' : String(same),
          onchange: (value) => change({ levels: value === 'own' ? given ?? input.levels : levelsOf(study, Number(value)) }),
        }),
        field({
          label: 'First day', type: 'date', value: input.start, key: 'start', min: study.today(),
          onchange: (value) => isDay(value) && change({ start: value }),
        }),
      ),
      h(
        'fieldset',
        { class: 'study-weekdays' },
        h('legend', {}, 'Study days'),
        WEEKDAYS.map((text, index) =>
          field({
            label: text, type: 'checkbox', checked: input.weekdays[index], key: `weekday.${index}`,
            onchange: (on) => change({ weekdays: input.weekdays.map((one, at) => (at === index ? on : one)) }),
          }),
        ),
      ),
      !given &&
        h(
          'p',
          { class: 'study-hint' },
          'More exact: ', link('rate yourself topic by topic', study.href('roadmap/assessment/')), ' (10 minutes), then come back.',
        ),
    ];
  }

  function noteOf() {
    const parts = [];
    if (problems.length) parts.push(h('p', {}, `Not understood in the address and left out: ${problems.join('; ')}.`));
    if (foreign) {
      parts.push(
        h(
          'p',
          { class: 'study-row' },
          'This plan comes from the address; your own is kept. ',
          button('Keep this one', () => { keep(); render(); speech.say('Kept.'); }),
          button('Back to mine', () => {
            history.replaceState(history.state, '', location.pathname);
            read();
            render();
          }),
        ),
      );
    }
    const today = study.today();
    if (plan.ok && input.interview < today) {
      parts.push(h('p', { role: 'alert', class: 'study-alert' }, `The interview day, ${fullDay(input.interview)}, is past. Choose a new one.`));
    } else if (plan.ok && input.start < today && input.interview > today) {
      parts.push(
        h(
          'p',
          { class: 'study-row' },
          'Days missed? What you ticked counts as done; the rest is spread over the days that are left. ',
          button('I missed days: plan again from today', () => {
            change({ start: today });
            render();
            focusOn(out.querySelector('h2'));
          }),
        ),
      );
    }
    return parts;
  }

  function summaryText(made) {
    if (!made.ok) return made.message;
    const minutes = made.days.reduce((sum, day) => sum + day.minutes, 0);
    const left = made.cut.reduce((sum, item) => sum + item.minutes, 0);
    return (
      `${plural(made.days.length, 'study day')} to ${fullDay(input.interview)}, ${clock(minutes)} in all. ` +
      (left ? `What weighs most comes first; ${clock(left)} of the rest are left out, and listed at the end.` : 'Everything fits.')
    );
  }

  function tick(item, scope, on) {
    if (!foreign) keep(); // a plan that is worked on is the reader's own, changed or not
    mine = true;
    study.act('plan.done', { item: `${item.id}@${scope}`, minutes: item.minutes, on });
    fill(note, noteOf());
  }

  /** A set of questions of one level opens with these questions alone. */
  const levelOf = ({ base }) => {
    const [, level] = base.match(/^practise\..+\.(derive|design)$/) ?? [];
    return level ? `?level=${level}` : '';
  };

  /** Whether the reader has marked the page itself, as read or more. A tick here stays the reader's. */
  const isMarked = ({ base, kind }) => kind === 'read' && study.view().sections.has(base.replace('read.', ''));

  function dayOf(day, scope, done) {
    const today = study.today();
    const when = day.date < today ? 'past' : day.date === today ? 'today' : 'ahead';
    const parts = Math.round((10 * day.minutes) / day.budget);
    const items = day.items.map((item) =>
      h(
        'li',
        {},
        h(
          'label',
          { class: 'study-tick' },
          h('input', {
            type: 'checkbox',
            checked: done.has(`${item.id}@${scope}`),
            'data-key': item.id,
            'aria-label': `Done: ${item.title}, ${item.minutes} minutes`,
            onchange: (event) => tick(item, scope, event.target.checked),
          }),
        ),
        h(
          'span',
          {},
          item.url ? link(item.title, study.href(item.url + levelOf(item))) : item.title,
          h('span', { class: 'study-hint' }, ` ${item.minutes} min${isMarked(item) ? ' · page marked' : ''}`),
        ),
      ),
    );
    return h(
      'section',
      { class: 'study-day', 'data-when': when },
      h(
        'h3',
        { id: when === 'today' ? 'today' : null },
        dayText(day.date),
        when === 'today' && ' (today)',
        h(
          'span',
          { class: 'study-hint' },
          h('span', { 'aria-hidden': 'true', class: 'study-full' }, ` ${'▰'.repeat(parts)}${'▱'.repeat(10 - parts)}`),
          ` ${day.minutes} of ${day.budget} min`,
        ),
      ),
      h('ul', {}, items),
    );
  }

  function planOf(scope) {
    const done = study.view().planDone;
    const weeks = [];
    for (const day of plan.days) {
      const week = Math.floor((Date.parse(day.date) - Date.parse(plan.days[0].date)) / (7 * 86_400_000));
      (weeks[week] ??= []).push(day);
    }
    const today = study.today();
    return [
      h('h2', { id: 'the-plan' }, `Your plan to ${fullDay(input.interview)}`),
      h('p', { class: 'study-summary' }, summaryText(plan)),
      plan.notes.filter((text) => !text.includes('do not fit')).map((text) => h('p', {}, text)),
      acts(),
      weeks.map((days, index) => {
        if (!days) return null;
        const open = days.at(-1).date >= today && (index < 2 || days.some((day) => day.date <= today));
        return h(
          'details',
          { class: 'study-week', open },
          h('summary', {}, h('span', {}, `Week ${index + 1}, from ${dayText(days[0].date)}`, h('span', { class: 'study-hint study-whole' }, ` · ${plural(days.length, 'day')}`))),
          days.map((day) => dayOf(day, scope, done)),
        );
      }),
      h('p', { class: 'study-day', 'data-when': 'interview' }, h('strong', {}, `${dayText(input.interview)}: the interview.`)),
      cutList(),
      reasons(),
    ];
  }

  function acts() {
    const said = speaker();
    const name = `ground-truth-plan-${input.interview}.ics`;
    const calendar = () =>
      toIcs(plan, {
        fragment: fragment(), now: study.now(), site: study.href(''),
        name: `Ground Truth, to ${input.interview}`, host: location.hostname || 'ground-truth',
      });
    const text = () =>
      plan.days
        .map((day) => [fullDay(day.date), ...day.items.map((item) => `  ${item.minutes} min  ${item.title}`)].join('\n'))
        .join('\n\n');
    const address = () => `${study.href('roadmap/plan/')}#${fragment()}`;
    const copy = async (what, ok) => {
      if (await copyText(what)) said.say(ok, 0);
      else {
        spare.hidden = false;
        spare.value = what;
        spare.focus();
        spare.select();
        said.say('The clipboard is closed to this page: the text stands in the field, selected.', 0);
      }
    };
    const spare = h('textarea', { rows: 4, hidden: true, readonly: true, 'aria-label': 'Text to copy' });
    const share = async () => {
      const file = new File([calendar()], name, { type: 'text/calendar' });
      const what = { title: 'Study plan', url: address() };
      try {
        await navigator.share(navigator.canShare?.({ files: [file] }) ? { ...what, files: [file] } : what);
      } catch (error) {
        if (error.name !== 'AbortError') said.say('Sharing did not work here; download or copy instead.', 0);
      }
    };
    return h(
      'div',
      { class: 'no-print study-acts' },
      h(
        'p',
        { class: 'study-row' },
        button('Add to calendar (.ics)', () => {
          if (!foreign) keep();
          saveFile(name, 'text/calendar', calendar());
          said.say('The calendar file was handed to your browser.', 0);
          advice.open = true;
        }, { class: 'md-button main', 'data-key': 'ics' }),
        'share' in navigator && button('Share', share, { 'data-key': 'share' }),
        button('Copy the link', () => copy(address(), 'The link is in the clipboard. It holds the whole plan.'), { 'data-key': 'link' }),
        button('Copy as text', () => copy(text(), 'The plan is in the clipboard.'), { 'data-key': 'text' }),
        button('Print', () => print(), { 'data-key': 'print' }),
      ),
      advice,
      spare,
      said.element,
    );
  }

  const advice = h(
    'details',
    {},
    h('summary', {}, 'How to import the calendar file'),
    h(
      'p',
      {},
      'Make a new, empty calendar first (name it "Interview") and import the file into that one. A file ' +
        'cannot take events back: when you plan again, delete that calendar and import the new file into ' +
        'another new one. On an iPhone, use Share, or send the file to yourself by mail and open it there.',
    ),
  );

  function cutList() {
    if (!plan.cut.length) return h('p', {}, 'Nothing was left out.');
    const minutes = plan.cut.reduce((sum, item) => sum + item.minutes, 0);
    return [
      h('h3', {}, `Left out: ${clock(minutes)}`),
      h('p', {}, 'The hours end before these. More hours, more days or a later date bring them back, in the order of their weight.'),
      h(
        'details',
        {},
        h('summary', {}, plural(plan.cut.length, 'item')),
        h('ul', {}, plan.cut.map((item) => h('li', {}, item.title, h('span', { class: 'study-hint' }, ` ${item.minutes} min, ${item.why.replace(`for ${input.company}`, `for ${COMPANIES[input.company]}`)}`)))),
      ),
    ];
  }

  /** The numbers behind the plan: ours, not measured, and shown. */
  function reasons() {
    const rows = study.facts.topics.map((topic) => {
      const level = input.levels[topic.slug] ?? 1;
      const company = topic.companies?.[input.company]?.frequency ?? (input.company === 'any' ? 'not chosen' : 'not listed');
      return [topic.title, company, topic.roles?.[input.role] ?? 'explain', level, weight(topic, level, input).toFixed(1)];
    });
    const list = (table) => Object.entries(table).map(([name, value]) => `${name} ${value}`).join(', ');
    return h(
      'details',
      { class: 'study-reasons' },
      h('summary', {}, 'How the plan decides, and what we assumed'),
      h(
        'p',
        {},
        'A topic weighs frequency × depth × (6 − level), and 1.5 times that if it is a foundation; what ' +
          `weighs least is left out first. Within a topic each further page (of a topic on one page, each further ${STRETCH} minutes) counts ${FURTHER} of the one before, ` +
          'so that all topics get their first pages before one gets its last. Frequency and depth are our assumptions, made from candidates’ ' +
          'reports and preparation guides:',
      ),
      h(
        'ul',
        {},
        h('li', {}, `frequency at the company: ${list(FREQUENCY)}; not listed 0.5; no company chosen 1.5`),
        h('li', {}, `depth for the role: ${list(DEPTH)}; the greatest of the words counts`),
        h('li', {}, `share of a topic’s pages that is still read: ${Object.entries(READS).map(([level, share]) => `${100 * share}% at level ${level}`).join(', ')}; ${SCRAP} minutes of a page at least`),
        h('li', {}, `minutes to answer a question and compare: ${list(QUESTION_MINUTES)}`),
        h('li', {}, `cards take ${100 * SHARES.cards}% of a day (30 minutes at most), catching up ${100 * SHARES.catchUp}% of a week’s last study day; the last day is ${100 * SHARES.lastDay}% of a day`),
      ),
      stacked('Weights of the topics', ['Topic', 'Frequency', 'Depth', 'Level', 'Weight'], rows),
    );
  }

  read();
  fill(body, form, note, speech.element, out);
  render();
  addEventListener('hashchange', () => {
    if (location.hash.slice(1) === fragment() || !isPlan()) return;
    read();
    render();
  });
  study.onChange(() => {
    if (mine) {
      mine = false;
      return;
    }
    const before = fragment();
    if (!foreign && kept(study)) input = complete(study, kept(study).input);
    if (!foreign && before !== fragment() && location.hash.length > 1) {
      history.replaceState(history.state, '', `#${fragment()}`);
    }
    render();
  });
});
