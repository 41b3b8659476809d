/** Looking around in a scene as a pure state: what was chosen, and what is still to be found. */

/**
 * @typedef {object} Search
 * @property {readonly string[]} chosen ids, in the order in which they were chosen first
 * @property {boolean} shown the learner asked to see the rest
 */

/** @type {Search} */
export const EMPTY_SEARCH = { chosen: [], shown: false };

/**
 * @param {Search} search
 * @param {string} id
 * @returns {Search}
 */
export function choose(search, id) {
  return search.chosen.includes(id) ? search : { ...search, chosen: [...search.chosen, id] };
}

/**
 * The signals of a scene, those found first in the order in which they were found.
 *
 * @param {readonly SceneObject[]} things
 * @param {Search} search
 */
export function signalsOf(things, search) {
  const signals = things.filter((thing) => thing.signal);
  const found = search.chosen.flatMap((id) => signals.filter((thing) => thing.id === id));
  return { found, missing: signals.filter((thing) => !found.includes(thing)) };
}

/**
 * How many signals are still to be found before the learner may go on.
 *
 * @param {readonly SceneObject[]} things
 * @param {Search} search
 * @param {number} needed
 */
export function stillToFind(things, search, needed) {
  return search.shown ? 0 : Math.max(0, needed - signalsOf(things, search).found.length);
}
