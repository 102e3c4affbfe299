/**
 * A look at the stored log without opening it, for reading pages: a few lines instead of the store.
 *
 *   stored(base, word)   the events whose chunk mentions `word`, in order, undone ones left out
 *   sitePath(base, path) an address of the site
 */

export const sitePath = (base, path) => new URL(`../${path}`, base).href;

export function stored(base, word) {
  const prefix = `ground-truth:${new URL('..', base).pathname.replace(/\/*$/, '/')}:log.`;
  const found = new Map();
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      const text = key.startsWith(prefix) ? localStorage.getItem(key) : '';
      if (!text.includes(word) && !text.includes('"undo"')) continue;
      try {
        for (const event of JSON.parse(text)) if (event?.data) found.set(event.id, event);
      } catch {
        // The store puts it aside when it is opened.
      }
    }
  } catch {
    return []; // no storage
  }
  const sorted = [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const gone = new Set();
  for (const event of [...sorted].reverse()) {
    if (event.type === 'undo' && !gone.has(event.id)) gone.add(event.data.of);
  }
  return sorted.filter((event) => !gone.has(event.id));
}
