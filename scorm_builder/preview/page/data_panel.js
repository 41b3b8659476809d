/** The data model as it is now; what is not committed yet is marked. */

import { element } from "../../player/dom.js";
import { byId } from "./page.js";

const LIMITS = { "scorm12": 4096, "scorm2004": 64000 };

export function createDataPanel() {
  const panel = byId("data");

  return {
    /**
     * @param {Record<string, string>} values
     * @param {Record<string, string>} stored
     */
    show(values, stored) {
      const limit = "cmi.learner_id" in values ? LIMITS.scorm2004 : LIMITS.scorm12;
      const rows = Object.keys(values)
        .sort()
        .map((name) => row(name, values[name] ?? "", stored[name], limit));
      panel.replaceChildren(
        element(
          "table",
          { class: "model" },
          element("caption", {}, "What the LMS holds. A bar marks what is set and not committed yet."),
          element("tbody", {}, ...rows),
        ),
      );
    },
  };
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string | undefined} stored
 * @param {number} limit of suspend_data, in characters
 */
function row(name, value, stored, limit) {
  const isOpen = isLearners(name) && value !== (stored ?? "") && value !== "unknown" && value !== "not attempted";
  const size = name === "cmi.suspend_data" ? `${value.length} of ${limit} characters` : "";
  return element(
    "tr",
    { "class": isOpen ? "is-open" : "", "data-element": name },
    element("th", { scope: "row" }, element("code", {}, name)),
    element(
      "td",
      {},
      value === "" ? element("span", { class: "value-empty" }, "empty") : element("code", {}, value),
      size === "" ? null : element("small", {}, size),
      isOpen ? element("small", {}, "not committed") : null,
    ),
  );
}

/** @param {string} name whether a package writes this element, not the LMS */
function isLearners(name) {
  return !/student_|learner_(id|name)|credit|mode$|entry|total_time|mastery|launch_data|passing_score/.test(name);
}
