/** Prints twenty random plans with their calendar files, for a parser that is not ours. */

import { toIcs } from '../../docs/assets/js/study/ics.js';
import { encodeInput, makePlan } from '../../docs/assets/js/study/plan.js';
import { facts } from './fixtures/facts.mjs';
import { pick, seeded } from './fakes.mjs';
import { randomInput } from './plan-inputs.mjs';

const random = seeded(20260302);
const WORDS = ['bias, variance; noise', 'C:\\new\\name', 'σ² ≤ λ‖w‖²', '損失関数の一覧', '👩‍🔬 probe', 'two\nlines', '"quoted": x', 'é'.repeat(40), 'Ω'.repeat(90), '100%'];
const now = Date.parse('2026-03-02T23:30:00Z');

const written = [];
while (written.length < 20) {
  const input = randomInput(random);
  const strange = structuredClone(facts);
  for (const topic of strange.topics) {
    topic.title = `${pick(random, WORDS)} ${topic.slug}`;
    for (const page of topic.pages) page.title = `${pick(random, WORDS)} ${pick(random, WORDS)}`;
  }
  const plan = makePlan(strange, input);
  if (!plan.ok) continue;
  const fragment = encodeInput(input);
  written.push({ plan, ics: toIcs(plan, { fragment, now, site: 'https://example.org/ground-truth/' }) });
}
process.stdout.write(JSON.stringify(written));
