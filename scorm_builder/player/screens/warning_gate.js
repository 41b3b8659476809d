/** What a page is about, said before it is shown, with a way around it. */

import { element, richText } from "../shell/dom.js";

/**
 * @param {string} warning HTML
 * @param {Words} text
 * @param {{show: () => void, skip: () => void}} actions
 */
export function createWarning(warning, text, { show, skip }) {
  return element(
    "div",
    { class: "warning" },
    richText(warning),
    element("p", { class: "choice-help" }, text("warning_words")),
    element(
      "div",
      { class: "warning-choices" },
      element("button", { type: "button", class: "button quiet warning-skip", click: skip }, text("warning_skip")),
      element("button", { type: "button", class: "button quiet warning-show", click: show }, text("warning_show")),
    ),
  );
}
