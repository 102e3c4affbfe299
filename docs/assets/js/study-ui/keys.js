/**
 * Keys on pages with a tool.
 *
 *   guardKeys()     the theme's own keys (p n , . f s /) do nothing on this page: a press of "n"
 *                   would leave a running mock interview. `tool()` in open.js calls it.
 *   ownKeys(root, study, {' ': reveal, 1: again, u: undo}, describe)
 *     keys of a tool. They work only while the focus is inside `root` and not in a field that takes
 *     text, never with Ctrl, Alt or Meta. Space and Enter on a button, a link or a summary stay
 *     theirs. Returns {element, stop()}: `element` is the switch that turns them off (remembered),
 *     with `describe`, the text that names the keys.
 */

import { field, h } from './dom.js';

const THEME = new Set(['p', 'n', ',', '.', 'f', 's', '/']);
const TEXT = 'textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])';
const SETTING = 'keys-off';
let guarded = false;
const owners = new Set();

const modified = (event) => event.ctrlKey || event.altKey || event.metaKey || event.isComposing;

export function guardKeys() {
  document.body.dataset.ownKeys = '';
  if (guarded) return;
  guarded = true;
  addEventListener(
    'keydown',
    (event) => {
      if (modified(event) || event.target.closest?.(TEXT)) return;
      for (const owner of owners) if (owner(event)) break;
      if (THEME.has(event.key)) event.stopPropagation();
    },
    true,
  );
}

export function ownKeys(root, study, keys, describe) {
  guardKeys();
  const on = () => study.view().settings.get(SETTING) !== true;
  const owner = (event) => {
    if (!on() || !root.contains(event.target)) return false;
    const control = event.target.closest('button, a, summary, input');
    if (control && [' ', 'Enter'].includes(event.key)) return false;
    if (event.target.matches?.('input[type=radio]') && event.key.startsWith('Arrow')) return false;
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    if (!act) return false;
    event.preventDefault();
    event.stopPropagation();
    act(event);
    return true;
  };
  owners.add(owner);
  const box = field({
    label: 'Keys in this tool',
    type: 'checkbox',
    checked: on(),
    onchange: (checked) => study.act('setting.set', { key: SETTING, value: !checked }),
  });
  const stopWatching = study.onChange(() => {
    box.querySelector('input').checked = on();
  });
  const element = h('div', { class: 'study-keys' }, box, h('span', { class: 'study-hint' }, describe));
  return {
    element,
    stop() {
      owners.delete(owner);
      stopWatching();
    },
  };
}
