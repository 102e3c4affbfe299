/**
 * Copies of the progress: how safe it is, saving a copy, reading one back, deleting all.
 *
 *   copyPanel(study)   the panel that stands under every tool. `frame()` in open.js adds it.
 *
 * Reading a copy never overwrites: what it would add is shown first, row by row where a row is
 * refused, and then merged by event id.
 */

import { localDay } from '../study/dates.js';
import { copyState, exportText, preview } from '../study/merge.js';
import { button, confirmed, copyText, fill, focusOn, freshId, h, plural, saveFile, speaker } from './dom.js';

/** Safari, and every browser on iOS, deletes what a site stored after seven days without a visit. */
const evicts = () =>
  navigator.vendor === 'Apple Computer, Inc.' && !matchMedia('(display-mode: standalone)').matches;

const KINDS = {
  'mark.set': 'marks of topics',
  'section.set': 'marks of pages',
  'assessment.done': 'self-assessments',
  'probe.answered': 'probe questions',
  'card.review': 'answers to cards',
  'card.suspend': 'cards set aside',
  'card.report': 'reports on cards',
  'plan.set': 'plans',
  'plan.done': 'plan items done',
  'mock.act': 'steps of mock interviews',
  'ladder.act': 'steps of derivations',
  'setting.set': 'settings',
  'backup.saved': 'notes of saved copies',
  reset: 'resets',
  undo: 'undone steps',
};
const SHOWN = 50;

export function copyPanel(study) {
  const { store } = study;
  const speech = speaker();
  const line = h('p', { class: 'study-copy-line' });
  const reader = h('div', { class: 'study-import' });
  const file = h('input', {
    type: 'file',
    accept: '.json,application/json,text/plain',
    id: freshId('copy'),
    onchange: async () => {
      const [chosen] = file.files;
      if (chosen) show(await chosen.text());
      file.value = '';
    },
  });
  const paste = h('textarea', { rows: 3, id: freshId('paste'), spellcheck: 'false' });

  const name = () => `ground-truth-progress-${localDay(study.now(), study.zone())}.json`;

  function save() {
    study.act('backup.saved', { events: store.events.length });
    saveFile(name(), 'application/json', exportText(store, study.now()));
    speech.say('A copy was handed to your browser as a file.', 0);
  }

  async function asText() {
    const text = exportText(store, study.now());
    if (await copyText(text)) {
      study.act('backup.saved', { events: store.events.length });
      speech.say('The copy is in the clipboard. Paste it into a note or a mail to yourself.', 0);
    } else {
      paste.value = text;
      paste.focus();
      paste.select();
      speech.say('The clipboard is closed to this page: the copy stands in the field, selected.', 0);
    }
  }

  /** What a copy would do, before it does anything. */
  function show(text) {
    const found = preview(text, store.events);
    const heading = h('p', { class: 'study-import-result' }, found.message);
    const counts = Object.entries(found.counts);
    const close = button('Close', () => done(''));
    fill(
      reader,
      heading,
      counts.length > 0 &&
        h('ul', {}, counts.map(([type, count]) => h('li', {}, `${KINDS[type] ?? type}: ${count}`))),
      found.rejected.length > 0 && [
        h('p', {}, `Left out, with the reason${found.rejected.length > SHOWN ? ` (the first ${SHOWN})` : ''}:`),
        h(
          'ul',
          { class: 'study-rejected' },
          found.rejected
            .slice(0, SHOWN)
            .map(({ row, id, reason }) => h('li', {}, `row ${row}${id ? ` (${id.slice(0, 20)})` : ''}: ${reason}`)),
        ),
      ],
      h(
        'p',
        { class: 'study-row' },
        found.fresh.length > 0 &&
          button(`Add ${plural(found.fresh.length, 'entry', 'entries')}`, () => {
            const added = store.merge(found.fresh);
            done(`${plural(added, 'entry was', 'entries were')} added. Nothing was overwritten.`);
          }),
        found.ok && !found.fresh.length && h('span', {}, 'Everything in it is already here. '),
        close,
      ),
    );
    focusOn(heading);
  }

  function done(text) {
    reader.replaceChildren();
    focusOn(summary);
    speech.say(text, 0);
  }

  function age() {
    const state = copyState(store.events, study.now(), study.zone(), { evicts: evicts() });
    const changes = plural(state.unsaved, 'change is', 'changes are');
    const last = state.last
      ? `Last saved copy: ${localDay(Date.parse(state.last), study.zone())}. `
      : 'Last saved copy: none. ';
    const rest =
      { none: 'Nothing to lose yet.', saved: 'Everything is in it.' }[state.level] ??
      `${changes} in this browser only.`;
    const advice = ['remind', 'warn'].includes(state.level)
      ? ` The oldest is ${plural(state.age, 'day')} old: save a copy.`
      : '';
    line.dataset.level = state.level;
    fill(line, last + rest + advice);
    seven.hidden = !(state.sevenDays || state.level === 'warn');
    const apart = store.aside;
    aside.hidden = !apart.length;
    fill(
      aside,
      h('p', {}, 'What could not be read was put aside, and goes into every copy:'),
      h('ul', {}, apart.map(({ key, reason }) => h('li', {}, h('code', {}, key), ` ${reason}`))),
    );
  }

  const summary = h('summary', {}, 'Save, move or delete your progress');
  const seven = h(
    'p',
    { class: 'study-seven' },
    'Safari, and every browser on an iPhone or iPad, deletes what a site has stored when you use ' +
      'the browser for seven days without visiting it. A saved copy brings everything back.',
  );
  const aside = h('div', {});
  const panel = h(
    'section',
    { class: 'study-copies', 'aria-label': 'Your progress in this browser' },
    line,
    seven,
    h(
      'details',
      {},
      summary,
      h('p', {}, 'Your progress is kept in this browser and nowhere else. A copy moves it to another one.'),
      h('p', { class: 'study-row' }, button('Save a copy', save), button('Copy it as text', asText)),
      h('p', {}, h('label', { for: file.id }, 'Read a copy from a file '), h('br'), file),
      h('p', {}, h('label', { for: paste.id }, 'or paste its text here '), paste),
      h('p', { class: 'study-row' }, button('Look at what it holds', () => show(paste.value))),
      reader,
      aside,
      h(
        'p',
        {},
        confirmed(
          'Delete all progress in this browser',
          'This cannot be undone without a saved copy. ',
          'Delete everything',
          () => {
            store.wipe();
            speech.say('Everything was deleted from this browser.', 0);
          },
        ),
      ),
    ),
    speech.element,
  );
  study.onChange(age);
  age();
  return panel;
}
