/**
 * Practice of derivations, kept: loaded by pages with a derivation, small until it is used.
 * What is done on a line is recorded by derivation-record.js.
 */

import { stored } from './stored.js';

function button(text, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'md-button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

export async function start(found, base) {
  if (found[0].matches('[data-tool]')) {
    (await import('./derivation-list.js')).start(found, base);
    return;
  }
  for (const root of found) {
    const name = root.dataset.derivation;
    const bar = root.querySelector('.practice-bar');
    if (!bar) continue;
    let recording;
    let resuming = false;
    const record = () => {
      recording ??= import('./derivation-record.js').then((module) => module.record(root, base));
      return recording;
    };
    // Capture: before the page's own listener changes what is shown.
    bar.addEventListener('click', (event) => {
      if (resuming || !event.target.closest('button') || event.target.dataset.act === 'continue') return;
      record().then((one) => one.began());
    });
    root.addEventListener('line-shown', ({ target, detail }) =>
      target === root && record().then((one) => one.shown(detail.line - 1)));
    root.addEventListener('variant-answered', ({ detail }) => record().then((one) => one.variant(detail)));

    if (root.classList.contains('practising')) record().then((one) => one.began()); // pressed before

    const acts = stored(base, '"ladder.act"')
      .filter(({ type, data }) => type === 'ladder.act' && data.derivation === name)
      .map(({ data }) => data.act);
    const variants = root.querySelectorAll('.variant');
    for (const { type, number, right } of acts) {
      if (type === 'variant' && right && variants[number - 1]) variants[number - 1].dataset.had = '';
    }
    if (acts.every(({ type }) => type === 'variant')) continue;
    const { finished, resume, summary } = await import('../study/ladder.js');
    const steps = root.querySelectorAll('li.step').length;
    const state = resume({ name, steps }, acts);
    const said = bar.querySelector('[role=status]');
    if (finished(state)) {
      const { clean, hinted, failed } = summary(state);
      said.textContent = `Last time: ${clean} alone, ${hinted} with hints, ${failed} to come back.`;
    } else if (state.at > 1 && state.at < steps) {
      const again = button(`Go on at line ${state.at + 1}`, async () => {
        const one = await record();
        resuming = true;
        one.goOn();
        resuming = false;
        again.remove();
      });
      again.dataset.act = 'continue';
      said.before(again);
    }
  }
}
