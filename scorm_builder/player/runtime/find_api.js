/**
 * Search of the LMS's API object through the windows around the package.
 *
 * SCORM 1.2 RTE section 3.3 and SCORM 2004 RTE section 3.3: own window, the chain of parents, then
 * the opener and its parents. Windows of another origin throw when they are touched; the search
 * goes on behind them.
 */

const MAX_PARENTS = 500;
const POLL_MS = 150;
const FRAMED_WAIT_MS = 10_000;
const ALONE_WAIT_MS = 1_500;

/**
 * The API object, or null when none turned up in time.
 *
 * Some players load the package before their API exists, so a frame or popup waits up to ten
 * seconds. A window on its own can only have the API injected into itself, which takes less.
 *
 * @param {Window} own
 * @param {string} name "API" or "API_1484_11"
 * @returns {Promise<LmsApi | null>}
 */
export async function findApi(own, name) {
  const wait = isAlone(own) ? ALONE_WAIT_MS : FRAMED_WAIT_MS;
  for (let waited = 0; ; waited += POLL_MS) {
    const api = searchWindows(own, name);
    if (api || waited >= wait) return api;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/**
 * @param {Window} own
 * @param {string} name
 * @returns {LmsApi | null}
 */
export function searchWindows(own, name) {
  return (
    searchParents(own, name) ??
    searchParents(openerOf(own), name) ??
    searchParents(openerOf(attempt(() => own.top)), name)
  );
}

/**
 * @param {Window | null} first
 * @param {string} name
 * @returns {LmsApi | null}
 */
function searchParents(first, name) {
  let current = first;
  for (let level = 0; current && level <= MAX_PARENTS; level += 1) {
    const here = current;
    const api = attempt(() => /** @type {Record<string, any>} */ (/** @type {unknown} */ (here))[name]);
    if (api) return api;
    const parent = attempt(() => here.parent);
    if (parent === here) return null;
    current = parent;
  }
  return null;
}

/**
 * @param {Window | null} current
 * @returns {Window | null}
 */
function openerOf(current) {
  return attempt(() => (current && current.opener && !current.opener.closed ? current.opener : null));
}

/** @param {Window} own */
function isAlone(own) {
  return attempt(() => own.parent === own) === true && openerOf(own) === null;
}

/**
 * @template T
 * @param {() => T} read
 * @returns {T | null}
 */
function attempt(read) {
  try {
    return read() ?? null;
  } catch {
    return null;
  }
}
