/**
 * What one launch knows and a reload must not lose; kept in sessionStorage where there is one.
 *
 * A cmi5 token is handed out once and a session may be initialized once (cmi5 sections 8.2 and
 * 9.3), so a page that is reloaded has to remember both.
 */

/**
 * @typedef {object} Memory
 * @property {string} token
 * @property {Statement[]} queue statements that the LRS has not acknowledged, oldest first
 * @property {Verb[]} spoken verbs of this session
 * @property {Verb[]} atEnd verbs to speak before the session ends
 * @property {number} lastTime milliseconds of the last timestamp
 * @property {number} began milliseconds of `initialized`, 0 before
 * @property {number} seconds active time of this session
 * @property {boolean} ended `terminated` was spoken: no statement may follow
 */

const PREFIX = "noroom ";

/**
 * @param {Storage | null} storage
 * @param {string} launch what is the same after a reload and different for every launch
 */
export function createMemory(storage, launch) {
  const key = PREFIX + launch;
  const memory = fitting(read(storage, key));
  return {
    memory,
    keep() {
      attempt(() => storage?.setItem(key, JSON.stringify(memory)));
    },
    forget() {
      attempt(() => storage?.removeItem(key));
    },
  };
}

/** @returns {Memory} */
export function emptyMemory() {
  return { token: "", queue: [], spoken: [], atEnd: [], lastTime: 0, began: 0, seconds: 0, ended: false };
}

/**
 * What is of the right kind; a key of ours may hold anything.
 *
 * @param {unknown} found
 */
function fitting(found) {
  const memory = emptyMemory();
  const kinds = Object.entries(memory);
  const kept = Object.entries(Object(found)).filter(([name, value]) =>
    kinds.some(([known, empty]) => known === name && typeof value === typeof empty && Array.isArray(value) === Array.isArray(empty)),
  );
  Object.assign(memory, Object.fromEntries(kept));
  memory.queue = memory.queue.filter((statement) => typeof statement?.verb?.id === "string");
  return memory;
}

/**
 * sessionStorage, or null where the browser forbids it: in some frames the mere look throws.
 *
 * @param {Window} own
 */
export function storageOf(own) {
  return attempt(() => own.sessionStorage);
}

/**
 * @param {Storage | null} storage
 * @param {string} key
 * @returns {unknown}
 */
function read(storage, key) {
  return attempt(() => JSON.parse(storage?.getItem(key) ?? "{}"));
}

/**
 * @template T
 * @param {() => T} action
 * @returns {T | null}
 */
function attempt(action) {
  try {
    return action() ?? null;
  } catch {
    return null;
  }
}
