/** When to save: soon after a change, at once when it matters, again when the LMS did not store it. */

const SAVE_DELAY_MS = 1_500;
/** The last one from then on: a learner who was told "we will try again" may stay for long on one page. */
const RETRY_DELAYS_MS = [2_000, 4_000, 8_000, 16_000, 30_000, 60_000];

/**
 * @typedef {object} SaverPort
 * @property {Runtime | null} runtime null: nothing is to be saved
 * @property {(first: boolean) => Snapshot} snapshot
 * @property {(result: SaveResult) => void} onResult
 */

/** @param {SaverPort} port */
export function createSaver(port) {
  let retries = 0;
  let stopped = port.runtime === null;
  /** @type {SaveResult} */
  let state = "saved";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  port.runtime?.later?.listen(settle);

  /** @param {boolean} [first] the save at launch, which says no more than it must */
  function now(first = false) {
    clearTimeout(timer);
    if (stopped || !port.runtime) return;
    const result = port.runtime.save(port.snapshot(first));
    state = result;
    if (result !== "pending") settle(result);
  }

  /** @param {SaveResult} result */
  function settle(result) {
    if (stopped) return;
    state = result;
    if (result === "saved") retries = 0;
    else retryLater();
    port.onResult(result);
  }

  function retryLater() {
    const delay = RETRY_DELAYS_MS[Math.min(retries, RETRY_DELAYS_MS.length - 1)];
    retries += 1;
    clearTimeout(timer);
    timer = setTimeout(now, delay);
  }

  return {
    now,
    /** How the last save went, or that it is under way. */
    state: () => state,
    /** There is reason to think that it would go well now. */
    again() {
      if (state === "failed" || state === "lied") now();
    },
    soon() {
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(now, SAVE_DELAY_MS);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
