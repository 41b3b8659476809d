/** SCORM 2004, 2nd to 4th edition: the runtime over `API_1484_11`. Spec: SCORM 2004 RTE chapters 3 and 4. */

import { createConnection } from "./connection.js";
import { findApi, searchWindows } from "./find_api.js";
import { createInteractions } from "./interactions.js";
import { createRevival } from "./revival.js";
import { decimal, share, timeinterval } from "./values.js";
import { createWriter } from "./writer.js";

const NAMES = {
  initialize: "Initialize",
  finish: "Terminate",
  get: "GetValue",
  set: "SetValue",
  commit: "Commit",
  lastError: "GetLastError",
};

const INTERACTIONS = {
  separator: "[,]",
  wrong: "incorrect",
  correct: "correct_responses.0.pattern",
  response: "learner_response",
  time: "timestamp",
};

/** Worse to better; a status is never replaced by one that stands before it. */
const COMPLETION = ["", "unknown", "not attempted", "incomplete", "completed"];
const SUCCESS = ["", "unknown", "failed", "passed"];

/**
 * @param {Window} own
 * @param {(connection: Connection) => Runtime} [create] from an initialised connection
 * @returns {Promise<Runtime | null>} null: there is no LMS
 */
export async function connectScorm2004(own, create = createScorm2004) {
  const api = await findApi(own, "API_1484_11");
  if (!api) return null;
  const connection = createConnection(api, NAMES, () => searchWindows(own, "API_1484_11"));
  return connection.initialize() ? create(connection) : null;
}

/**
 * @param {Connection} connection initialised
 * @returns {Runtime}
 */
export function createScorm2004(connection) {
  const writer = createWriter(connection);
  const revival = createRevival(connection, writer, { learner: "cmi.learner_id", proof: "cmi.suspend_data" });
  const launch = { ...readLaunch(connection, writer), learnerId: revival.learnerId };
  const interactions = createInteractions(connection, INTERACTIONS, (time) => new Date(time).toISOString().slice(0, 19));

  /** @type {(snapshot: Snapshot, meet: Meet) => SaveResult} */
  function write(snapshot, meet) {
    writer.write("cmi.suspend_data", snapshot.suspendData);
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
 * @param {ReturnType<typeof createWriter>} writer
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
 * @param {ReturnType<typeof createWriter>} writer
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
