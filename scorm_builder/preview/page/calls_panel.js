/** Every call of the package to the LMS and every request to an LRS, in order, with what it got. */

import { element } from "../../player/shell/dom.js";
import { byId } from "./page.js";
import { isRefused as isRefusedRequest, receiverName, requestName, requestSubject } from "./requests.js";
import { standardName } from "./settings.js";

const MOST_ROWS = 2_000;
/** A value that nobody has set yet: a code of SCORM 2004 that every package meets. */
const NOT_SET = "GetValue 403";
const TALK = /GetLastError|GetErrorString|GetDiagnostic/;

export function createCallsPanel() {
  const panel = byId("calls");
  const list = element("ol", { class: "calls" });
  panel.append(list);
  let number = 0;
  let launches = 0;
  let follows = true;
  const follow = () => {
    if (follows) panel.scrollTop = panel.scrollHeight;
  };
  panel.addEventListener("shown", follow);
  panel.addEventListener("scroll", () => {
    if (!panel.hidden) follows = panel.scrollHeight - panel.scrollTop - panel.clientHeight < 40;
  });

  /** @param {HTMLElement} row */
  function append(row) {
    list.append(row);
    if (list.children.length > MOST_ROWS) list.firstElementChild?.remove();
    follow();
    byId("count-calls").textContent = number ? String(number) : "";
  }

  return {
    /** @param {LaunchSettings} settings */
    begin(settings) {
      launches += 1;
      const words = [`Launch ${launches}`, standardName(settings.standard), settings.language, settings.role];
      if (settings.standard !== "web") words.push(settings.learner);
      append(element("li", { class: "call-launch accent-0" }, words.filter(Boolean).join(" · ")));
    },

    /**
     * @param {LmsCall} call
     * @param {Record<string, string>} errors
     */
    add(call, errors) {
      number += 1;
      const [first = "", second = null] = call.values;
      const isTruth = call.answer === "true" || call.answer === "false";
      const isTalk = TALK.test(call.name);
      const isRefused = !isTalk && call.code !== "0";
      const isMarked = (isRefused && `${call.name} ${call.code}` !== NOT_SET) || call.note !== "";
      const meaning = isRefused ? `${call.code} ${errors[call.code] ?? ""}`.trim() : "";
      const words = [meaning, call.note].filter((one) => one !== "").join(" · ");
      const classes = ["call", "is-new", isTalk ? "is-talk" : "", isMarked ? "is-refused" : ""];
      append(
        element(
          "li",
          { "class": classes.join(" "), "data-call": call.name, "data-code": call.code },
          element("span", { class: "call-number" }, String(number)),
          element("span", {}, element("span", { class: "call-name" }, call.name), " ", code("call-element", first)),
          element("span", { class: "call-answer mono" }, isTruth ? `${call.answer} ${call.code}` : call.code),
          second === null ? null : code("call-value", quoted(second)),
          isTruth ? null : code("call-value", `→ ${quoted(call.answer)}`),
          words === "" ? null : element("span", { class: "call-code" }, words),
        ),
      );
    },

    /** @param {LrsRequest[]} requests */
    addRequests(requests) {
      for (const request of requests) {
        number += 1;
        append(requestRow(number, request));
      }
    },
  };
}

/**
 * @param {number} number
 * @param {LrsRequest} request
 */
function requestRow(number, request) {
  const name = requestName(request);
  const isRefused = isRefusedRequest(request);
  const subject = requestSubject(request);
  return element(
    "li",
    { "class": isRefused ? "call is-new is-refused" : "call is-new", "data-call": name, "data-code": request.status },
    element("span", { class: "call-number" }, String(number)),
    element("span", {}, element("span", { class: "call-name" }, name), " ", code("call-element", subject)),
    element("span", { class: "call-answer" }, element("span", { class: "receiver" }, receiverName(request)), " ", code("", String(request.status || "–"))),
    request.body === "" ? null : code("call-value", request.body),
    request.error === "" ? null : element("span", { class: "call-code" }, request.error),
  );
}

/** @param {string} text */
function quoted(text) {
  return text === "" ? "“”" : text;
}

/**
 * @param {string} className
 * @param {string} text
 */
function code(className, text) {
  return element("code", { class: className }, text);
}
