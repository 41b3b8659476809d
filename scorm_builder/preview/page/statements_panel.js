/** The statements that the stand-in for the programme's LRS got, newest first. */

import { element } from "../../player/dom.js";
import { byId } from "./page.js";

const WORDS = new Map([
  [200, "200 stored"],
  [503, "503 not available"],
]);

export function createStatementsPanel() {
  const panel = byId("statements");
  const hint = element("p", { class: "empty" }, "The programme’s LRS would get statements here. None came yet.");
  const list = element("div", {});
  panel.append(hint, list);
  let statements = 0;

  return {
    /** @param {StatementRequest[]} requests */
    add(requests) {
      for (const request of requests) {
        statements += request.statements.length;
        list.prepend(...request.statements.map((statement) => row(request, statement)));
      }
      hint.hidden = statements > 0;
      byId("count-statements").textContent = statements ? String(statements) : "";
    },
  };
}

/**
 * @param {StatementRequest} request
 * @param {Record<string, any>} statement
 */
function row(request, statement) {
  const verb = String(statement["verb"]?.id ?? "?").split("/").at(-1) ?? "?";
  const isStored = request.status === 200;
  return element(
    "details",
    { "class": isStored ? "request" : "request is-refused", "data-verb": verb, "data-status": request.status },
    element(
      "summary",
      {},
      element("span", { class: "request-verb" }, verb),
      element("span", { class: "request-time" }, new Date(request.time).toLocaleTimeString("en-GB")),
      element("span", { class: "request-status" }, WORDS.get(request.status) ?? `${request.status} refused`),
    ),
    element("pre", {}, JSON.stringify(statement, null, 2)),
  );
}
