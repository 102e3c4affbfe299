/**
 * What the build wrote into the deck, as elements.
 *
 *   content(study, html, props)   a block of the deck; its links and figures start at the site's root
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

export const topicTitle = (study, slug) =>
  study.topic(slug)?.title ?? `${slug.charAt(0).toUpperCase()}${slug.slice(1).replaceAll('-', ' ')}`;
