/**
 * A small reader of formulas, so that a variant of a derivation can be answered in any equivalent
 * form: `s^2 + b^2`, `b*b + s**2`, `1/3`, `33.3%`.
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
  const clean = text.replace(/[−–]/g, '-').replace(/[×·]/g, '*').trim();
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
  function product() {
    let value = signed();
    for (let sign = next('*', '/'); sign; sign = next('*', '/')) {
      const other = signed();
      value = sign === '*' ? value * other : value / other;
    }
    return value;
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
    throw new SyntaxError(`"${token.value}" is not a name here`);
  }

  const value = sum();
  if (at < list.length) throw new SyntaxError(`"${list[at].value}" is not expected here`);
  return value;
}

/**
 * Whether an answer has the right value at every point.
 * @param {string} text
 * @param {{names: Object<string, number>, value: number}[]} points
 * @returns {{ok: boolean, message: string}}
 */
export function check(text, points, tolerance = 1e-6) {
  try {
    const right = points.every(({ names, value }) => {
      const found = evaluate(text, names);
      return Math.abs(found - value) <= tolerance * Math.max(1, Math.abs(value));
    });
    return { ok: right, message: right ? 'The values agree at every point.' : 'The values differ.' };
  } catch (error) {
    return { ok: false, message: error.message };
  }
}
