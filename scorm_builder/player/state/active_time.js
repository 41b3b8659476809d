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
  const sinceLast = () => {
    const stretch = now() - last;
    return stretch <= IDLE_LIMIT_MS ? stretch : 0;
  };
  return {
    /** A sign of life. */
    touch() {
      total += sinceLast();
      last = now();
    },
    /** Asking is no sign of life: a failed save is tried again while nobody is there. */
    seconds: () => (total + sinceLast()) / 1000,
  };
}
