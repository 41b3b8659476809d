/** SCORM 2004: error codes (RTE section 3.1.7) and the data model (RTE section 4.2). */

import { both, decimalBetween, matches, oneOf, readOnly, text, writeOnly } from "./value_checks.js";

const TYPE = "406";
const RANGE = "407";
const UNLIMITED = 1e15;

const identifier = matches(/^\S{1,4000}$/, TYPE);
const real = decimalBetween(-UNLIMITED, UNLIMITED, TYPE, RANGE);
const scaled = decimalBetween(-1, 1, TYPE, RANGE);
const share = decimalBetween(0, 1, TYPE, RANGE);
const positive = decimalBetween(0, UNLIMITED, TYPE, RANGE);
const interval = matches(
  /^P(?=[\dT])(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/,
  TYPE,
);
const time = matches(
  /^\d{4}(-\d{2}(-\d{2}(T\d{2}(:\d{2}(:\d{2}(\.\d{1,2}(Z|[+-]\d{2}(:\d{2})?)?)?)?)?)?)?)?$/,
  TYPE,
);
const completion = oneOf(["completed", "incomplete", "not attempted", "unknown"], TYPE);
const success = oneOf(["passed", "failed", "unknown"], TYPE);
const description = text(250, TYPE);
const result = (/** @type {string} */ value) =>
  ["correct", "incorrect", "unanticipated", "neutral"].includes(value) ? "0" : real(value);
const kinds = [
  "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert",
  "numeric", "other",
];

/** @type {RuleBook} */
export const SCORM2004 = {
  standard: "scorm2004",
  object: "API_1484_11",
  version: "1.0",
  functions: {
    initialize: "Initialize",
    finish: "Terminate",
    get: "GetValue",
    set: "SetValue",
    commit: "Commit",
    lastError: "GetLastError",
    errorString: "GetErrorString",
    diagnostic: "GetDiagnostic",
  },
  elements: {
    "cmi.comments_from_learner.n.comment": both(text(4000, TYPE)),
    "cmi.comments_from_learner.n.location": both(text(250, TYPE)),
    "cmi.comments_from_learner.n.timestamp": both(time),
    "cmi.completion_status": both(completion),
    "cmi.completion_threshold": readOnly(),
    "cmi.credit": readOnly(),
    "cmi.entry": readOnly(),
    "cmi.exit": writeOnly(oneOf(["time-out", "suspend", "logout", "normal", ""], TYPE)),
    "cmi.interactions.n.id": both(identifier),
    "cmi.interactions.n.type": both(oneOf(kinds, TYPE)),
    "cmi.interactions.n.objectives.n.id": both(identifier),
    "cmi.interactions.n.timestamp": both(time),
    "cmi.interactions.n.correct_responses.n.pattern": both(text(64000, TYPE)),
    "cmi.interactions.n.weighting": both(real),
    "cmi.interactions.n.learner_response": both(text(64000, TYPE)),
    "cmi.interactions.n.result": both(result),
    "cmi.interactions.n.latency": both(interval),
    "cmi.interactions.n.description": both(description),
    "cmi.launch_data": readOnly(),
    "cmi.learner_id": readOnly(),
    "cmi.learner_name": readOnly(),
    "cmi.learner_preference.audio_level": both(positive),
    "cmi.learner_preference.language": both(text(250, TYPE)),
    "cmi.learner_preference.delivery_speed": both(positive),
    "cmi.learner_preference.audio_captioning": both(oneOf(["-1", "0", "1"], TYPE)),
    "cmi.location": both(text(1000, TYPE)),
    "cmi.max_time_allowed": readOnly(),
    "cmi.mode": readOnly(),
    "cmi.objectives.n.id": both(identifier),
    "cmi.objectives.n.score.scaled": both(scaled),
    "cmi.objectives.n.score.raw": both(real),
    "cmi.objectives.n.score.min": both(real),
    "cmi.objectives.n.score.max": both(real),
    "cmi.objectives.n.success_status": both(success),
    "cmi.objectives.n.completion_status": both(completion),
    "cmi.objectives.n.progress_measure": both(share),
    "cmi.objectives.n.description": both(description),
    "cmi.progress_measure": both(share),
    "cmi.scaled_passing_score": readOnly(),
    "cmi.score.scaled": both(scaled),
    "cmi.score.raw": both(real),
    "cmi.score.min": both(real),
    "cmi.score.max": both(real),
    "cmi.session_time": writeOnly(interval),
    "cmi.success_status": both(success),
    "cmi.suspend_data": both(text(64000, TYPE)),
    "cmi.time_limit_action": readOnly(),
    "cmi.total_time": readOnly(),
  },
  codes: {
    alreadyInitialized: "103",
    initializedAgain: "104",
    finishBefore: "112",
    finishAfter: "113",
    getBefore: "122",
    getAfter: "123",
    setBefore: "132",
    setAfter: "133",
    commitBefore: "142",
    commitAfter: "143",
    argument: "201",
    commitFailed: "391",
    undefinedElement: "401",
    keyword: "404",
    readOnly: "404",
    writeOnly: "405",
    type: TYPE,
    noValue: "403",
    noChildren: "301",
    noCount: "301",
    getIndex: "301",
    setIndex: "351",
    dependency: "408",
  },
  errors: {
    0: "No error",
    101: "General exception",
    102: "General initialisation failure",
    103: "Already initialised",
    104: "Content instance terminated",
    111: "General termination failure",
    112: "Termination before initialisation",
    113: "Termination after termination",
    122: "Retrieve data before initialisation",
    123: "Retrieve data after termination",
    132: "Store data before initialisation",
    133: "Store data after termination",
    142: "Commit before initialisation",
    143: "Commit after termination",
    201: "General argument error",
    301: "General get failure",
    351: "General set failure",
    391: "General commit failure",
    401: "Undefined data model element",
    402: "Unimplemented data model element",
    403: "Data model element value not initialised",
    404: "Data model element is read only",
    405: "Data model element is write only",
    406: "Data model element type mismatch",
    407: "Data model element value out of range",
    408: "Data model dependency not established",
  },
};
