/**
 * The LMS's page: offers a SCORM API, records every call, and keeps what a commit stored on the
 * server. Options come by query; tests/lms/host.py documents them.
 */
(function () {
  "use strict";
  const options = new URLSearchParams(location.search);
  const option = (name, otherwise = "") => options.get(name) ?? otherwise;
  const is2004 = option("standard") !== "scorm12";
  const NAMES = is2004
    ? { object: "API_1484_11", set: "SetValue", get: "GetValue", commit: "Commit", finish: "Terminate", start: "Initialize" }
    : { object: "API", set: "LMSSetValue", get: "LMSGetValue", commit: "LMSCommit", finish: "LMSFinish", start: "LMSInitialize" };
  const FUNCTIONS = is2004
    ? ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError", "GetErrorString", "GetDiagnostic"]
    : ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic"];
  const NOT_RUNNING = is2004 ? { GetValue: "122", SetValue: "132", Commit: "142", Terminate: "112" } : {};
  const records = () => `/records/${encodeURIComponent(option("learner"))}`;
  let sequence = 0;
  let pending = {};
  let engine;
  let refusal = "0";
  /** A test may switch faults on and off in mid-session, and offer the API anew. */
  window.lmsOptions = options;
  window.lmsOffer = offer;

  /** Synchronous, as many LMSs are, so that a test sees calls in order; a beacon while the page goes. */
  function post(message) {
    sequence += 1;
    const body = JSON.stringify({ ...message, session: option("session"), sequence });
    try {
      const request = new XMLHttpRequest();
      request.open("POST", records(), false);
      request.send(body);
    } catch {
      navigator.sendBeacon(records(), body);
    }
  }

  function initialValues(stored) {
    const core = is2004 ? "cmi." : "cmi.core.";
    const exit = stored[`${core}exit`];
    const values = {
      [is2004 ? "cmi.learner_id" : "cmi.core.student_id"]: option("learner"),
      [is2004 ? "cmi.learner_name" : "cmi.core.student_name"]: "Learner, A",
      [`${core}credit`]: option("credit", "credit"),
      [is2004 ? "cmi.mode" : "cmi.core.lesson_mode"]: option("mode", "normal"),
      [`${core}entry`]: exit === undefined ? "ab-initio" : exit === "suspend" ? "resume" : "",
    };
    for (const [element, value] of Object.entries(stored)) {
      if (!/\.(exit|session_time)$/.test(element)) values[element] = value;
    }
    return values;
  }

  function createEngine(values) {
    if (option("engine") === "strict") return createStrict12(values);
    const settings = { autocommit: false, logLevel: 5, mastery_override: false };
    const Engine = is2004 ? window.Scorm2004API : window.Scorm12API;
    const engine = new Engine(settings);
    engine.loadFromFlattenedJSON(values, "");
    return engine;
  }

  function stored(element, value) {
    if (element !== "cmi.suspend_data") return value;
    if (option("cut")) return value.slice(0, Number(option("cut")));
    return value;
  }

  function createApi() {
    const api = {};
    for (const name of FUNCTIONS) {
      api[name] = (...values) => {
        let result = callEngine(name, values);
        if (option("answer") === "undefined" && (name === NAMES.set || name === NAMES.commit)) result = undefined;
        const commits = (name === NAMES.commit || name === NAMES.finish) && result !== "false";
        post({ call: name, values, result: String(result), store: commits ? pending : null });
        if (commits) pending = {};
        return result;
      };
    }
    return api;
  }

  function callEngine(name, values) {
    if (option("gone")) throw new Error("this window is gone");
    if (option("expired") && !(name === NAMES.start && reopen())) return refuse(name);
    if (name === NAMES.commit && option("fail") === "commit") return "false";
    if (name === NAMES.set) {
      const [element, value] = values;
      const isData = element === "cmi.suspend_data";
      if (isData && option("lie")) return "true";
      const result = engine[name](element, stored(element, value));
      if (String(result) === "true") pending[element] = stored(element, value);
      return result;
    }
    return engine[name](...values);
  }

  /** Every call is refused, as after the end of a session; the error says that it is not initialised. */
  function refuse(name) {
    if (/Error|Diagnostic/.test(name)) return refusal;
    refusal = NOT_RUNNING[name] ?? "301";
    return name === NAMES.get ? "" : "false";
  }

  /** Somebody has logged in meanwhile: a new session, of the same learner or of a stranger. */
  function reopen() {
    if (option("expired") === "yes") return false;
    if (option("expired") === "stranger") options.set("learner", "stranger");
    options.delete("expired");
    engine = createEngine(initialValues(storedNow()));
    return true;
  }

  function storedNow() {
    const request = new XMLHttpRequest();
    request.open("GET", records(), false);
    request.send();
    return JSON.parse(request.responseText);
  }

  function offer() {
    engine = createEngine(initialValues(storedNow()));
    window[NAMES.object] = createApi();
  }

  function frame(src) {
    const made = document.createElement("iframe");
    if (options.has("sandbox")) made.setAttribute("sandbox", option("sandbox"));
    made.src = src;
    made.title = "Course";
    made.allow = "fullscreen";
    document.body.append(made);
  }

  /** A window of its own, as many LMSs do; opened by the learner's click, or the browser blocks it. */
  function popup(src) {
    const button = document.createElement("button");
    button.textContent = "Start the course";
    button.addEventListener("click", () => window.open(src, "course", "width=650,height=666"));
    document.body.append(button);
  }

  function start() {
    if (!option("noapi") && !option("late")) offer();
    const content = `/content/index.html?${option("query")}`;
    const between = `http://localhost:${location.port}/lms/between.html?${encodeURIComponent(location.origin + content)}`;
    if (option("popup")) popup(content);
    else frame(option("between") ? between : content);
    if (option("late")) setTimeout(offer, Number(option("late")));
  }

  addEventListener("DOMContentLoaded", start);
})();
