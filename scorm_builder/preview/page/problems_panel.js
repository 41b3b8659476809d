/** What is wrong with the course: place, words, the line itself and the cure, all at once. */

import { element } from "../../player/shell/dom.js";
import { byId } from "./page.js";

/** @param {import("./tabs.js").Tabs} tabs */
export function createProblemsPanel(tabs) {
  const panel = byId("problems");
  let before = "";
  let errors = 0;

  return {
    /** @param {PreviewProblem[]} problems */
    show(problems) {
      const found = problems.filter((problem) => problem.severity === "error").length;
      const count = byId("count-problems");
      count.textContent = problems.length ? String(problems.length) : "";
      count.classList.toggle("is-bad", found > 0);
      panel.replaceChildren(
        problems.length === 0
          ? element("p", { class: "empty" }, "No problems: the course is sound.")
          : element("ol", { class: "problems" }, ...problems.map(row)),
      );
      if (found > 0 && errors === 0) {
        before = tabs.selected();
        tabs.select("problems");
      } else if (found === 0 && errors > 0 && tabs.selected() === "problems") {
        tabs.select(before);
      }
      errors = found;
    },
  };
}

/** @param {PreviewProblem} problem */
function row(problem) {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== 0).join(":");
  return element(
    "li",
    { class: `problem is-${problem.severity}` },
    element("code", { class: "problem-place" }, place),
    element("p", { class: "problem-what" }, problem.what),
    problem.source_line === "" ? null : element("pre", {}, problem.source_line),
    element("p", { class: "problem-fix" }, problem.fix),
    element("p", { class: "problem-kind" }, `${problem.severity} · ${problem.code}`),
  );
}
