/** What a session does from the moment when the second script is here. */

import { joinWindows } from "./other_windows.js";
import { createProgrammeFacts } from "../programme/programme_facts.js";
import { sendLeftBehind } from "../runtime/left_behind.js";

/**
 * @typedef {object} LaterPort
 * @property {Course} course
 * @property {import("./session.js").Session} session
 * @property {Runtime | null} runtime
 * @property {typeof fetch} fetch
 * @property {(openTwice: boolean) => void} tell whether the attempt is open in another window
 */

/** @param {LaterPort} port */
export function goOnWithSession({ course, session, runtime, fetch, tell }) {
  session.tellProgramme(createProgrammeFacts);
  joinWindows(session.windows, tell);
  if (runtime?.shared) sendLeftBehind(course, runtime.shared.others, fetch);
}
