/** SCORM 1.2: error codes (RTE section 3.3.6) and the data model (RTE section 3.4.4). */

import { both, decimalBetween, matches, oneOf, orBlank, readOnly, text, writeOnly } from "./value_checks.js";

const TYPE = "405";
const UNLIMITED = 1e9;

const string255 = text(255, TYPE);
const string4096 = text(4096, TYPE);
const identifier = matches(/^[^\s]{1,255}$/, TYPE);
const score = orBlank(decimalBetween(0, 100, TYPE, TYPE));
const timespan = matches(/^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/, TYPE);
const time = matches(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/, TYPE);
const status = oneOf(["passed", "completed", "failed", "incomplete", "browsed"], TYPE);
const result = (/** @type {string} */ value) =>
  ["correct", "wrong", "unanticipated", "neutral"].includes(value) ? "0" : number(value);
const number = decimalBetween(-UNLIMITED, UNLIMITED, TYPE, TYPE);
const kinds = ["true-false", "choice", "fill-in", "matching", "performance", "sequencing", "likert", "numeric"];

/** @type {RuleBook} */
export const SCORM12 = {
  standard: "scorm12",
  object: "API",
  version: "3.4",
  functions: {
    initialize: "LMSInitialize",
    finish: "LMSFinish",
    get: "LMSGetValue",
    set: "LMSSetValue",
    commit: "LMSCommit",
    lastError: "LMSGetLastError",
    errorString: "LMSGetErrorString",
    diagnostic: "LMSGetDiagnostic",
  },
  elements: {
    "cmi.core.student_id": readOnly(),
    "cmi.core.student_name": readOnly(),
    "cmi.core.lesson_location": both(string255),
    "cmi.core.credit": readOnly(),
    "cmi.core.lesson_status": both(status),
    "cmi.core.entry": readOnly(),
    "cmi.core.score.raw": both(score),
    "cmi.core.score.max": both(score),
    "cmi.core.score.min": both(score),
    "cmi.core.total_time": readOnly(),
    "cmi.core.lesson_mode": readOnly(),
    "cmi.core.exit": writeOnly(oneOf(["time-out", "suspend", "logout", ""], TYPE)),
    "cmi.core.session_time": writeOnly(timespan),
    "cmi.suspend_data": both(string4096),
    "cmi.launch_data": readOnly(),
    "cmi.comments": both(string4096),
    "cmi.comments_from_lms": readOnly(),
    "cmi.objectives.n.id": both(identifier),
    "cmi.objectives.n.score.raw": both(score),
    "cmi.objectives.n.score.max": both(score),
    "cmi.objectives.n.score.min": both(score),
    "cmi.objectives.n.status": both(oneOf(["passed", "completed", "failed", "incomplete", "browsed", "not attempted"], TYPE)),
    "cmi.student_data.mastery_score": readOnly(),
    "cmi.student_data.max_time_allowed": readOnly(),
    "cmi.student_data.time_limit_action": readOnly(),
    "cmi.student_preference.audio": both(decimalBetween(-1, 100, TYPE, TYPE)),
    "cmi.student_preference.language": both(string255),
    "cmi.student_preference.speed": both(decimalBetween(-100, 100, TYPE, TYPE)),
    "cmi.student_preference.text": both(oneOf(["-1", "0", "1"], TYPE)),
    "cmi.interactions.n.id": writeOnly(identifier),
    "cmi.interactions.n.objectives.n.id": writeOnly(identifier),
    "cmi.interactions.n.time": writeOnly(time),
    "cmi.interactions.n.type": writeOnly(oneOf(kinds, TYPE)),
    "cmi.interactions.n.correct_responses.n.pattern": writeOnly(string255),
    "cmi.interactions.n.weighting": writeOnly(number),
    "cmi.interactions.n.student_response": writeOnly(string255),
    "cmi.interactions.n.result": writeOnly(result),
    "cmi.interactions.n.latency": writeOnly(timespan),
  },
  codes: {
    alreadyInitialized: "101",
    initializedAgain: "101",
    finishBefore: "301",
    finishAfter: "301",
    getBefore: "301",
    getAfter: "301",
    setBefore: "301",
    setAfter: "301",
    commitBefore: "301",
    commitAfter: "301",
    argument: "201",
    commitFailed: "101",
    undefinedElement: "401",
    keyword: "402",
    readOnly: "403",
    writeOnly: "404",
    type: TYPE,
    noValue: "0",
    noChildren: "202",
    noCount: "203",
    getIndex: "201",
    setIndex: "201",
    dependency: "201",
  },
  errors: {
    0: "No error",
    101: "General exception",
    201: "Invalid argument",
    202: "Element cannot have children",
    203: "Element is not an array, cannot have a count",
    301: "Not initialised",
    401: "Not implemented",
    402: "Invalid set value, element is a keyword",
    403: "Element is read only",
    404: "Element is write only",
    405: "Incorrect data type",
  },
};
