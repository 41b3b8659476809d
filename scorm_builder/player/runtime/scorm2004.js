/** SCORM 2004, 2nd to 4th edition: the runtime over `API_1484_11`. Spec: SCORM 2004 RTE chapters 3 and 4. */

import { connectScorm, createScormSession } from "./scorm_session.js";
import { decimal, share, timeinterval } from "./values.js";

/** Worse to better; a status is never replaced by one that stands before it. */
const COMPLETION = ["", "unknown", "not attempted", "incomplete", "completed"];
const SUCCESS = ["", "unknown", "failed", "passed"];

/** @type {import("./scorm_session.js").ScormKind} */
const SCORM2004 = {
  api: "API_1484_11",
  calls: {
    initialize: "Initialize",
    finish: "Terminate",
    get: "GetValue",
    set: "SetValue",
    commit: "Commit",
    lastError: "GetLastError",
  },
  learner: "cmi.learner_id",
  interactions: {
    separator: "[,]",
    wrong: "incorrect",
    correct: "correct_responses.0.pattern",
    response: "learner_response",
    time: "timestamp",
  },
  clock: (time) => new Date(time).toISOString().slice(0, 19),
  readLaunch,
  write,
};

/**
 * @param {Window} own
 * @param {(connection: Connection) => Runtime} [create] from an initialised connection
 */
export const connectScorm2004 = (own, create = createScorm2004) => connectScorm(own, SCORM2004, create);

/** @param {Connection} connection initialised */
export const createScorm2004 = (connection) => createScormSession(connection, SCORM2004);

/**
 * @param {import("./writer.js").Writer} writer
 * @param {Snapshot} snapshot
 */
function write(writer, snapshot) {
  writer.write("cmi.location", snapshot.location);
  if (snapshot.progress !== null) writer.write("cmi.progress_measure", decimal(snapshot.progress, 4));
  const { completion, success, exit } = snapshot.outcome.scorm2004;
  const better = success !== null && writer.rises("cmi.success_status", success, SUCCESS);
  const further = completion !== null && writer.rises("cmi.completion_status", completion, COMPLETION);
  if ((better || further) && snapshot.score !== null) writeScore(writer, snapshot.score);
  if (better) writer.write("cmi.success_status", success);
  if (further) writer.write("cmi.completion_status", completion);
  if (snapshot.seconds !== null) writer.write("cmi.session_time", timeinterval(snapshot.seconds));
  writer.write("cmi.exit", exit);
}

/**
 * @param {import("./writer.js").Writer} writer
 * @param {number} score
 */
function writeScore(writer, score) {
  writer.write("cmi.score.scaled", decimal(score, 7));
  writer.write("cmi.score.raw", decimal(score * 100, 2));
  writer.write("cmi.score.min", "0");
  writer.write("cmi.score.max", "100");
}

/**
 * @param {Connection} connection
 * @param {import("./writer.js").Writer} writer
 * @returns {Omit<Launch, "learnerId">}
 */
function readLaunch(connection, writer) {
  const mode = connection.get("cmi.mode").toLowerCase();
  const passed = writer.read("cmi.success_status").toLowerCase() === "passed";
  return {
    mode: mode === "review" || mode === "browse" ? mode : "normal",
    credit: connection.get("cmi.credit").toLowerCase() !== "no-credit",
    completed: writer.read("cmi.completion_status").toLowerCase() === "completed",
    passed,
    // Error 403, "not initialised", on the first launch reads as "".
    suspendData: writer.read("cmi.suspend_data"),
    language: () => connection.get("cmi.learner_preference.language"),
    masteryScore: share(connection.get("cmi.scaled_passing_score"), 1),
  };
}
