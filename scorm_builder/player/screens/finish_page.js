/** The last page: what was reached, what to keep, and what to talk about. */

import { completionCode } from "../programme/completion_code.js";
import { isOver, isUnsent } from "../state/course_state.js";
import { element, icon, richText } from "../shell/dom.js";
import { createKeepsake } from "./keepsake.js";
import { teamBox } from "./team_box.js";

/** @type {Record<SaveResult, string>} */
const NOTES = { saved: "finish_saved", pending: "exit_saving", failed: "not_saved", lied: "not_saved" };

/** @param {import("./view.js").View} view */
export function renderFinish(view) {
  const { course, page, text, session } = view;
  const over = isOver(session.progress()) && !course.course.group;
  if (over) view.body.append(participation(view));
  const keepsake = over || page.card ? [createKeepsake(course, text, page.card ?? "", over)] : [];
  view.body.append(richText(page.html), ...teamBox(text, page.team), ...keepsake);
}

/** @param {import("./view.js").View} view */
function participation(view) {
  const { course, text, session } = view;
  const note = element("p", { class: "participation-note", role: "status" });
  const code = element("div", { class: "code-box", role: "status" });
  const showState = () => {
    note.textContent = text(session.isRecorded() ? noteOf(course, session) : "finish_not_saved");
    note.hidden = showCode(view, code);
  };
  showState();
  session.watchSaves(showState);
  return element(
    "div",
    { class: "participation" },
    element("div", { class: "medal" }, icon("check")),
    element("p", { class: "participation-words" }, text("finish_done")),
    element("p", { class: "participation-course" }, course.course.title),
    note,
    code,
  );
}

/**
 * The completion code while the programme cannot have heard of the result, and no longer.
 *
 * @param {import("./view.js").View} view
 * @param {HTMLElement} box
 * @returns {boolean} a code is shown
 */
function showCode({ text, session }, box) {
  const unheard = session.unheard();
  const code = unheard ? completionCode(unheard) : "";
  if (box.dataset["code"] === code || (!code && !box.dataset["code"])) return code !== "";
  box.dataset["code"] = code;
  const groups = code.split("-").flatMap((group, index) => (index > 0 ? ["-", element("wbr", {}), group] : [group]));
  const words = element("p", {}, text(code ? "code_words" : "code_not_needed"));
  box.replaceChildren(words, ...(code ? [element("p", { class: "code", dir: "ltr" }, ...groups)] : []));
  return code !== "";
}

/**
 * What became of the result.
 *
 * @param {Course} course
 * @param {import("../session/session.js").Session} session
 */
function noteOf(course, session) {
  const state = session.saveState();
  return state === "saved" && isUnsent(course, session.progress()) ? "web_unsent" : NOTES[state];
}
