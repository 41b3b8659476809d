/** The way through a conversation: which turns were met and what was chosen. Pure. */

/**
 * @typedef {object} Passed
 * @property {Turn} turn
 * @property {Choice} choice
 */

/** @typedef {readonly Passed[]} Way */

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
