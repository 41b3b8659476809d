/** The frame of what is asked before the course begins: help is there, and nothing to stop. */

import { createHelpDialog } from "../shell/dialogs.js";
import { createShell } from "../shell/shell.js";

/**
 * @param {Course} course
 * @param {Words} text
 * @param {(() => void) | null} [language] back to the choice of language
 */
export function createEntryFrame(course, text, language = null) {
  const help = createHelpDialog(course.help, text, leave);
  const shell = createShell(course, text, { help: help.open, exit: null, leave, language });
  shell.setBack(null);
  shell.setNext(null);
  document.body.replaceChildren(shell.root, help.node);
  return shell;
}

/** Nothing stays on the screen, and nothing in the history. */
function leave() {
  document.body.replaceChildren();
  location.replace("about:blank");
}
