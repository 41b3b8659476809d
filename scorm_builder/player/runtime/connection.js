/**
 * The life of one connection to an LMS, the same for every SCORM version: NEW -> RUNNING -> DONE.
 *
 * LMSs differ in what they return; here it is brought to strings and booleans. Initialize and
 * finish are idempotent, and nothing is called before the one or after the other.
 */

/** error codes of "already initialised": 101 and 103, set by LMSs that initialise for the package */
const ALREADY_INITIALISED = ["101", "103"];

/**
 * @typedef {object} FunctionNames the API's functions as the standard spells them
 * @property {string} initialize
 * @property {string} finish
 * @property {string} get
 * @property {string} set
 * @property {string} commit
 * @property {string} lastError
 */

/**
 * @param {LmsApi} api
 * @param {FunctionNames} names
 * @returns {Connection}
 */
export function createConnection(api, names) {
  /** @type {"new" | "running" | "done"} */
  let phase = "new";

  /** @type {(name: string, ...values: string[]) => unknown} */
  const call = (name, ...values) => {
    try {
      return api[name]?.(...values);
    } catch {
      return null;
    }
  };
  const lastError = () => textOf(call(names.lastError));
  /** @type {(name: string, ...values: string[]) => boolean} */
  const succeeds = (name, ...values) => {
    const answer = call(name, ...values);
    return answer === undefined ? lastError() === "0" : isTrue(answer);
  };

  return {
    initialize() {
      if (phase === "new" && (succeeds(names.initialize, "") || ALREADY_INITIALISED.includes(lastError()))) {
        phase = "running";
      }
      return phase === "running";
    },
    get: (element) => (phase === "running" ? readable(call(names.get, element)) : ""),
    set: (element, value) => phase === "running" && succeeds(names.set, element, value),
    commit: () => phase === "running" && succeeds(names.commit, ""),
    finish() {
      if (phase !== "running") return false;
      phase = "done";
      return succeeds(names.finish, "");
    },
  };
}

/**
 * A value read from the LMS; a failed read (`false`), null and undefined in any spelling are "".
 *
 * @param {unknown} answer
 */
function readable(answer) {
  const text = typeof answer === "boolean" ? "" : textOf(answer);
  return text === "null" || text === "undefined" ? "" : text;
}

/** @param {unknown} answer */
function textOf(answer) {
  return answer === null || answer === undefined ? "" : String(answer);
}

/** @param {unknown} answer */
function isTrue(answer) {
  return ["true", "1"].includes(textOf(answer).toLowerCase());
}
