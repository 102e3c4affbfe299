/**
 * The log of events in the browser's storage.
 *
 * Every open page writes into chunks of its own (`<prefix>log.<writer>.<n>`), so two tabs never
 * write the same key and appending needs no lock. Merging the chunks of closed pages is the one
 * read-modify-write: it happens under a Web Lock, and only for writers whose own lock, held for as
 * long as their page lives, is free. Without Web Locks chunks are never merged.
 *
 * Storage and locks are handed in:
 * storage `{keys(), get(key), set(key, text), remove(key)}`, may throw at any time;
 * locks   as `navigator.locks`, or null;
 * clock   `{now(), zone(ms)}`.
 */

import { systemClock } from './dates.js';
import { byId, eventProblem, idMaker, MIGRATIONS, SCHEMA, upcast } from './events.js';

/** @typedef {import('./types.js').StudyEvent} StudyEvent */

const CHUNK = 200;
const MANY_CHUNKS = 8;

/** Keys of this site alone: one owner's sites share one storage. */
export const prefixOf = (sitePath) => `ground-truth:${sitePath.replace(/\/*$/, '/')}:`;

/** `localStorage` as the store wants it; null where the browser forbids it. */
export function browserStorage(scope = globalThis) {
  try {
    const area = scope.localStorage;
    area.getItem('ground-truth');
    return {
      keys: () => Array.from({ length: area.length }, (_, index) => area.key(index)),
      get: (key) => area.getItem(key),
      set: (key, text) => area.setItem(key, text),
      remove: (key) => area.removeItem(key),
    };
  } catch {
    return null;
  }
}

const BANNERS = {
  blocked: 'This browser keeps nothing for this site. You can go on, and save a copy at the end.',
  full: 'The browser’s storage is full: what you do now is not kept. Save a copy.',
  newer:
    'A newer version of this site wrote your progress. Reload the page; until then nothing is written.',
  corrupt: 'A part of your stored progress could not be read. It was put aside, not deleted.',
};

export class Store {
  #storage;
  #locks;
  #clock;
  #ids;
  #schema;
  #migrations;
  #parsed = new Map(); // key -> {text, rows}: a chunk is parsed again only if its text changed
  #own = new Map(); // id -> event: what this page wrote
  #pages = [[]]; // the same in chunks
  #unsaved = new Set(); // numbers of our chunks that are not written
  #listeners = new Set();
  #release = () => {};
  #locked = false;
  #failure = '';

  /** @type {StudyEvent[]} everything that happened, in order */
  events = [];
  /** @type {{key: string, reason: string}[]} what could not be read, and where it was put */
  corrupt = [];
  readOnly = false;

  constructor({
    storage,
    prefix,
    locks = null,
    clock = systemClock,
    random = Math.random,
    schema = SCHEMA,
    migrations = MIGRATIONS,
  }) {
    this.#storage = storage;
    this.#locks = locks;
    this.#clock = clock;
    this.#schema = schema;
    this.#migrations = migrations;
    this.#ids = idMaker(random);
    this.prefix = prefix;
    this.writer = this.#ids.make(clock.now());
    if (!storage) this.#failure = 'blocked';
    this.refresh();
  }

  /** `saved` (written), `memory` (not written, go on) or `read-only`, with the text of the banner. */
  get status() {
    const kind = this.readOnly ? 'newer' : this.#failure || (this.corrupt.length ? 'corrupt' : '');
    const mode = this.readOnly ? 'read-only' : this.#failure ? 'memory' : 'saved';
    return { mode, kind, text: kind && BANNERS[kind], unsaved: this.#unsaved.size > 0 };
  }

  /** What lies aside, from this visit and from earlier ones. */
  get aside() {
    const named = new Set(this.corrupt.map(({ key }) => key));
    const earlier = this.#keys('corrupt.').filter((key) => !named.has(key));
    return [...this.corrupt, ...earlier.map((key) => ({ key, reason: 'was put aside earlier' }))];
  }

  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Read what the other pages wrote. Call it on the browser's `storage` event. */
  refresh() {
    const all = new Map(this.events.map((event) => [event.id, event])); // what we saw, we keep
    for (const key of this.#keys('log.')) {
      for (const event of this.#read(key)) if (!all.has(event.id)) all.set(event.id, event);
    }
    this.#checkSchema();
    this.events = [...all.values()].sort(byId);
    if (this.events.length) this.#ids.saw(this.events.at(-1).id);
    this.#tell();
  }

  /** Something happened. @returns {StudyEvent} */
  append(type, data) {
    const now = this.#clock.now();
    const event = {
      id: this.#ids.make(now),
      at: new Date(now).toISOString(),
      zone: Math.round(this.#clock.zone(now)),
      type,
      v: this.#schema,
      data,
    };
    const problem = eventProblem(event, this.#schema);
    if (problem) throw new TypeError(problem);
    this.merge([event]);
    return event;
  }

  /** Take it back: a new event that compensates the old one. Undo an undo to do it again. */
  undo(id) {
    return this.append('undo', { of: id });
  }

  /** Add events that are not here yet; returns how many. Twice the same is once. */
  merge(events) {
    const known = new Set(this.events.map((event) => event.id));
    const fresh = events.filter((event) => !known.has(event.id) && known.add(event.id));
    if (!fresh.length) return 0;
    for (const event of fresh) {
      this.#add(event);
      this.#ids.saw(event.id);
    }
    const sorted = fresh.length === 1 && !(fresh[0].id < (this.events.at(-1)?.id ?? ''));
    this.events = [...this.events, ...fresh];
    if (!sorted) this.events.sort(byId);
    this.#write();
    this.#holdLock();
    this.#tell();
    return fresh.length;
  }

  /** Try again to write what a full storage refused. */
  retry() {
    this.#write();
    this.#tell();
  }

  /** Forget everything, here and in the storage. Only on the reader's word. */
  wipe() {
    for (const key of this.#keys('')) this.#remove(key);
    [this.events, this.corrupt, this.#pages] = [[], [], [[]]];
    for (const kept of [this.#own, this.#unsaved, this.#parsed]) kept.clear();
    this.#tell();
  }

  /** Every key of ours as it is stored, for the exported copy. */
  rawKeys() {
    const pairs = this.#keys('').map((key) => [key.slice(this.prefix.length), this.#get(key)]);
    return Object.fromEntries(pairs);
  }

  /** Merge the chunks of pages that are closed. Safe beside other tabs; call it after loading. */
  async tidy() {
    if (!this.#locks || !this.#storage || this.readOnly) return;
    await this.#locks.request(`${this.prefix}tidy`, { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      const others = this.#keys('log.').filter((key) => this.#writerOf(key) !== this.writer);
      const movable = others.filter((key) => this.#movable(key));
      if (movable.length < MANY_CHUNKS && !this.corrupt.length) return;
      for (const writer of new Set(movable.map((key) => this.#writerOf(key)))) {
        await this.#locks.request(
          `${this.prefix}writer.${writer}`,
          { ifAvailable: true },
          (free) => free && this.#adopt(writer),
        );
      }
    });
  }

  /** The page goes: others may merge our chunks. */
  close() {
    this.#release();
    this.#locked = false;
  }

  /* ---- inside ---- */

  #tell() {
    for (const listener of this.#listeners) listener(this);
  }

  #keys(start) {
    try {
      return (this.#storage?.keys() ?? [])
        .filter((key) => key.startsWith(this.prefix + start))
        .sort();
    } catch {
      this.#failure = 'blocked';
      return [];
    }
  }

  #get(name) {
    try {
      const key = name.startsWith(this.prefix) ? name : this.prefix + name;
      return this.#storage?.get(key) ?? null;
    } catch {
      this.#failure = 'blocked';
      return null;
    }
  }

  #writerOf(key) {
    return key.slice(this.prefix.length).split('.')[1];
  }

  /** The valid events of a chunk; what is not valid is copied aside and named. */
  #read(key) {
    const text = this.#get(key);
    const before = this.#parsed.get(key);
    if (before?.text === text) return before.rows;
    let rows = [];
    try {
      rows = JSON.parse(text);
      if (!Array.isArray(rows)) throw new Error('not a list');
    } catch {
      if (text !== null && this.#setAside(key, text, 'this part is not readable')) {
        this.#remove(key);
      }
      rows = [];
    }
    const good = [];
    for (const row of rows) {
      const event = upcast(row, this.#schema, this.#migrations);
      const problem = eventProblem(event, this.#schema);
      if (!problem) good.push(event);
      else if (event?.v > this.#schema) this.readOnly = true;
      else this.#setAside(`${key}#${row?.id}`, JSON.stringify(row), `an event ${problem}`);
    }
    this.#parsed.set(key, { text, rows: good });
    return good;
  }

  #asideOf(key) {
    return key.replace(this.prefix, `${this.prefix}corrupt.`);
  }

  /** Copy what cannot be read; true if the copy is stored. */
  #setAside(key, text, reason) {
    const aside = this.#asideOf(key);
    if (!this.corrupt.some((entry) => entry.key === aside)) {
      this.corrupt.push({ key: aside, reason });
    }
    try {
      if (this.#storage.get(aside) === null) this.#storage.set(aside, text);
      return this.#storage.get(aside) === text;
    } catch {
      return false; // no room: the original stays where it is, and is only passed over
    }
  }

  #remove(key) {
    try {
      this.#storage.remove(key);
    } catch {
      // It stays, and is read as a duplicate.
    }
  }

  #add(event) {
    if (this.#pages.at(-1).length >= CHUNK) this.#pages.push([]);
    this.#pages.at(-1).push(event);
    this.#own.set(event.id, event);
    this.#unsaved.add(this.#pages.length - 1);
  }

  #checkSchema() {
    const stored = this.#get('schema');
    if (stored === null) return;
    if (!/^\d{1,6}$/.test(stored)) this.#setAside(`${this.prefix}schema`, stored, 'not a version');
    else if (Number(stored) > this.#schema) this.readOnly = true;
  }

  #write() {
    this.#checkSchema();
    if (this.readOnly || !this.#storage) return;
    try {
      if (this.#storage.get(`${this.prefix}schema`) !== String(this.#schema)) {
        this.#storage.set(`${this.prefix}schema`, String(this.#schema));
      }
      for (const number of [...this.#unsaved]) {
        const key = `${this.prefix}log.${this.writer}.${number}`;
        this.#storage.set(key, JSON.stringify(this.#pages[number]));
        this.#unsaved.delete(number);
      }
      this.#failure = '';
    } catch (error) {
      this.#failure = error?.name === 'SecurityError' ? 'blocked' : 'full';
    }
  }

  /** From the first event on, show that this page lives, so that nobody merges its chunks. */
  #holdLock() {
    if (this.#locked || !this.#locks || this.readOnly) return;
    this.#locked = true;
    const held = this.#locks.request(`${this.prefix}writer.${this.writer}`, () => {
      // Before the lock was ours another page may have adopted a chunk: write them all again.
      this.#pages.forEach((_, number) => this.#unsaved.add(number));
      this.#write();
      return new Promise((resolve) => {
        this.#release = resolve;
      });
    });
    held?.catch?.(() => {});
  }

  /** Whether a chunk is worth moving: small, or with a row that was put aside. */
  #movable(key) {
    const rows = this.#read(key);
    const damaged = this.corrupt.some((entry) => entry.key.startsWith(this.#asideOf(key)));
    return damaged || rows.length < CHUNK;
  }

  /** Copy a closed page's chunks into our own, then remove them. The caller holds its lock. */
  #adopt(writer) {
    const keys = this.#keys(`log.${writer}.`).filter((key) => this.#movable(key));
    for (const event of keys.flatMap((key) => this.#read(key))) {
      if (!this.#own.has(event.id)) this.#add(event);
    }
    this.#write();
    this.#holdLock();
    if (this.#failure || this.readOnly) return;
    for (const key of keys) {
      if (this.#get(key) === this.#parsed.get(key).text) this.#remove(key);
    }
    this.refresh();
  }
}
