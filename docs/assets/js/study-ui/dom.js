/**
 * A few lines in place of a framework.
 *
 *   h('button', {type: 'button', class: 'md-button', onclick: act, 'aria-pressed': 'true'}, 'Text')
 *     `on...` are listeners; value, checked, hidden, disabled, open, innerHTML are set as
 *     properties; everything else is an attribute (true: empty, false or null: left out).
 *     Children: nodes, texts, lists of them; null and false are left out.
 *   button('Text', act, {more})      a native button in the site's look
 *   fill(element, ...children)       replaces the content, and puts the focus back where it was, by
 *                                    `data-key` (or id) of the element that had it
 *   focusOn(element)                 focuses what is not a control (a heading, a result)
 *   radios / choice / field          see below
 *   stacked(name, heads, rows)       a table whose rows stand below each other on a phone
 *   speaker()                        {element, say(text)}: a polite live region; `say` is debounced
 *   saveFile(name, type, text)       a download
 *   copyText(text)                   to the clipboard; resolves to whether it worked
 *   confirmed(text, yes, no, act)    a button that asks once more, inline, before it acts
 *   plural(3, 'day')                 "3 days"
 */

const PROPERTIES = new Set(['value', 'checked', 'hidden', 'disabled', 'open', 'innerHTML', 'selected']);

export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value ?? '';
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((one) => one !== null && one !== false && one !== undefined));
  return element;
}

export const button = (text, act, props = {}) =>
  h('button', { type: 'button', class: 'md-button', onclick: act, ...props }, text);

export const link = (text, href, props = {}) => h('a', { href, ...props }, text);

const keyOf = (element) => element?.dataset?.key ?? element?.id ?? '';

/** Replace the content. A focus inside goes to the element of the same key, or else to `element`. */
export function fill(element, ...children) {
  const active = document.activeElement;
  const inside = active !== element && element.contains(active);
  const key = inside ? keyOf(active) : '';
  const made = children.flat(Infinity).filter((one) => one !== null && one !== false && one !== undefined);
  element.replaceChildren(...made);
  if (!inside) return element;
  const again = key && [...element.querySelectorAll('[data-key], [id]')].find((one) => keyOf(one) === key);
  if (again && !again.disabled) focusOn(again, true);
  else focusOn(element, true);
  return element;
}

export function focusOn(element, quietly = false) {
  if (!element) return;
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: quietly });
}

let count = 0;
/** An id that no other element of the page has. */
export const freshId = (start = 'study') => `${start}-${(count += 1)}`;

/**
 * Radio buttons in a fieldset.
 * @param {{legend: *, name?: string, options: {value: string, label: *}[], value?: string,
 *   onchange: (value: string) => void, class?: string, key?: string}} given
 */
export function radios({ legend, name = freshId('choice'), options, value, onchange, key = name, ...props }) {
  return h(
    'fieldset',
    props,
    h('legend', {}, legend),
    options.map((option) =>
      h(
        'label',
        { class: 'study-option' },
        h('input', {
          type: 'radio',
          name,
          value: option.value,
          checked: option.value === value,
          'data-key': `${key}.${option.value}`,
          onchange: () => onchange(option.value),
        }),
        h('span', {}, option.label),
      ),
    ),
  );
}

/** A label with its select. */
export function choice({ label, options, value, onchange, key, ...props }) {
  const select = h(
    'select',
    { 'data-key': key, onchange: () => onchange(select.value), ...props },
    options.map((option) =>
      h('option', { value: option.value, selected: option.value === value }, option.label),
    ),
  );
  return h('label', { class: 'study-field' }, h('span', {}, label), select);
}

/** A label with its input; `hint` stands under it. */
export function field({ label, hint, type = 'text', value = '', onchange, key, ...props }) {
  const id = freshId('hint');
  const input = h('input', {
    type,
    value,
    'data-key': key,
    'aria-describedby': hint ? id : null,
    onchange: () => onchange?.(input.type === 'checkbox' ? input.checked : input.value),
    ...props,
  });
  const name = h('span', {}, label);
  const note = hint && h('span', { class: 'study-hint', id }, hint);
  return type === 'checkbox'
    ? h('label', { class: 'study-option' }, input, name, note)
    : h('label', { class: 'study-field' }, name, input, note);
}

/** A table of words; on a phone each row is a block under its first cell (study.css). */
export function stacked(name, heads, rows) {
  const cells = ([first, ...rest]) => [
    h('th', { scope: 'row', role: 'rowheader' }, first),
    rest.map((cell, index) => h('td', { role: 'cell', 'data-head': heads[index + 1] }, h('span', {}, cell))),
  ];
  return h(
    'table',
    { class: 'study-table', role: 'table', 'aria-label': name },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, heads.map((text) => h('th', { scope: 'col', role: 'columnheader' }, text)))),
    h('tbody', { role: 'rowgroup' }, rows.map((row) => h('tr', { role: 'row' }, cells(row)))),
  );
}

/** A polite live region. The last text of a quick row is the one that is said. */
export function speaker(props = {}) {
  const element = h('p', { role: 'status', class: 'study-said', ...props });
  let timer;
  return {
    element,
    say(text, wait = 250) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        element.textContent = text;
      }, wait);
    },
  };
}

export function saveFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const anchor = h('a', { href: address, download: name, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** A button that, pressed, shows a question with two answers; `act` runs on yes. */
export function confirmed(text, question, yes, act, { no = 'Keep', ...props } = {}) {
  const box = h('span', { class: 'study-confirm' });
  const ask = button(text, () => {
    const asked = { 'aria-describedby': freshId('asked') }; // said with the button that gets the focus
    const keep = button(no, () => rest(true), asked);
    const go = button(yes, () => { rest(true); act(); }, asked);
    fill(box, h('span', { id: asked['aria-describedby'] }, question, ' '), go, ' ', keep);
    keep.focus();
  }, props);
  function rest(focus) {
    box.replaceChildren(ask);
    if (focus) ask.focus();
  }
  rest(false);
  return box;
}

export const plural = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;
