/** The statements that the LRSs got, the LMS's and the programme's, newest first. */

import { element } from "../../player/shell/dom.js";
import { byId } from "./page.js";
import { receiverName, verbOf } from "./requests.js";

export function createStatementsPanel() {
  const panel = byId("statements");
  const hint = element("p", { class: "empty" }, "What the programme’s LRS and the LMS’s would get. None came yet.");
  const list = element("div", {});
  panel.append(hint, list);
  let statements = 0;

  return {
    /** @param {LrsRequest[]} requests */
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
 * @param {LrsRequest} request
 * @param {Record<string, any>} statement
 */
function row(request, statement) {
  const verb = verbOf(statement);
  const isStored = request.status === 200;
  return element(
    "details",
    { "class": isStored ? "request" : "request is-refused", "data-verb": verb, "data-to": request.to, "data-status": request.status },
    element(
      "summary",
      {},
      element("span", { class: "request-verb" }, verb),
      element("span", { class: "receiver" }, receiverName(request)),
      element("span", { class: "request-time" }, new Date(request.time).toLocaleTimeString("en-GB")),
      element("span", { class: "request-status" }, statusWords(request.status)),
    ),
    isStored ? null : element("p", { class: "request-error" }, request.error),
    element("pre", {}, JSON.stringify(statement, null, 2)),
  );
}

/** @param {number} status */
function statusWords(status) {
  if (status === 0) return "no answer";
  return status === 200 ? "200 stored" : `${status} refused`;
}
