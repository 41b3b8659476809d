/** The last page: what was reached, and what to do with it. */

import { isOver } from "../course_state.js";
import { element, icon, richText } from "../dom.js";

/** @param {import("./view.js").View} view */
export function renderFinish(view) {
  const { course, page, text, session } = view;
  const date = new Date().toLocaleDateString(course.course.language, { dateStyle: "long" });
  if (isOver(session.progress())) {
    view.body.append(
      element(
        "div",
        { class: "participation" },
        element("div", { class: "medal" }, icon("check")),
        element("p", { class: "participation-words" }, text("finish_done")),
        element("p", { class: "participation-course" }, course.course.title),
        element("p", { class: "participation-date" }, date),
        element("p", { class: "participation-note" }, text(session.isRecorded() ? "finish_saved" : "finish_not_saved")),
      ),
    );
  }
  view.body.append(richText(page.html));
}
