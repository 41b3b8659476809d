/** Items asked one by one; what was not right comes once more at the end, and only that. Pure. */

/**
 * @template T
 * @param {readonly T[]} items
 */
export function createRounds(items) {
  let queue = items.slice();
  /** @type {T[]} */
  let missed = [];
  let count = queue.length;
  let second = false;

  return {
    /** @returns {T | undefined} undefined: everything was asked */
    current: () => queue[0],
    /** number of the current item in its round, from 1, and how many there are */
    place: () => ({ n: count - queue.length + 1, m: count }),
    isSecond: () => second,

    /**
     * @param {boolean} right
     * @returns {"next" | "again" | "end"} what follows
     */
    answer(right) {
      const item = queue[0];
      if (item !== undefined && !right && !second) missed.push(item);
      if (queue.length > 1) return "next";
      return missed.length > 0 ? "again" : "end";
    },

    goOn() {
      queue = queue.slice(1);
      if (queue.length > 0 || missed.length === 0) return;
      queue = missed;
      missed = [];
      count = queue.length;
      second = true;
    },
  };
}
