/** SCORM 1.2: the runtime over `API`. Spec: SCORM 1.2 RTE sections 3.2 to 3.4. */

import { createConnection } from "./connection.js";
import { findApi, searchWindows } from "./find_api.js";
import { createInteractions } from "./interactions.js";
import { createRevival } from "./revival.js";
import { decimal, share, timespan } from "./values.js";
import { createWriter } from "./writer.js";

const NAMES = {
  initialize: "LMSInitialize",
  finish: "LMSFinish",
  get: "LMSGetValue",
  set: "LMSSetValue",
  commit: "LMSCommit",
  lastError: "LMSGetLastError",
};

const INTERACTIONS = {
  separator: ",",
  wrong: "wrong",
  correct: "correct_responses.0.pattern",
  response: "student_response",
  time: "time",
};

/** Worse to better; a status is never replaced by one that stands before it. */
const STATUSES = ["", "not attempted", "browsed", "incomplete", "failed", "completed", "passed"];

/**
 * @param {Window} own
 * @returns {Promise<Runtime | null>} null: there is no LMS
 */
export async function connectScorm12(own) {
  const api = await findApi(own, "API");
  if (!api) return null;
  const connection = createConnection(api, NAMES, () => searchWindows(own, "API"));
  return connection.initialize() ? createScorm12(connection) : null;
}

/**
 * @param {Connection} connection initialised
 * @returns {Runtime}
 */
export function createScorm12(connection) {
  const writer = createWriter(connection);
  const revival = createRevival(connection, writer, { learner: "cmi.core.student_id", proof: "cmi.suspend_data" });
  const launch = { ...readLaunch(connection, writer), learnerId: revival.learnerId };
  const interactions = createInteractions(connection, INTERACTIONS, (time) => new Date(time).toTimeString().slice(0, 8));

  /** @type {(snapshot: Snapshot, meet: Meet) => SaveResult} */
  function write(snapshot, meet) {
    writer.write("cmi.suspend_data", snapshot.suspendData);
    writer.write("cmi.core.lesson_location", snapshot.location);
    const { status, exit } = snapshot.outcome.scorm12;
    if (status && writer.rises("cmi.core.lesson_status", status, STATUSES)) {
      if (snapshot.score !== null) writer.write("cmi.core.score.raw", decimal(snapshot.score * 100, 2));
      writer.write("cmi.core.lesson_status", status);
    }
    if (snapshot.seconds !== null) writer.write("cmi.core.session_time", timespan(snapshot.seconds));
    writer.write("cmi.core.exit", exit);
    return writer.commit("cmi.suspend_data", meet);
  }

  return {
    launch,
    onForeign: revival.onForeign,
    save(snapshot) {
      const result = revival.save(snapshot, write);
      interactions.write(snapshot.answers);
      return result;
    },
    finish: () => connection.finish(),
  };
}

/**
 * @param {Connection} connection
 * @param {ReturnType<typeof createWriter>} writer
 * @returns {Omit<Launch, "learnerId">}
 */
function readLaunch(connection, writer) {
  const mode = connection.get("cmi.core.lesson_mode").toLowerCase();
  const status = writer.read("cmi.core.lesson_status").toLowerCase();
  return {
    mode: mode === "review" || mode === "browse" ? mode : "normal",
    credit: connection.get("cmi.core.credit").toLowerCase() !== "no-credit",
    completed: status === "completed" || status === "passed",
    passed: status === "passed",
    suspendData: writer.read("cmi.suspend_data"),
    language: () => connection.get("cmi.student_preference.language"),
    // Optional: an LMS that does not know it answers with error 401, which reads as "".
    masteryScore: share(connection.get("cmi.student_data.mastery_score"), 100),
  };
}
