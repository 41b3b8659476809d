/** Facts that others have left on a shared device. Part of the second script. */

import { decode, encode } from "../state/suspend_data.js";
import { reduce } from "../state/course_state.js";
import { createOutbox } from "../programme/outbox.js";
import { buildStatement } from "../programme/statements.js";

/**
 * Send what others have left on this device: who finished while there was no line, and gave the
 * device to a colleague, will not come back to it.
 *
 * @param {Course} course
 * @param {NonNullable<Runtime["shared"]>["others"]} others
 * @param {typeof fetch} post
 */
export function sendLeftBehind(course, { store, except }, post) {
  const { tracking } = course;
  for (const { id, learner } of tracking ? store.all() : []) {
    const progress = id === except ? null : progressOf(course, store, id);
    if (!tracking || !progress) continue;
    void createOutbox({
      tracking,
      statementOf: (fact) => buildStatement(fact, progress.registration, course, learner),
      pending: () => progressOf(course, store, id)?.facts.filter((fact) => !fact.refused) ?? [],
      onSettled: (facts) => change(course, store, id, { type: "facts_settled", facts }),
      onRefused: (facts) => change(course, store, id, { type: "facts_refused", facts }),
      onRound: () => undefined,
      fetch: post,
    }).flush();
  }
}

/**
 * Change the record as it is now: another tab may have gone on with it.
 *
 * @param {Course} course
 * @param {import("./web_store.js").WebStore} store
 * @param {string} id
 * @param {import("../state/course_state.js").ProgressEvent} event
 */
function change(course, store, id, event) {
  const record = store.read(id);
  const progress = progressOf(course, store, id);
  if (record && progress) store.write({ ...record, suspendData: encode(course, reduce(course, progress, event)) });
}

/**
 * @param {Course} course
 * @param {import("./web_store.js").WebStore} store
 * @param {string} id
 */
function progressOf(course, store, id) {
  return decode(course, store.read(id)?.suspendData ?? "");
}
