/** Entry of a SCORM 2004 package with several SCOs: the same player, given one part of the course. */

import { boot } from "./boot.js";
import { connectScorm2004, createScorm2004 } from "./runtime/scorm2004.js";
import { requestNavigation, satisfiedObjectives } from "./runtime/scorm2004_parts.js";
import { comeLater, missingBefore, scoOf } from "./state/sco.js";

let isLast = false;
/** @type {(sco: import("./state/sco.js").Sco) => string[]} what this learner has to do before */
let missingOf = () => [];

/**
 * @param {Connection} connection
 * @returns {Runtime}
 */
function createSco(connection) {
  const runtime = createScorm2004(connection);
  /** @type {string[] | null} */
  let missing = null;
  missingOf = (sco) => {
    missing ??= missingBefore(sco, runtime.launch, satisfiedObjectives(connection));
    if (missing.length > 0) runtime.launch.mode = "browse";
    return missing;
  };
  return { ...runtime, navigate: (onward) => requestNavigation(connection, onward && !isLast) };
}

/** @param {Course} whole in the language that was chosen */
function partOf(whole) {
  const sco = scoOf(whole, document.body.dataset["sco"] ?? "");
  const missing = missingOf(sco);
  isLast = sco.isLast;
  globalThis.noroomCourse = missing.length > 0 ? comeLater(whole, missing) : sco.course;
  return noroomCourse;
}

boot((own) => connectScorm2004(own, createSco), undefined, partOf);
