/** The last page: what was reached, and what to do with it. */

import { isOver } from "../course_state.js";
import { element, icon, richText } from "../dom.js";

/** @type {Record<SaveResult, string>} */
const NOTES = { saved: "finish_saved", pending: "exit_saving", failed: "not_saved", lied: "not_saved" };

/** @param {import("./view.js").View} view */
export function renderFinish(view) {
  const { course, page, text, session } = view;
  const date = new Date().toLocaleDateString(course.course.language, { dateStyle: "long" });
  if (isOver(session.progress())) {
    const note = element("p", { class: "participation-note", role: "status" });
    const showState = () => (note.textContent = text(session.isRecorded() ? NOTES[session.saveState()] : "finish_not_saved"));
    showState();
    session.watchSaves(showState);
    view.body.append(
      element(
        "div",
        { class: "participation" },
        element("div", { class: "medal" }, icon("check")),
        element("p", { class: "participation-words" }, text("finish_done")),
        element("p", { class: "participation-course" }, course.course.title),
        element("p", { class: "participation-date" }, date),
        note,
      ),
    );
  }
  view.body.append(richText(page.html));
}
