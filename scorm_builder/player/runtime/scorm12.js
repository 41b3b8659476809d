/** SCORM 1.2: the runtime over `API`. Spec: SCORM 1.2 RTE sections 3.2 to 3.4. */

import { connectScorm, createScormSession } from "./scorm_session.js";
import { decimal, share, timespan } from "./values.js";

/** Worse to better; a status is never replaced by one that stands before it. */
const STATUSES = ["", "not attempted", "browsed", "incomplete", "failed", "completed", "passed"];

/** @type {import("./scorm_session.js").ScormKind} */
const SCORM12 = {
  api: "API",
  calls: {
    initialize: "LMSInitialize",
    finish: "LMSFinish",
    get: "LMSGetValue",
    set: "LMSSetValue",
    commit: "LMSCommit",
    lastError: "LMSGetLastError",
  },
  learner: "cmi.core.student_id",
  interactions: {
    separator: ",",
    wrong: "wrong",
    correct: "correct_responses.0.pattern",
    response: "student_response",
    time: "time",
  },
  clock: (time) => new Date(time).toTimeString().slice(0, 8),
  readLaunch,
  write,
};

/** @param {Window} own */
export const connectScorm12 = (own) => connectScorm(own, SCORM12, createScorm12);

/** @param {Connection} connection initialised */
export const createScorm12 = (connection) => createScormSession(connection, SCORM12);

/**
 * @param {import("./writer.js").Writer} writer
 * @param {Snapshot} snapshot
 */
function write(writer, snapshot) {
  writer.write("cmi.core.lesson_location", snapshot.location);
  const { status, exit } = snapshot.outcome.scorm12;
  if (status && writer.rises("cmi.core.lesson_status", status, STATUSES)) {
    if (snapshot.score !== null) writer.write("cmi.core.score.raw", decimal(snapshot.score * 100, 2));
    writer.write("cmi.core.lesson_status", status);
  }
  if (snapshot.seconds !== null) writer.write("cmi.core.session_time", timespan(snapshot.seconds));
  writer.write("cmi.core.exit", exit);
}

/**
 * @param {Connection} connection
 * @param {import("./writer.js").Writer} writer
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
