/**
 * `web`: the runtime of a site for hotels without an LMS. The device stands in for the LMS: a fact
 * is sent only when the device has kept it.
 */

import { decode, encode } from "../suspend_data.js";
import { reduce } from "../course_state.js";
import { createOutbox } from "../outbox.js";
import { buildStatement } from "../statements.js";

/**
 * @param {import("./web_store.js").WebStore} store
 * @param {import("./web_store.js").Entrant} entrant
 * @param {() => void} startOver as somebody else
 * @returns {Runtime}
 */
export function createWebRuntime(store, entrant, startOver) {
  const record = { suspendData: "", completed: false, passed: false, ...store.read(entrant.id), ...entrant };
  store.begin(record);
  return {
    launch: {
      ...{ learnerId: "", mode: "normal", credit: true, masteryScore: null },
      ...{ learner: entrant.learner, hotel: entrant.hotel },
      ...{ completed: record.completed, passed: record.passed, suspendData: record.suspendData },
    },
    save(snapshot) {
      const said = snapshot.outcome.statements.now;
      record.suspendData = snapshot.suspendData;
      record.completed ||= said.includes("completed");
      record.passed ||= said.includes("passed");
      return store.write(record);
    },
    finish: () => true,
    shared: {
      isKept: store.isKept,
      leave: store.leave,
      startOver() {
        store.leave();
        startOver();
      },
    },
  };
}

/**
 * Send what others have left on this device: who finished while there was no line, and gave the
 * device to a colleague, will not come back to it.
 *
 * @param {Course} course
 * @param {import("./web_store.js").WebStore} store
 * @param {string} except the record of whoever is here now
 * @param {typeof fetch} post
 */
export function sendLeftBehind(course, store, except, post) {
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
 * @param {import("../course_state.js").ProgressEvent} event
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
