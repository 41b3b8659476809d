/** What some LMS families want told otherwise: the package's options over the rows of OUTCOMES. Pure. */

/** @typedef {"first_launch" | "unfinished" | "try_failed" | "done" | "passed" | "after_the_end"} OutcomeName */

/**
 * @param {Outcome} outcome a row of OUTCOMES
 * @param {OutcomeName} name
 * @param {Options} options
 * @returns {Outcome}
 */
export function withOptions(outcome, name, options) {
  const old = { ...outcome.scorm12 };
  const now = { ...outcome.scorm2004 };
  const over = name === "done" || name === "passed" || name === "after_the_end";
  if (over && options.revisit === "reset") now.exit = "normal";
  if (!over && options.exit_unfinished === "empty") old.exit = "";
  let { statements } = outcome;
  if (name === "done" && options.also_passed) {
    old.status = "passed";
    now.success = "passed";
    statements = { ...statements, now: [...statements.now, "passed"] };
  }
  if (name === "passed" && options.pass_status === "completed") old.status = "completed";
  if (name === "try_failed" && options.fail_status === "failed") {
    old.status = "failed";
    now.success = "failed";
  }
  return { scorm12: old, scorm2004: now, statements };
}
