/**
 * A small reader of formulas, so that a variant of a derivation can be answered in any equivalent
 * form: `s^2 + b^2`, `b*b + s²`, `2 s (b + 1)`, `1/3`, `33.3%`.
 *
 * It knows numbers, names, + - * / ^, brackets, and a few functions. It runs no code.
 */

const FUNCTIONS = {
  sqrt: Math.sqrt, exp: Math.exp, log: Math.log, ln: Math.log, abs: Math.abs,
  tanh: Math.tanh, sigmoid: (x) => 1 / (1 + Math.exp(-x)), max: Math.max, min: Math.min,
};
const CONSTANTS = { pi: Math.PI, e: Math.E };
const TOKEN = /\s*(?:(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|[-+*/^(),%]))/iy;

function tokens(text) {
  const clean = text.replace(/[−–]/g, '-').replace(/[×·⋅]/g, '*').replace(/²/g, '^2').replace(/³/g, '^3').trim();
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < clean.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(clean);
    if (!match) throw new SyntaxError(`"${clean.slice(at, at + 10)}" is not understood`);
    const [, number, name, sign] = match;
    if (number !== undefined) found.push({ kind: 'number', value: Number(number) });
    else if (name !== undefined) found.push({ kind: 'name', value: name });
    else found.push({ kind: 'sign', value: sign === '**' ? '^' : sign });
  }
  return found;
}

/** The value of a formula. @param {Object<string, number>} [names] */
export function evaluate(text, names = {}) {
  const list = tokens(text);
  let at = 0;
  let depth = 0;
  const next = (...signs) =>
    list[at]?.kind === 'sign' && signs.includes(list[at].value) ? list[at++].value : null;
  const need = (sign) => {
    if (!next(sign)) throw new SyntaxError(`a "${sign}" is missing`);
  };

  function sum() {
    if ((depth += 1) > 200) throw new SyntaxError('too deeply nested');
    let value = product();
    for (let sign = next('+', '-'); sign; sign = next('+', '-')) {
      const other = product();
      value = sign === '+' ? value + other : value - other;
    }
    depth -= 1;
    return value;
  }
  /** Factors may stand side by side, `2 b (1 - b)`; behind a division that can be read two ways. */
  function product() {
    let value = signed();
    for (let divided = false; ; ) {
      const sign = next('*', '/');
      const beside = !sign && (list[at]?.kind === 'name' || list[at]?.value === '(');
      if (!sign && !beside) return value;
      if (beside && divided) throw new SyntaxError('brackets are needed behind the "/"');
      const other = beside ? power() : signed();
      value = sign === '/' ? value / other : value * other;
      divided = sign === '/';
    }
  }
  function signed() {
    const sign = next('-', '+');
    if (!sign) return power();
    if ((depth += 1) > 200) throw new SyntaxError('too deeply nested');
    const value = signed();
    depth -= 1;
    return sign === '-' ? -value : value;
  }
  function power() {
    let value = atom();
    if (next('%')) value /= 100;
    return next('^') ? value ** signed() : value;
  }
  function atom() {
    if (next('(')) {
      const value = sum();
      need(')');
      return value;
    }
    const token = list[at];
    at += 1;
    if (token?.kind === 'number') return token.value;
    if (token?.kind !== 'name') throw new SyntaxError('something is missing');
    if (Object.hasOwn(names, token.value)) return names[token.value];
    if (Object.hasOwn(FUNCTIONS, token.value) && next('(')) {
      const values = [sum()];
      while (next(',')) values.push(sum());
      need(')');
      return FUNCTIONS[token.value](...values);
    }
    if (Object.hasOwn(CONSTANTS, token.value)) return CONSTANTS[token.value];
    const known = Object.keys(names).join(', ');
    throw new SyntaxError(`"${token.value}" is not a name here${known && `; use ${known}`}`);
  }

  const value = sum();
  if (at < list.length) throw new SyntaxError(`"${list[at].value}" is not expected here`);
  return value;
}

const short = (value) => String(Number(value.toPrecision(4)));

/**
 * Whether an answer has the right value at every point, and what to say of it.
 * @param {string} text
 * @param {{names: Object<string, number>, value: number}[]} points
 * @returns {{ok: boolean, message: string}}
 */
export function check(text, points, tolerance = 1e-6) {
  const scale = Math.max(...points.map(({ value }) => Math.abs(value)));
  try {
    for (const { names, value } of points) {
      const found = evaluate(text, names);
      if (Math.abs(found - value) <= tolerance * Math.max(Math.abs(value), 1e-3 * scale)) continue;
      const at = Object.entries(names).map(([name, one]) => `${name} = ${short(one)}`).join(', ');
      return { ok: false, message: `At ${at} it gives ${short(found)} and should give ${short(value)}.` };
    }
    return { ok: true, message: `The values agree at all ${points.length} points.` };
  } catch (error) {
    return { ok: false, message: error.message };
  }
}
