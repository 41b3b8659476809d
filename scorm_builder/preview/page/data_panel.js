/**
 * What the LMS, or a web site's device, keeps as it is now: SCORM's data model, where what is not
 * committed yet is marked, or the documents of an attempt by cmi5 or xAPI.
 */

import { element } from "../../player/shell/dom.js";
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

    /** @param {HeldAttempt} held */
    showHeld(held) {
      const judged = [
        plainRow("completed", String(held.completed)),
        plainRow("passed", String(held.passed)),
        plainRow("score", held.score === null ? "" : String(held.score)),
        ...(held.moveOn === "" ? [] : [plainRow(`satisfied (moveOn ${held.moveOn})`, String(held.satisfied))]),
        plainRow("registration", held.registration),
      ];
      panel.replaceChildren(
        table("What the LMS takes from the statements.", judged),
        ...held.documents.map((one) => table(`${one.name} · ${one.resource}`, fieldRows(one.content))),
      );
    },

    /** @param {[string, string][]} records learner and JSON text */
    showDevice(records) {
      const hint = records.length === 0 ? "This device keeps nothing yet." : "What this device keeps of each learner.";
      const tables = records.map(([name, text]) => table(`Learner ${name}`, fieldRows(text)));
      panel.replaceChildren(element("p", { class: "empty" }, hint), ...tables);
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

/**
 * @param {string} caption
 * @param {HTMLElement[]} rows
 */
function table(caption, rows) {
  return element("table", { class: "model is-held" }, element("caption", {}, caption), element("tbody", {}, ...rows));
}

/**
 * A row for each property of a JSON object.
 *
 * @param {string} text
 */
function fieldRows(text) {
  /** @type {Record<string, unknown>} */
  const fields = JSON.parse(text);
  return Object.entries(fields).map(([name, value]) => plainRow(name, typeof value === "string" ? value : JSON.stringify(value, null, 1)));
}

/**
 * @param {string} name
 * @param {string} value
 */
function plainRow(name, value) {
  return element(
    "tr",
    { "data-element": name },
    element("th", { scope: "row" }, element("code", {}, name)),
    element("td", {}, value === "" ? element("span", { class: "value-empty" }, "empty") : element("code", {}, value)),
  );
}
