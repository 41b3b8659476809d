/**
 * Writing to the LMS with a memory: what it already holds is not sent again.
 *
 * An LMS at the far end of a slow line gets few calls, and one that answers "true" and stores
 * nothing is found out by reading back.
 */

/** @param {Connection} connection */
export function createWriter(connection) {
  /** @type {Map<string, string>} */
  const held = new Map();
  let refused = false;

  return {
    /**
     * @param {string} element
     * @returns {string}
     */
    read(element) {
      const value = connection.get(element);
      held.set(element, value);
      return value;
    },

    /**
     * @param {string} element
     * @param {string | null} value null: leave it
     */
    write(element, value) {
      if (value === null || held.get(element) === value) return;
      if (connection.set(element, value)) held.set(element, value);
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
      const now = (held.get(element) ?? "").toLowerCase();
      return now !== value && ranks.indexOf(value) >= ranks.indexOf(now);
    },

    /**
     * Commit, then read back the element that must not be lost.
     *
     * @param {string} proof
     * @returns {SaveResult}
     */
    commit(proof) {
      const stored = connection.commit() && !refused;
      refused = false;
      if (!stored) return "failed";
      const expected = held.get(proof) ?? "";
      const found = connection.get(proof);
      if (found === expected) return "saved";
      held.delete(proof);
      return "lied";
    },
  };
}
