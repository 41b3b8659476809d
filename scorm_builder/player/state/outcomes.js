/**
 * What the LMS is told: the table of docs/contracts.md section 4, written once for every runtime.
 *
 * null means "leave what the LMS holds". The runtimes never lower a status, so a row says only
 * what the outcome deserves.
 */

import { withOptions } from "./outcome_options.js";

/** @type {Record<"first_launch" | "unfinished" | "try_failed" | "done" | "passed" | "after_the_end", Outcome>} */
export const OUTCOMES = {
  first_launch: {
    scorm12: { status: "incomplete", exit: "suspend" },
    scorm2004: { completion: "incomplete", success: "unknown", exit: "suspend" },
    statements: { now: [], atEnd: [] },
  },
  unfinished: {
    scorm12: { status: "incomplete", exit: "suspend" },
    scorm2004: { completion: "incomplete", success: null, exit: "suspend" },
    statements: { now: [], atEnd: [] },
  },
  // Retries are left, so SCORM sees neither a failure nor a score. cmi5 wants "failed", but takes
  // one of "passed" and "failed" per session (section 9.3): it is said when no pass can follow.
  try_failed: {
    scorm12: { status: "incomplete", exit: "suspend" },
    scorm2004: { completion: "incomplete", success: null, exit: "suspend" },
    statements: { now: [], atEnd: ["failed"] },
  },
  // 2004 keeps "suspend" to the end, or the next launch would begin with empty suspend_data.
  done: {
    scorm12: { status: "completed", exit: "" },
    scorm2004: { completion: "completed", success: "unknown", exit: "suspend" },
    statements: { now: ["completed"], atEnd: [] },
  },
  passed: {
    scorm12: { status: "passed", exit: "" },
    scorm2004: { completion: "completed", success: "passed", exit: "suspend" },
    statements: { now: ["completed", "passed"], atEnd: [] },
  },
  after_the_end: {
    scorm12: { status: null, exit: "" },
    scorm2004: { completion: null, success: null, exit: "suspend" },
    statements: { now: [], atEnd: [] },
  },
};

/**
 * @param {Course} course
 * @param {Progress} progress
 * @param {boolean} first the first save of the first session
 * @returns {Outcome}
 */
export function outcomeOf(course, progress, first) {
  const name = outcomeName(course, progress, first);
  return withOptions(OUTCOMES[name], name, course.options);
}

/**
 * @param {Course} course
 * @param {Progress} progress
 * @param {boolean} first
 */
function outcomeName(course, progress, first) {
  if (progress.ended) return "after_the_end";
  if (progress.done) return course.check ? "passed" : "done";
  if (progress.failedHere) return "try_failed";
  return first ? "first_launch" : "unfinished";
}

/**
 * Whether the LMS already holds the best that this course can reach.
 *
 * @param {Course} course
 * @param {Launch} launch
 */
export function hasEnded(course, launch) {
  const completedIsAll = course.options.pass_status === "completed";
  return launch.passed || (launch.completed && (!course.check || completedIsAll));
}

/**
 * Review, browse and no-credit write nothing to the LMS and send nothing to the programme.
 *
 * @param {Launch} launch
 */
export function isRecorded(launch) {
  return launch.mode === "normal" && launch.credit;
}
