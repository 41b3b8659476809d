/**
 * Writing to the LMS with a memory: what it already holds is not sent again.
 *
 * An LMS at the far end of a slow line gets few calls, and one that answers "true" and stores
 * nothing is found out by reading back.
 */

/** @typedef {ReturnType<typeof createWriter>} Writer */

/** @param {Connection} connection */
export function createWriter(connection) {
  /** @type {Map<string, string>} what the LMS gave, or has committed */
  const held = new Map();
  /** @type {Map<string, string>} what it took and has not committed */
  const taken = new Map();
  /** @type {Set<string>} */
  const asked = new Set();
  let refused = false;
  const now = (/** @type {string} */ element) => taken.get(element) ?? held.get(element);

  /**
   * @param {string} element
   * @returns {string}
   */
  function read(element) {
    const value = connection.get(element);
    asked.add(element);
    held.set(element, value);
    return value;
  }

  return {
    read,

    /**
     * @param {string} element
     * @param {string | null} value null: leave it
     */
    write(element, value) {
      if (value === null || now(element) === value) return;
      if (connection.set(element, value)) taken.set(element, value);
      else refused = true;
    },

    /**
     * True when `value` differs from what the LMS holds and does not lower it.
     *
     * @param {string} element
     * @param {string} value
     * @param {string[]} ranks worse to better
     */
    rises(element, value, ranks) {
      const present = (now(element) ?? "").toLowerCase();
      return present !== value && ranks.indexOf(value) >= ranks.indexOf(present);
    },

    /**
     * Commit, then read back the element that must not be lost. What was not committed is said again
     * the next time: an LMS that failed may have lost it.
     *
     * @param {string} proof
     * @param {Meet} meet hears what is there instead
     * @returns {SaveResult}
     */
    commit(proof, meet) {
      const stored = connection.commit() && !refused;
      refused = false;
      if (stored) taken.forEach((value, element) => held.set(element, value));
      const expected = now(proof) ?? "";
      taken.clear();
      if (!stored) return "failed";
      const found = connection.get(proof);
      if (found === expected) return "saved";
      held.delete(proof);
      meet(found);
      return "lied";
    },

    /** Forget everything and ask anew for what was asked at launch. */
    readAgain() {
      held.clear();
      asked.forEach(read);
    },
  };
}
