/**
 * One session's facts on their way to the programme. Part of the second script: what is due before
 * that has come waits in the progress, as it does when there is no line.
 */

import { isAmong } from "../state/course_state.js";
import { createOutbox } from "./outbox.js";
import { pseudonym } from "./pseudonym.js";
import { buildStatement } from "./statements.js";
import { unheardResult } from "./unheard_result.js";

/** @typedef {NonNullable<ReturnType<typeof createProgrammeFacts>>} ProgrammeFacts */

/**
 * @param {object} port
 * @param {Course} port.course
 * @param {Launch} port.launch
 * @param {() => Progress} port.progress
 * @param {(event: import("../state/course_state.js").ProgressEvent) => void} port.dispatch
 * @param {() => boolean} port.mayGo whether the LMS has what is to be sent
 * @param {() => void} port.onRound a round of sending is over
 * @param {Window["fetch"]} port.send
 * @returns null: this package reports to nobody
 */
export function createProgrammeFacts({ course, launch, progress, dispatch, mayGo, onRound, send }) {
  const { tracking } = course;
  if (!tracking) return null;
  const learner = launch.learner ?? pseudonym(launch.learnerId, tracking.salt);
  const settled = /** @type {Fact[]} */ ([]);
  const outbox = createOutbox({
    ...{ tracking, onRound, fetch: send },
    statementOf: (fact) => buildStatement(fact, progress().registration, course, learner),
    pending: () => (mayGo() ? progress().facts.filter((fact) => !fact.refused) : []),
    onSettled(facts) {
      settled.push(...facts);
      dispatch({ type: "facts_settled", facts });
    },
    onRefused: (facts) => dispatch({ type: "facts_refused", facts }),
  });
  return {
    outbox,

    /**
     * Without those that the LRS holds, of which another window may still believe that they wait.
     *
     * @param {Fact[]} others
     */
    unsettled: (others) => others.filter((fact) => !isAmong(settled, fact)),

    /**
     * The completion that no path to the programme was open for; null when there is none.
     *
     * @param {boolean} isUnsaved the LMS does not take it either
     */
    unheard: (isUnsaved) => unheardResult(course, progress(), learner, outbox.isClosed() || isUnsaved),
  };
}
