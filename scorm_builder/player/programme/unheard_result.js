/** The completion that the programme cannot have heard of, for which a learner gets a code. */

import { isResult } from "../state/course_state.js";
import { ANONYMOUS } from "./pseudonym.js";

/**
 * What a completion code says; null while there is hope, and for a learner without a name of their
 * own, whose code nobody could match. A code has no room to say that somebody does not count.
 *
 * @param {Course} course
 * @param {Progress} progress
 * @param {string} learner pseudonym
 * @param {boolean | undefined} isShut what waits could not be sent
 */
export function unheardResult(course, progress, learner, isShut) {
  const results = progress.facts.filter(isResult);
  const [first] = results;
  // Of a course with a check there are two; where one of them arrived, the programme knows.
  if (!course.tracking || !first || learner === ANONYMOUS || first.guest || results.length < (course.check ? 2 : 1)) return null;
  if (!isShut && !results.every(({ refused }) => refused)) return null;
  return { learner, time: first.time, version: first.version, course: course.tracking.course };
}
