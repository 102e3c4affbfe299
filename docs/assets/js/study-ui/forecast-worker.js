/** The forecast of the cards, away from the page, which stays at the reader's hands meanwhile. */

import { forecast, readiness } from '../study/cards.js';

addEventListener('message', ({ data: { ticket, given } }) => {
  const days = forecast(given);
  const ready = given.settings.interview
    ? readiness(given.ids.filter((id) => given.cards.get(id)?.memory), given.cards, given.settings.interview)
    : null;
  postMessage({ ticket, days, ready });
});
