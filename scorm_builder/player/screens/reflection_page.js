/**
 * A question to think about. What is written stays in the field: nothing reads it, stores it or
 * sends it, and a browser's spelling service or memory for forms does not get it either.
 */

import { element, icon, richText } from "../shell/dom.js";
import { teamBox } from "./team_box.js";

/** @param {import("./view.js").View} view */
export function renderReflection(view) {
  const { page, text } = view;
  const question = richText(page.question ?? "", "question");
  question.id = "reflection-question";
  const note = element("p", { class: "private", id: "reflection-note" }, icon("lock"), element("span", {}, text("reflection_private")));
  const field = element("textarea", {
    ...{ class: "reflection", rows: 4, autocomplete: "off", spellcheck: "false" },
    ...{ "aria-labelledby": question.id, "aria-describedby": note.id },
  });
  const optional = element("p", { class: "choice-help" }, text("reflection_optional"));
  view.body.append(richText(page.html), question, optional, note, field, ...teamBox(text, page.team));
}
