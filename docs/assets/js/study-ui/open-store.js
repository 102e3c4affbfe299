/**
 * The store of a page, wired to the browser: other tabs' events are read, chunks of closed pages
 * are merged. Small, for reading pages that load it at the first press of a button.
 *
 *   openStore(root)   `root` is the address of the site
 */

import { browserStorage, prefixOf, Store } from '../study/store.js';

export function openStore(root) {
  const store = new Store({
    storage: browserStorage(),
    prefix: prefixOf(new URL(root).pathname),
    locks: navigator.locks ?? null,
  });
  addEventListener('storage', (event) => {
    if (event.key === null || event.key.startsWith(store.prefix)) store.refresh();
  });
  addEventListener('pagehide', () => store.close());
  addEventListener('pageshow', (event) => event.persisted && store.refresh());
  setTimeout(() => store.tidy().catch(() => {}), 1500);
  return store;
}
