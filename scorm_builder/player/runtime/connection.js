/**
 * The life of one connection to an LMS, the same for every SCORM version: NEW -> RUNNING -> DONE.
 *
 * LMSs differ in what they return; here it is brought to strings and booleans. Initialize and
 * finish are idempotent, and nothing is called before the one or after the other.
 */

/** error codes of "already initialised": 101 and 103, set by LMSs that initialise for the package */
const ALREADY_INITIALISED = ["101", "103"];

/** error codes of "not initialised" and "terminated", set by LMSs whose session has ended meanwhile */
const NOT_RUNNING = /^(301|1[1-4][23])$/;

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
 * @param {LmsApi} first
 * @param {FunctionNames} names
 * @param {() => LmsApi | null} [find] looks for the API again
 * @returns {Connection}
 */
export function createConnection(first, names, find = () => null) {
  let api = first;
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

  const begins = () => succeeds(names.initialize, "") || ALREADY_INITIALISED.includes(lastError());

  return {
    initialize() {
      if (phase === "new" && begins()) phase = "running";
      return phase === "running";
    },
    get: (element) => (phase === "running" ? readable(call(names.get, element)) : ""),
    set: (element, value) => phase === "running" && succeeds(names.set, element, value),
    commit: () => phase === "running" && succeeds(names.commit, ""),
    revive() {
      const hasEnded = NOT_RUNNING.test(lastError());
      const found = find() ?? api;
      if (phase !== "running" || (found === api && !hasEnded)) return false;
      api = found;
      return begins();
    },
    abandon() {
      phase = "done";
    },
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
