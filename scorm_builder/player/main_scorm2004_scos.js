/** Entry of a SCORM 2004 package with several SCOs: the same player, given one part of the course. */

import { boot } from "./boot.js";
import { connectScorm2004, createScorm2004 } from "./runtime/scorm2004.js";
import { requestNavigation, satisfiedObjectives } from "./runtime/scorm2004_parts.js";
import { comeLater, missingBefore, scoOf } from "./sco.js";

const whole = noroomCourse;
const sco = scoOf(whole, document.body.dataset["sco"] ?? "");

/**
 * @param {Connection} connection
 * @returns {Runtime}
 */
function createSco(connection) {
  const runtime = createScorm2004(connection);
  const missing = missingBefore(sco, runtime.launch, satisfiedObjectives(connection));
  if (missing.length > 0) {
    globalThis.noroomCourse = comeLater(whole, missing);
    runtime.launch.mode = "browse";
  }
  return { ...runtime, navigate: (onward) => requestNavigation(connection, onward && !sco.isLast) };
}

globalThis.noroomCourse = sco.course;
boot((own) => connectScorm2004(own, createSco));
