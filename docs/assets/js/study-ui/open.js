/**
 * One store for all tools of a page, with what surrounds it.
 *
 *   export const start = tool(async (root, study) => { ... });
 *     what site.js calls; `root` is the element with `data-tool`. The stylesheet is there, the facts
 *     are loaded; when something fails the reader is told, and what stands in the page stays.
 *
 *   study.store            the store of study/store.js
 *   study.facts            the facts of the site
 *   study.part(topic)      promise of a topic's part of the deck, {cards, steps}, loaded once
 *   study.card(id)         promise of a card of the deck, or undefined
 *   study.view()           the log replayed (views.js), brought up to date after a change: do not
 *                          keep it across one
 *   study.act(type, data)  append an event; returns it
 *   study.undo(id)         take an event back
 *   study.onChange(f)      f() after every change, here or in another tab, once per frame at most,
 *                          and when a page that was left open is looked at on a later day;
 *                          returns a function that stops it
 *   study.now() .zone() .today()     through dates.js
 *   study.href(path)       an address from the site's root (`topics/x/`) for a link
 *   study.topic(slug) .question(id)  from the facts, or undefined
 *   study.banner()         element that shows what is wrong with the storage; role=status
 *   frame(root, study, {copies = true})   puts banner, a body and the panel of copies into `root`
 *                          and returns the body: render there
 */

import { systemClock, today } from '../study/dates.js';
import { extend, replay } from '../study/views.js';
import { copyPanel } from './copy-panel.js';
import { button, fill, h } from './dom.js';
import { guardKeys } from './keys.js';
import { openStore } from './open-store.js';

let opened = null;
const loading = new Map();

/** JSON of the site, fetched once. */
function load(address) {
  if (!loading.has(address)) {
    const promise = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.json();
    });
    promise.catch(() => loading.delete(address));
    loading.set(address, promise);
  }
  return loading.get(address);
}

function styles(base) {
  const href = new URL('css/study.css', base).href;
  if ([...document.querySelectorAll('link[rel=stylesheet]')].some((one) => one.href === href)) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    document.head.append(h('link', { rel: 'stylesheet', href, onload: resolve, onerror: resolve }));
  });
}

async function open(base) {
  const root = new URL('..', base).href;
  const [facts] = await Promise.all([load(new URL('facts.json', base).href), styles(base)]);
  const store = openStore(root);
  const topics = new Map(facts.topics.map((topic) => [topic.slug, topic]));
  const questions = new Map(facts.questions.map((question) => [question.id, question]));
  const redirects = Object.fromEntries(
    Object.entries(facts.redirects ?? {}).filter(([, successor]) => successor),
  );
  let seen = null;
  let view = null;
  let day = today();
  const daily = new Set(); // who is told of a new day
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || today() === day) return;
    day = today();
    for (const listener of daily) listener();
  });
  const study = {
    base,
    store,
    facts,
    part: (topic) => load(new URL(`deck/${topic}.json`, base).href),
    async card(id) {
      const topic = questions.get(id)?.topic;
      return topic && (await study.part(topic)).cards.find((one) => one.id === id);
    },
    view() {
      if (seen === store.events) return view;
      const known = seen?.length ?? 0;
      const added = store.events.slice(known);
      const grown = known > 0 && store.events[known - 1] === seen[known - 1];
      const far = added.some((event) => event.type === 'undo');
      view = grown && !far ? extend(view, added, redirects) : replay(store.events, redirects);
      seen = store.events;
      return view;
    },
    act: (type, data) => store.append(type, data),
    undo: (id) => store.undo(id),
    onChange(listener) {
      let waiting = false;
      const stop = store.subscribe(() => {
        if (waiting) return;
        waiting = true;
        queueMicrotask(() => {
          waiting = false;
          listener();
        });
      });
      daily.add(listener);
      return () => {
        stop();
        daily.delete(listener);
      };
    },
    now: () => systemClock.now(),
    zone: () => systemClock.zone(systemClock.now()),
    today: () => today(),
    href: (path) => new URL(path, root).href,
    topic: (slug) => topics.get(slug),
    question: (id) => questions.get(id),
    banner: () => banner(study),
  };
  return study;
}

/** The study of this page; opened once. `base` is the address of the assets. */
export function openStudy(base) {
  opened ??= open(base).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

function banner(study) {
  const element = h('div', { class: 'study-banner', role: 'status' });
  let shown = null;
  const show = () => {
    const { kind, text } = study.store.status;
    if (kind === shown) return;
    shown = kind;
    element.dataset.kind = kind;
    element.hidden = !kind;
    fill(
      element,
      kind && h('p', {}, text),
      kind === 'full' && button('Try to store it again', () => study.store.retry()),
      kind === 'newer' && button('Reload the page', () => location.reload()),
    );
  };
  study.onChange(show);
  show();
  return element;
}

export function frame(root, study, { copies = true } = {}) {
  const body = h('div', { class: 'study-body' });
  root.classList.add('study');
  root.replaceChildren(study.banner(), body, ...(copies ? [copyPanel(study)] : []));
  return body;
}

/** @param {(root: HTMLElement, study: Object) => void|Promise<void>} build */
export const tool = (build) => async (roots, base) => {
  guardKeys();
  for (const root of roots) {
    try {
      await build(root, await openStudy(base));
    } catch (error) {
      root.replaceChildren(
        h(
          'p',
          { role: 'alert' },
          'This tool could not start; your progress is untouched. What stands below works without it. ',
          button('Reload', () => location.reload()),
        ),
      );
      throw error;
    } finally {
      root.dataset.ready = '';
    }
  }
};
