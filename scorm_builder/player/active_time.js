/** Time spent: what the learner was there for, not what the clock ran. */

const IDLE_LIMIT_MS = 10 * 60 * 1000;

/**
 * A stopwatch that leaves out every stretch of more than ten minutes without a sign of life.
 *
 * @param {() => number} now milliseconds, from a clock that never goes back
 */
export function createActiveTime(now) {
  let last = now();
  let total = 0;
  const touch = () => {
    const time = now();
    if (time - last <= IDLE_LIMIT_MS) total += time - last;
    last = time;
  };
  return {
    touch,
    seconds() {
      touch();
      return total / 1000;
    },
  };
}
