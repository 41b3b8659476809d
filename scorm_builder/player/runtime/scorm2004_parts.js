/**
 * SCORM 2004 with several SCOs: which others are done, and where to go from here.
 *
 * Spec: SCORM 2004 RTE section 4.2.17, cmi.objectives; SN section 5.6, adl.nav.request.
 */

/** More than any course has; an LMS that counts wrongly must not keep a phone busy. */
const MOST_OBJECTIVES = 100;

/**
 * Whether the LMS holds an objective as satisfied. It sets up the SCO's objectives from the
 * manifest, in an order of its own, so they are found by their id.
 *
 * @param {Connection} connection
 * @returns {(objective: string) => boolean}
 */
export function satisfiedObjectives(connection) {
  const count = Math.min(Number.parseInt(connection.get("cmi.objectives._count"), 10) || 0, MOST_OBJECTIVES);
  const rows = Array.from({ length: count }, (_, row) => `cmi.objectives.${row}`);
  const satisfied = rows
    .filter((row) => connection.get(`${row}.success_status`).toLowerCase() === "passed")
    .map((row) => connection.get(`${row}.id`));
  return (objective) => satisfied.includes(objective);
}

/**
 * The LMS acts on it after Terminate. Never "exitAll": it ends the attempt on the whole course, and
 * the next launch would begin with nothing done.
 *
 * @param {Connection} connection
 * @param {boolean} onward
 */
export function requestNavigation(connection, onward) {
  connection.set("adl.nav.request", onward ? "continue" : "suspendAll");
}
