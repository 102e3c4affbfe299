/**
 * The wishes that a plan is made from.
 *
 *   defaults(study)       what a plan starts with before the reader has said anything
 *   kept(study)           {input, problems} of the plan that is kept, or null
 *   complete(study, some) some wishes with the defaults for the rest
 *   interviewDay(study)   the day of the kept plan, or null
 */

import { addDays } from '../study/dates.js';
import { decodeInput } from '../study/plan.js';

export const USUAL_LEVEL = 2;

export function levelsOf(study, level) {
  return Object.fromEntries(study.facts.topics.map((topic) => [topic.slug, level]));
}

export function defaults(study) {
  const start = study.today();
  return {
    role: 'ml-engineer',
    company: 'any',
    hours: 1.5,
    weekdays: [true, true, true, true, true, true, false],
    start,
    interview: addDays(start, 21),
    levels: study.view().assessments.at(-1)?.levels ?? levelsOf(study, USUAL_LEVEL),
  };
}

export const complete = (study, some) => {
  const all = { ...defaults(study), ...some };
  return { ...all, levels: { ...levelsOf(study, USUAL_LEVEL), ...all.levels } };
};

export function kept(study) {
  const plan = study.view().plan;
  return plan ? decodeInput(plan.fragment) : null;
}

export const interviewDay = (study) => kept(study)?.input.interview ?? null;
