/** The page with all derivations: how each one went last time, and what waits as cards. */

import { finished, resume, summary } from '../study/ladder.js';
import { button, fill, h, link, plural } from './dom.js';
import { frame, tool } from './open.js';

const anchor = (name) => `derivation-${name.replace(/[/_]/g, '-')}`;

function words(name, steps, acts) {
  const state = resume({ name, steps }, acts);
  const { clean, hinted, failed } = summary(state);
  if (finished(state)) return `done: ${clean} alone, ${hinted} with hints, ${failed} to come back`;
  return state.at > 1 ? `under way, at line ${state.at + 1} of ${steps}` : 'begun';
}

export const start = tool((root, study) => {
  const items = new Map();
  for (const item of document.querySelectorAll('article li')) {
    const target = item.querySelector('a')?.hash.slice(1) ?? '';
    const lines = /\((\d+)\s+lines/.exec(item.textContent);
    if (target.startsWith('derivation-') && lines) {
      const note = h('em', { class: 'derivation-state' });
      item.append(' ', note);
      items.set(target, { item, note, steps: Number(lines[1]) });
    }
  }
  const body = frame(root, study);
  const show = () => {
    const { ladders, cards } = study.view();
    let begun = 0;
    let done = 0;
    for (const { note } of items.values()) note.textContent = '';
    for (const [name, acts] of ladders) {
      const found = items.get(anchor(name));
      if (!found || acts.every(({ type }) => type === 'variant')) continue;
      const text = words(name, found.steps, acts);
      found.note.textContent = text;
      begun += 1;
      if (text.startsWith('done')) done += 1;
    }
    const waiting = [...cards.values()].filter((card) => card.id.startsWith('step.') && card.memory && !card.suspended);
    const due = waiting.filter(({ memory }) => memory.dueAt !== null || memory.due <= study.today()).length;
    const todo = [...items.values()].filter(({ note }) => !note.textContent.startsWith('done'));
    fill(body,
      h('p', {}, `You have finished ${done} of ${plural(items.size, 'derivation')}`, begun > done ? `, and ${begun - done} under way. ` : '. ',
        waiting.length > 0 && [`${plural(waiting.length, 'line')} you could not give ${waiting.length === 1 ? 'is' : 'are'} among your `,
          link('flash cards', study.href('practice/flash-cards/')), `, ${due} due.`]),
      todo.length > 0 && h('p', { class: 'study-row' }, button('Open one at random', () => {
        location.href = todo[Math.floor(Math.random() * todo.length)].item.querySelector('a').href;
      }, { class: 'md-button main', 'data-key': 'random' })));
  };
  study.onChange(show);
  show();
});
