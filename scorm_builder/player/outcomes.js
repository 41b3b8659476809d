/**
 * What the LMS is told: the table of docs/contracts.md section 4, written once for every runtime.
 *
 * null means "leave what the LMS holds". The runtimes never lower a status, so a row says only
 * what the outcome deserves.
 */

/** @type {Record<"first_launch" | "unfinished" | "done" | "passed" | "after_the_end", Outcome>} */
export const OUTCOMES = {
  first_launch: {
    scorm12: { status: "incomplete", exit: "suspend" },
    scorm2004: { completion: "incomplete", success: "unknown", exit: "suspend" },
  },
  // Also a failed try: retries are left, so the LMS sees neither a failure nor a score.
  unfinished: {
    scorm12: { status: "incomplete", exit: "suspend" },
    scorm2004: { completion: "incomplete", success: null, exit: "suspend" },
  },
  // 2004 keeps "suspend" to the end, or the next launch would begin with empty suspend_data.
  done: {
    scorm12: { status: "completed", exit: "" },
    scorm2004: { completion: "completed", success: "unknown", exit: "suspend" },
  },
  passed: {
    scorm12: { status: "passed", exit: "" },
    scorm2004: { completion: "completed", success: "passed", exit: "suspend" },
  },
  after_the_end: {
    scorm12: { status: null, exit: "" },
    scorm2004: { completion: null, success: null, exit: "suspend" },
  },
};

/**
 * @param {Course} course
 * @param {Progress} progress
 * @param {boolean} first the first save of the first session
 * @returns {Outcome}
 */
export function outcomeOf(course, progress, first) {
  if (progress.ended) return OUTCOMES.after_the_end;
  if (progress.done) return course.check ? OUTCOMES.passed : OUTCOMES.done;
  return first ? OUTCOMES.first_launch : OUTCOMES.unfinished;
}

/**
 * Whether the LMS already holds the best that this course can reach.
 *
 * @param {Course} course
 * @param {Launch} launch
 */
export function hasEnded(course, launch) {
  return launch.passed || (launch.completed && !course.check);
}

/**
 * Review, browse and no-credit write nothing to the LMS and send nothing to the programme.
 *
 * @param {Launch} launch
 */
export function isRecorded(launch) {
  return launch.mode === "normal" && launch.credit;
}
