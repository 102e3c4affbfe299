/** In each opened answer of a question page: add the question to the cards, or set it aside. */

import { sitePath, stored } from './stored.js';

/** `none`, `mine` or `aside`. */
function stateOf(events, id) {
  let state = 'none';
  for (const { type, data } of events) {
    if (data.card !== id) continue;
    if (type === 'card.suspend') state = data.on ? 'aside' : 'mine';
    else if (type === 'card.review' && state === 'none') state = 'mine';
  }
  return state;
}

const WORDS = {
  none: ['Add to my cards', ''],
  mine: ['Set this card aside', 'Among your '],
  aside: ['Ask this card again', 'Set aside from your '],
};

function mark(card, base) {
  const id = card.dataset.question;
  const row = document.createElement('p');
  row.className = 'cards-mark';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'md-button';
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  const link = document.createElement('a');
  link.href = sitePath(base, 'practice/flash-cards/');
  link.textContent = 'flash cards';
  let state = stateOf(stored(base, `"${id}"`), id);
  const show = () => {
    const [act, words] = WORDS[state];
    button.textContent = act;
    said.replaceChildren(...(words ? [words, link, '.'] : []));
  };
  button.addEventListener('click', async () => {
    const on = state === 'mine';
    try {
      const { openStore } = await import('./open-store.js');
      openStore.page ??= openStore(sitePath(base, ''));
      openStore.page.append('card.suspend', { card: id, on });
      state = on ? 'aside' : 'mine';
      show();
      const { kind, text } = openStore.page.status;
      if (kind) said.append(` ${text}`);
    } catch {
      said.textContent = 'This could not be kept. Load the page again.';
    }
  });
  show();
  row.append(button, ' ', said);
  card.querySelector('details.answer').append(row);
}

/** @param {HTMLElement[]} answers  the <details> of question cards */
export function start(answers, base) {
  for (const answer of answers) {
    const card = answer.closest('.question-card');
    const open = () => answer.open && !answer.querySelector('.cards-mark') && mark(card, base);
    answer.addEventListener('toggle', open);
    open();
  }
}
