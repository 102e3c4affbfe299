/**
 * The shapes that the study tools share. Nothing runs here.
 *
 * A `Day` is a local calendar date `YYYY-MM-DD`; a moment is milliseconds since 1970 in UTC; a
 * `zone` is minutes east of UTC (India: 330). Days are never computed from moments except by
 * `dates.js`.
 *
 * @typedef {string} Day
 *
 * One thing that happened. Events are never changed or removed; what the reader sees is a replay.
 * Ids sort in the order of happening, also when the clock was set back.
 * @typedef {Object} StudyEvent
 * @property {string} id      14 characters: 9 for the time, 5 by chance
 * @property {string} at      UTC time, `2026-03-01T09:30:00.000Z`
 * @property {number} zone    minutes east of UTC where it happened
 * @property {string} type    one of `EVENT_TYPES` in events.js
 * @property {number} v       schema version it was written with
 * @property {Object} data
 *
 * What the build writes to `assets/facts.json`.
 * @typedef {Object} Facts
 * @property {Topic[]} topics
 * @property {Question[]} questions
 * @property {Object<string, string>} [redirects]  retired id -> its successor
 *
 * @typedef {Object} Topic
 * @property {string} slug
 * @property {string} title
 * @property {number} order
 * @property {'foundation'|'core'|'advanced'|'capstone'} tier
 * @property {string[]} needs         slugs of prerequisites
 * @property {number} minutes         study time of all its pages
 * @property {string[]} tasks         five observable tasks, level 1 to 5
 * @property {Object<string, string>} probes   claimed level (2 to 5) -> question id
 * @property {Object<string, string>} rounds   phone, depth, design, coding, behavioral -> weight word
 * @property {Object<string, {frequency: string, question: string}>} companies
 * @property {Object<string, string>} roles    role -> depth, such as "derive + apply"
 * @property {string} url
 * @property {(string|{id: string, title: string, url: string, minutes: number})[]} [pages]
 *   idea pages in reading order: file stems, or with their own minutes
 *
 * @typedef {Object} Question
 * @property {string} id
 * @property {string} topic
 * @property {'know'|'explain'|'derive'|'design'} level
 * @property {string[]} rounds
 * @property {string} url
 * @property {string} [title]
 * @property {boolean} [mock]     has sample answers for the mock interview
 * @property {number} [minutes]   where measured; else by level, see plan.js
 *
 * What the build writes to `assets/deck/<topic>.json`.
 * @typedef {Object} DeckPart
 * @property {DeckCard[]} cards
 * @property {Object<string, DeckStep>} steps   lines of the topic's derivations, by their cards
 *
 * @typedef {Object} DeckStep
 * @property {string} topic
 * @property {string} url
 * @property {string} claim    of the derivation, HTML
 * @property {string} before   the line before, HTML
 * @property {string} front    the goal, HTML
 * @property {string} back     the line and its reason, HTML
 *
 * @typedef {Object} DeckCard
 * @property {string} id      the question's id
 * @property {string} topic
 * @property {string} level
 * @property {string[]} rounds
 * @property {string} url     the paragraph it was made from
 * @property {string} front   HTML
 * @property {string} back    HTML
 * @property {string} hash    of front and back
 * @property {boolean} [mock]
 * @property {[string, number][]} [checks]  rubric: HTML and weight
 * @property {string[]} [fatal]   HTML
 * @property {string[]} [next]    follow-ups with their answers, HTML, easy to hard
 * @property {string} [wrong]     the usual wrong answer with its counterexample, HTML
 * @property {string} [weak]      a sample answer, HTML; so are solid and strong
 *
 * What is remembered of one card.
 * @typedef {Object} Memory
 * @property {0|1|2|3} state         new, learning, review, relearning
 * @property {number} step           learning step
 * @property {number} stability      days until recall falls to 90%
 * @property {number} difficulty     1 to 10
 * @property {Day} due
 * @property {number|null} dueAt     moment, for steps shorter than a day
 * @property {number} interval       days scheduled, 0 inside the learning steps
 * @property {Day} last              study day of the last answer
 * @property {number} reps
 * @property {number} lapses
 *
 * @typedef {Object} CardView
 * @property {string} id
 * @property {Memory|null} memory    null: never answered
 * @property {string|null} lastReview  id of the event that made `memory`
 * @property {boolean} suspended
 * @property {string[]} reports
 * @property {{front: string, url: string, topic: string}|null} made  for a card that is not in the deck
 */

export {};
