/**
 * What the build wrote into the deck, as elements.
 *
 *   content(study, html, props)   a block of the deck; its links and figures start at the site's root
 *   whole(heading)                the heading, its words with hyphens kept on one line
 *   topicTitle(study, slug)       the title of a topic, or of a section outside the topics
 */

import { h } from './dom.js';

export function content(study, html, props = {}) {
  const element = h('div', { ...props, innerHTML: html ?? '' });
  for (const [selector, name] of [['a[href]', 'href'], ['img[src]', 'src']]) {
    for (const one of element.querySelectorAll(selector)) {
      one.setAttribute(name, study.href(one.getAttribute(name)));
    }
  }
  for (const code of element.querySelectorAll('pre > code')) code.tabIndex = 0; // it may scroll
  // The same answer may stand on the page twice; its ids are of no use here.
  for (const one of element.querySelectorAll('[id]')) one.removeAttribute('id');
  return element;
}

/** As tools/polish.py does it in the headings of the pages. */
const JOINED = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu;
const LONGEST = 20;

export function whole(heading) {
  const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) if (!texts.currentNode.parentElement.closest('code, math, .whole')) found.push(texts.currentNode);
  for (const text of found) {
    const parts = [];
    let at = 0;
    for (const { 0: word, index } of text.data.matchAll(JOINED)) {
      if (word.length > LONGEST) continue;
      parts.push(text.data.slice(at, index), h('span', { class: 'whole' }, word));
      at = index + word.length;
    }
    if (parts.length) text.replaceWith(...parts, text.data.slice(at));
  }
  return heading;
}

export const topicTitle = (study, slug) =>
  study.topic(slug)?.title ?? `${slug.charAt(0).toUpperCase()}${slug.slice(1).replaceAll('-', ' ')}`;
