/**
 * Marks at the end of a topic's pages. This file imports nothing: it reads the stored log as it
 * lies there, and loads the store when a button is pressed.
 */

/** The last state of a topic's mark or a page's state, undone and reset events left out. */
export function readMarks(prefix, topic, section, storage) {
  const events = new Map();
  for (let index = 0; index < storage.length; index += 1) {
    const key = storage.key(index);
    if (!key.startsWith(`${prefix}log.`)) continue;
    const text = storage.getItem(key);
    if (!/"(mark\.set|section\.set|assessment\.done|reset|undo)"/.test(text)) continue;
    try {
      for (const event of JSON.parse(text)) {
        if (['mark.set', 'section.set', 'assessment.done', 'reset', 'undo'].includes(event?.type)) {
          events.set(event.id, event);
        }
      }
    } catch {
      // The store puts it aside when it is opened.
    }
  }
  const sorted = [...events.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const gone = new Set();
  for (const event of [...sorted].reverse()) {
    if (event.type === 'undo' && !gone.has(event.id)) gone.add(event.data.of);
  }
  let [marks, state] = [{}, 'none'];
  for (const { id, type, data } of sorted) {
    if (gone.has(id)) continue;
    if (type === 'mark.set' && data.topic === topic) marks[data.mark] = data.on;
    else if (type === 'section.set' && data.section === section) state = data.state;
    else if (type === 'assessment.done' && data.levels?.[topic]) marks.assessed = true;
    else if (type === 'reset' && data.topic === topic) [marks, state] = [{}, 'none'];
  }
  return { marks, state };
}

const TOPIC = { read: 'read', practised: 'practiced', cheat: 'cheat sheet memorized', mock: 'mock interview passed' };
const SECTION = { read: 'read', practised: 'practiced', explain: 'can explain' };

export function start(rows, base) {
  const root = new URL('..', base);
  const prefix = `ground-truth:${root.pathname.replace(/\/*$/, '/')}:`;
  let opening;
  for (const row of rows) {
    const { topic, section, only } = row.dataset;
    const names = section ? SECTION : only ? { [only]: TOPIC[only] } : TOPIC;
    const said = document.createElement('span');
    said.setAttribute('role', 'status');
    let on = () => false;

    const show = () => {
      let found = { marks: {}, state: 'none' };
      try {
        found = readMarks(prefix, topic, section, localStorage);
      } catch {
        // No storage: the marks of this visit are in the store, if it was opened.
      }
      on = (name) => (section ? found.state === name : found.marks[name] === true);
      paint();
    };
    const paint = () => {
      for (const [name, one] of buttons) {
        one.setAttribute('aria-pressed', String(on(name)));
        one.textContent = `${on(name) ? '✓' : '○'} ${names[name]}`;
      }
    };
    const press = async (name) => {
      const now = !on(name);
      opening ??= import('./open-store.js').then((module) => module.openStore(root));
      let store;
      try {
        store = await opening;
      } catch {
        opening = undefined;
        said.textContent = 'This could not be loaded. Try again when you are online.';
        return;
      }
      if (section) store.append('section.set', { section, topic, state: now ? name : 'none' });
      else store.append('mark.set', { topic, mark: name, on: now });
      const before = on;
      on = (other) => (other === name ? now : section && now ? false : before(other));
      paint();
      said.textContent = store.status.text || 'Kept.';
    };

    const buttons = Object.keys(names).map((name) => {
      const one = document.createElement('button');
      one.type = 'button';
      one.className = 'md-button';
      one.addEventListener('click', () => press(name));
      return [name, one];
    });
    const label = document.createElement('span');
    label.textContent = section ? 'This page: ' : 'This topic: ';
    const more = document.createElement('a');
    more.href = new URL('roadmap/progress/', root).href;
    more.textContent = 'Your progress';
    row.setAttribute('role', 'group');
    row.setAttribute('aria-label', section ? 'Marks for this page' : 'Marks for this topic');
    row.replaceChildren(label, ...buttons.map(([, one]) => one), more, said);
    show();
    addEventListener('storage', (event) => {
      if (event.key === null || event.key.startsWith(`${prefix}log.`)) show();
    });
  }
}
