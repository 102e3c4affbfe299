/**
 * Records the practice of one derivation, line by line, beside derivation.js, which hides and shows.
 *
 * A line with typical wrong moves is chosen among them; any other line the reader judges after
 * seeing it. A line that was not had comes back as a flash card. Every act is stored at once.
 */

import { AGAIN, reviewData } from '../study/cards.js';
import { finished, resume, stepCard, summary } from '../study/ladder.js';
import { button, fill, focusOn, h, link, plural } from './dom.js';
import { openStudy } from './open.js';

/** A fixed, fair order of the choices of a line. */
function shuffled(list, seed) {
  let value = 2166136261;
  for (const sign of seed) value = Math.imul(value ^ sign.codePointAt(0), 16777619);
  return list
    .map((one, index) => [Math.imul((value + index * 0x6d2b79f5) | 0, 2654435761) >>> 0, one])
    .sort((a, b) => a[0] - b[0])
    .map(([, one]) => one);
}

class Record {
  constructor(root, study) {
    this.root = root;
    this.study = study;
    this.name = root.dataset.derivation;
    this.steps = [...root.querySelectorAll('li.step')];
    this.status = root.querySelector('.practice-bar [role=status]');
    root.classList.add('study');
    this.steps.forEach((step, index) => {
      step.querySelector('[data-act=hint]')?.addEventListener('click', () => this.hint(index));
    });
  }

  get state() {
    const acts = this.study.view().ladders.get(this.name) ?? [];
    return resume({ name: this.name, steps: this.steps.length }, acts);
  }

  act(act) {
    return this.study.act('ladder.act', { derivation: this.name, act });
  }

  /** A formula was checked. The first right one is kept, and every wrong one before it. */
  variant({ number, right }) {
    const acts = this.study.view().ladders.get(this.name) ?? [];
    const before = acts.some((act) => act.type === 'variant' && act.number === number && act.right);
    if (!before) this.act({ type: 'variant', number, right });
    if (right) this.root.querySelectorAll('.variant')[number - 1].dataset.had = '';
  }

  /** The reader pressed "Practice", "Start over" or "Show it whole". */
  began() {
    for (const one of this.root.querySelectorAll('.line-choice, .line-judged')) one.remove();
    if (!this.root.classList.contains('practising')) return;
    const { state } = this;
    if (state.at > 1 || state.lines[1]?.hints || state.lines[1]?.wrong.length) this.act({ type: 'restart' });
    this.offerChoices();
  }

  /** Show what is done already, and go on behind it. */
  goOn() {
    const { state } = this;
    this.replaying = true;
    this.root.querySelector('.practice-bar button').click();
    for (let index = 1; index < state.at; index += 1) this.showLine(index);
    this.replaying = false;
    this.offerChoices();
  }

  showLine(index) {
    this.steps[index].querySelector('.step-acts button:not([data-act])')?.click();
  }

  hint(index) {
    if (!this.replaying && this.state.at === index) this.act({ type: 'hint' });
  }

  /** Where the page knows typical wrong moves, the next line is chosen. */
  offerChoices() {
    const { state } = this;
    this.steps.forEach((step, index) => {
      const moves = [...step.querySelectorAll('details.wrong-move')];
      if (index < Math.max(1, state.at) || !moves.length || step.querySelector('.line-choice')) return;
      const formula = (element) => element.querySelector('.math-block')?.cloneNode(true);
      const options = [
        { move: 'right', formula: formula(step.querySelector('.step-line')) },
        ...moves.map((element, move) => ({ move, formula: formula(element), element })),
      ].filter((one) => one.formula);
      const said = h('div', { class: 'line-said', role: 'status' });
      const buttons = shuffled(options, `${this.name}:${index}`).map((option) => {
        const made = button('', () => this.choose(index, option, made, said), { class: 'md-button line-option' });
        made.append(option.formula);
        return made;
      });
      step.querySelector('.step-acts').append(
        h('div', { class: 'line-choice', role: 'group', 'aria-label': `Which line follows? Line ${index + 1}` },
          h('p', {}, 'Write it first, then choose which line follows:'), buttons, said));
    });
  }

  choose(index, option, made, said) {
    this.catchUp(index);
    if (option.move === 'right') {
      if (this.state.at === index) this.act({ type: 'choose', move: 'right' });
      this.showLine(index); // comes back as `shown`
      return;
    }
    this.act({ type: 'choose', move: option.move });
    made.disabled = true;
    const why = option.element.cloneNode(true);
    why.querySelectorAll('summary, .math-block').forEach((one) => one.remove());
    fill(said, h('p', {}, h('strong', {}, 'This breaks: ')), ...why.childNodes);
  }

  /** Lines that the reader passed without a word were shown. */
  catchUp(index) {
    for (let { at } = this.state; at < index; at += 1) {
      this.root.querySelectorAll('.line-judged.asking').forEach((one) => one.remove());
      if (!this.state.lines[at].done) this.act({ type: 'reveal' });
      this.act({ type: 'next' });
    }
  }

  /** The page shows a line. */
  shown(index) {
    if (this.replaying) return;
    this.catchUp(index);
    const { state } = this;
    if (state.at !== index) return;
    const line = state.lines[index];
    const step = this.steps[index];
    if (line.done) {
      this.judged(index, line.wrong.length === 0);
      return;
    }
    const box = h('p', { class: 'line-judged asking study-row' }, h('span', {}, 'Did you have it?'));
    const judge = (had) => {
      box.remove();
      this.act(had ? { type: 'choose', move: 'right' } : { type: 'reveal' });
      this.judged(index, had && !line.wrong.length);
    };
    box.append(button('I had it', () => judge(true)), button('I did not', () => judge(false)));
    step.querySelector('.step-line').after(box);
  }

  /** A line is done: the next; what was not had comes back as a card. */
  judged(index, had) {
    const { study } = this;
    const step = this.steps[index];
    this.act({ type: 'next' });
    const box = h('p', { class: 'line-judged study-row', tabindex: '-1' });
    if (had) {
      box.append('Kept: you had it.');
    } else {
      const id = stepCard(this.name, index);
      const made = {
        front: step.querySelector('.step-goal')?.textContent.trim().slice(0, 500) ?? '',
        url: `${this.path}#${this.root.id}`,
        topic: this.topic,
      };
      const review = study.act('card.review', reviewData(
        id, study.view().cards.get(id), AGAIN, study.now(), study.zone(), { source: 'ladder', made },
      ));
      box.append(h('span', {}, 'Kept: this line comes back as a ', link('flash card', study.href('practice/flash-cards/')), '.'),
        button('No card', () => {
          study.undo(review.id);
          box.replaceChildren('Kept, without a card.');
          focusOn(box);
        }));
    }
    step.querySelector('.step-line').after(box);
    const { state } = this;
    const next = this.steps[index + 1]?.querySelector('.step-acts button');
    if (next) next.focus({ preventScroll: true });
    else focusOn(box, true);
    if (!finished(state)) return;
    const { clean, hinted, failed } = summary(state);
    this.status.textContent = `${plural(state.lines.length - 1, 'line')}: ${clean} alone, ${hinted} with hints, ${failed} to come back.`;
  }

  /** The address of this page from the site's root. */
  get path() {
    return location.href.split(/[?#]/)[0].slice(this.study.href('').length);
  }

  get topic() {
    const parts = this.path.split('/');
    return parts[0] === 'topics' ? parts[1] : parts[0];
  }
}

export async function record(root, base) {
  const study = await openStudy(base);
  if (study.store.status.kind) root.querySelector('.practice-bar').after(study.banner());
  return new Record(root, study);
}
