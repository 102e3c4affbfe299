/** Finds sections by words: exact, another form, the start of a word, or a word misspelt. No page needed. */

const GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega".split(" ");
const PREFIX = 0.8; // what the start of a word counts beside the word itself
const ONE_SLIP = 0.5;
const TWO_SLIPS = 0.32;

/** Lowercase, without accents, small digits as digits, Greek letters by name: as tools/search.py does. */
export function normal(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[α-ω]/g, (sign) => GREEK[sign.charCodeAt(0) - 0x3b1])
    .replace(/[\u0300-\u036f'’]/g, "");
}

/** The number of slips (a letter too many, missing, wrong, or two exchanged) between words; more than `most` is Infinity. */
export function slips(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[b.length] <= most ? last[b.length] : Infinity;
}

export class Engine {
  constructor(index) {
    Object.assign(this, { version: index.version, pages: index.pages, parts: index.parts });
    this.sections = index.sections.map(([page, heading, anchor, level], id) => ({ id, page, heading, anchor, level }));
    this.rules = index.rules.map(([rule, by]) => [new RegExp(rule), by]);
    this.empty = new Set(index.empty);
    this.letters = new Map([...index.letters].map((letter, value) => [letter, value]));
    this.packed = index.weights.split(" ");
    this.unit = index.unit;
    this.forms = []; // [form, group] of every word
    this.group = new Map(); // stem or form -> group
    index.words.split(" ").forEach((one, group) => {
      const [stem, ...more] = one.split("/");
      this.group.set(stem, group);
      this.forms.push([stem, group], ...more.map((form) => [form, group]));
    });
    this.unpacked = new Map();
    this.known = new Map(); // what a typed word may mean, kept while typing
    this.plain = this.sections.map(({ heading }) => this.stems(heading).join(" "));
  }

  stem(word) {
    for (const [rule, by] of this.rules) word = word.replace(rule, by);
    return word;
  }

  stems(text) {
    return (normal(text).match(/[a-z0-9]+/g) ?? []).map((word) => this.stem(word));
  }

  /** The sections of a group of words: [section, weight] pairs. */
  where(group) {
    let pairs = this.unpacked.get(group);
    if (pairs) return pairs;
    pairs = [];
    const text = this.packed[group];
    for (let at = 0, section = 0; at < text.length; at += 1) {
      let value = this.letters.get(text[at]);
      for (let shift = 0; ; ) {
        section += (value & 31) << shift;
        if (value < 32) break;
        shift += 5;
        at += 1;
        value = this.letters.get(text[at]);
      }
      at += 1;
      pairs.push([section, this.letters.get(text[at]) * this.unit]);
    }
    this.unpacked.set(group, pairs);
    return pairs;
  }

  /** The groups that a typed word may mean, each with how well it fits. */
  meanings(word, last) {
    const key = `${word} ${last}`;
    if (this.known.has(key)) return this.known.get(key);
    const found = new Map();
    const add = (group, fit) => found.set(group, Math.max(fit, found.get(group) ?? 0));
    const exact = this.group.get(this.stem(word));
    if (exact !== undefined) add(exact, 1);
    const whole = exact !== undefined;
    if (word.length > 1 || last) {
      const scale = whole && !last ? 0.5 : 1;
      for (const [form, group] of this.forms) {
        if (form.length > word.length && form.startsWith(word)) {
          add(group, scale * PREFIX * (word.length / form.length) ** 0.25);
        }
      }
    }
    if (word.length > 3 && !/\d/.test(word)) {
      const most = word.length > 7 ? 2 : 1;
      const start = !found.size;
      const scale = whole ? 0.8 : start ? 1 : 0.5;
      for (const [form, group] of this.forms) {
        if (form.length < 4 && word.length > 4) continue;
        const off = slips(word, form, most);
        if (off > 0 && off <= most) add(group, (off === 1 ? ONE_SLIP : TWO_SLIPS) * scale);
        else if (start && last && word.length > 4 && form.length > word.length) {
          if (slips(word, form.slice(0, word.length), 1) <= 1) add(group, 0.3);
        }
      }
    }
    const list = [...found].map(([group, fit]) => ({ group, fit }));
    this.known.set(key, list);
    return list;
  }

  /** What a typed word is worth, and its best [weight, fit] in each section that has one of its meanings. */
  count(word, last, groups) {
    const best = new Map();
    let worth = 0;
    for (const { group, fit } of this.meanings(word, last)) {
      const pairs = this.where(group);
      const rare = fit * Math.log(1 + this.sections.length / pairs.length);
      worth = Math.max(worth, rare);
      groups.set(group, Math.max(groups.get(group) ?? 0, rare));
      for (const [section, weight] of pairs) {
        const now = best.get(section);
        if (!now || now[0] < fit * weight) best.set(section, [fit * weight, fit]);
      }
    }
    return { best, worth: worth || Math.log(1 + this.sections.length / 4) };
  }

  /** The sections that fit a query, best first; at most `most`, of one page at most `perPage`. */
  search(query, { most = 12, perPage = 3 } = {}) {
    const typed = normal(query);
    const all = typed.match(/[a-z0-9]+/g) ?? [];
    const full = all.filter((word) => !this.empty.has(word));
    const asked = full.length ? full : all;
    if (!asked.length) return { results: [], groups: new Map() };
    const open = /[a-z0-9]$/.test(typed); // the last word may still be being typed
    const sum = new Float64Array(this.sections.length);
    const met = new Float64Array(this.sections.length);
    const groups = new Map();
    let whole = 0;
    const counted = all.map((word, i) => {
      if (!asked.includes(word)) return null;
      const one = this.count(word, open && i === all.length - 1, groups);
      for (const [section, [weight, fit]] of one.best) {
        sum[section] += weight;
        met[section] += one.worth * Math.min(1, 0.3 + 0.7 * fit);
      }
      whole += one.worth;
      return one;
    });
    for (let i = 1; i < all.length; i += 1) {
      const both = all[i - 1] + all[i]; // "over fit" finds overfit, in place of its two halves
      if (!this.group.has(this.stem(both))) continue;
      const halves = [counted[i - 1], counted[i]].filter(Boolean);
      const worth = halves.reduce((total, one) => total + one.worth, 0);
      for (const [section, [weight]] of this.count(both, false, groups).best) {
        const had = halves.map((one) => one.best.get(section) ?? [0, 0]);
        const more = weight - had.reduce((total, [one]) => total + one, 0);
        if (more <= 0) continue;
        sum[section] += more;
        met[section] += worth - halves.reduce((total, one, k) => total + (had[k][1] && one.worth * Math.min(1, 0.3 + 0.7 * had[k][1])), 0);
      }
    }
    const wanted = all.map((word) => this.stem(word)).join(" ");
    const scored = [];
    for (let id = 0; id < sum.length; id += 1) {
      if (!sum[id]) continue;
      let score = sum[id] * (met[id] / whole) ** 2;
      const heading = this.plain[id];
      if (heading === wanted) score *= 1.5;
      else if (` ${heading} `.includes(` ${wanted} `)) score *= 1.2;
      scored.push([score, id]);
    }
    scored.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    const results = [];
    const shown = new Map();
    for (const [score, id] of scored) {
      if (results.length === most || score < 0.12 * scored[0][0]) break;
      const { page } = this.sections[id];
      const already = shown.get(page) ?? 0;
      if (already === perPage) continue;
      shown.set(page, already + 1);
      results.push(this.result(id, score));
    }
    return { results, groups };
  }

  result(id, score) {
    const { page, heading, anchor, level } = this.sections[id];
    const [address, title, topic] = this.pages[page];
    const own = level > 1 ? title : heading;
    const named = own.toLowerCase().includes(topic.toLowerCase());
    const under = [named ? "" : topic, level > 1 ? title : ""].filter(Boolean);
    return { id, score, heading, under, address: address + (level > 1 ? `#${anchor}` : "") };
  }

  /** The file and the place in it that hold the text of a section. */
  part(id) {
    let part = 0;
    while (id >= this.parts[part]) id -= this.parts[part++];
    return { part, place: id };
  }

  /** A text cut into [piece, whether it is a word that was looked for]. */
  marked(text, groups) {
    const pieces = [];
    let from = 0;
    for (const { index, 0: word } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
      const stems = this.stems(word);
      if (!stems.some((stem) => groups.has(this.group.get(stem)))) continue;
      if (index > from) pieces.push([text.slice(from, index), false]);
      pieces.push([word, true]);
      from = index + word.length;
    }
    pieces.push([text.slice(from), false]);
    return pieces;
  }

  /** The stretch of a text, about `length` characters long, that holds most of what was looked for. */
  excerpt(text, groups, length = 150) {
    const hits = [];
    for (const { index, 0: word } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
      const group = this.stems(word).map((stem) => this.group.get(stem)).find((one) => groups.has(one));
      if (group !== undefined) hits.push([index, group, index + word.length]);
    }
    let start = 0;
    let best = 0;
    for (let i = 0; i < hits.length; i += 1) {
      const inside = new Map();
      for (let j = i; j < hits.length && hits[j][2] < hits[i][0] + length - 20; j += 1) inside.set(hits[j][1], groups.get(hits[j][1]));
      const worth = [...inside.values()].reduce((a, b) => a + b, 0);
      if (worth > best * 1.01) [best, start] = [worth, hits[i][0]];
    }
    if (start < length * 0.5) start = 0;
    else {
      const sentence = Math.max(text.lastIndexOf(". ", start), text.lastIndexOf("? ", start)) + 2;
      start = start - sentence < 60 && sentence > 1 ? sentence : text.indexOf(" ", start - 45) + 1;
    }
    let end = Math.min(text.length, start + length);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 40);
    return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  }
}
