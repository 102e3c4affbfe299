/** Stand-ins for a browser: storage with a quota, locks, a clock, seeded chance. */

export function seeded(seed) {
  let value = seed >>> 0;
  return () => {
    value = (value + 0x6d2b79f5) | 0;
    let mixed = Math.imul(value ^ (value >>> 15), value | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = (random, list) => list[Math.floor(random() * list.length)];
export const between = (random, low, high) => low + Math.floor(random() * (high - low + 1));

/** Several pages may share one `area`. `quota` counts characters. */
export class FakeStorage {
  constructor(area = new Map(), { quota = Infinity } = {}) {
    this.area = area;
    this.quota = quota;
    this.error = null;
    this.writes = 0;
  }
  #check() {
    if (this.error) throw this.error;
  }
  keys() {
    this.#check();
    return [...this.area.keys()];
  }
  get(key) {
    this.#check();
    return this.area.get(key) ?? null;
  }
  set(key, text) {
    this.#check();
    let size = key.length + text.length;
    for (const [other, value] of this.area) if (other !== key) size += other.length + value.length;
    if (size > this.quota) throw new DOMException('full', 'QuotaExceededError');
    this.writes += 1;
    this.area.set(key, text);
  }
  remove(key) {
    this.#check();
    this.area.delete(key);
  }
}

/** As `navigator.locks`, exclusive locks only. */
export class FakeLocks {
  #held = new Map();
  request(name, options, callback) {
    const [given, work] = typeof options === 'function' ? [{}, options] : [options, callback];
    const before = this.#held.get(name);
    if (given.ifAvailable && before) return Promise.resolve().then(() => work(null));
    const run = Promise.resolve(before).then(() => work({ name }));
    const mine = run.catch(() => {}).then(() => {
      if (this.#held.get(name) === mine) this.#held.delete(name);
    });
    this.#held.set(name, mine);
    return run;
  }
}

export function fakeClock(start = '2026-03-02T09:00:00Z', zone = 0) {
  const clock = { ms: Date.parse(start), offset: zone };
  clock.now = () => clock.ms;
  clock.zone = () => clock.offset;
  clock.pass = (minutes) => (clock.ms += minutes * 60_000);
  return clock;
}
