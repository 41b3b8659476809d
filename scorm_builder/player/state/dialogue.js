/** The way through a conversation: which turns were met and what was chosen. Pure. */

/**
 * @typedef {object} Passed
 * @property {Turn} turn
 * @property {Choice} choice
 */

/** @typedef {readonly Passed[]} Way */

/**
 * The way that these choices make from the first turn on, as far as the page has them.
 *
 * @param {Pick<CoursePage, "turns" | "endings">} page
 * @param {readonly string[]} chosen ids of choices, in order
 * @returns {Passed[]}
 */
export function wayOf(page, chosen) {
  /** @type {Passed[]} */
  const way = [];
  for (const id of chosen) {
    const { turn } = placeOf(page, way);
    const choice = turn?.choices.find((candidate) => candidate.id === id);
    if (!turn || !choice) break;
    way.push({ turn, choice });
  }
  return way;
}

/**
 * Where a way leads: the turn or the ending that comes now.
 *
 * @param {Pick<CoursePage, "turns" | "endings">} page
 * @param {Way} way
 * @returns {{turn: Turn | null, ending: Ending | null}}
 */
export function placeOf(page, way) {
  const to = way.at(-1)?.choice.to;
  const turns = page.turns ?? [];
  const turn = to === undefined ? turns[0] : turns.find((candidate) => candidate.id === to);
  const ending = page.endings?.find((candidate) => candidate.id === to);
  return { turn: turn ?? null, ending: ending ?? null };
}
