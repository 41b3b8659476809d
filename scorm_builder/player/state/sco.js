/**
 * One SCO's part of a course that is published as several. Pure.
 *
 * The last SCO holds the check. It alone speaks to the programme, so that a completion exists once,
 * and it opens when the LMS says that the others are done. Each of them ends with a page that says so.
 */

import { hasEnded, isRecorded } from "./outcomes.js";

/** Not the key of a page that an author wrote, but for one chance in sixteen million. */
const END_KEY = "done";

/**
 * @typedef {object} Sco
 * @property {Course} course what this SCO shows
 * @property {boolean} isLast
 * @property {string[]} waitsFor ids of the SCOs that have to be done before
 */

/**
 * @param {Course} whole
 * @param {string} id the SCO that the launch page names
 * @returns {Sco}
 */
export function scoOf(whole, id) {
  const scos = whole.scos ?? [];
  const own = scos.find(([first]) => first === id) ?? [];
  const blocks = whole.blocks.filter((block) => own.includes(block.id));
  if (own === scos.at(-1)) {
    const waitsFor = scos.slice(0, -1).map(([first = ""]) => first);
    return { course: { ...withoutCount(whole), blocks }, isLast: true, waitsFor };
  }
  return { course: withEnd(withoutCount(whole), blocks), isLast: false, waitsFor: [] };
}

/**
 * "Part 1 of 1" would be wrong in every SCO; the LMS's own table of contents counts.
 *
 * @param {Course} whole
 * @returns {Course}
 */
function withoutCount(whole) {
  return { ...whole, messages: { ...whole.messages, place_part: "{title}" } };
}

/**
 * A part before the last: no check, nothing for the programme. Done means "satisfied" as well as
 * "completed", because 3rd edition can share nothing else between SCOs.
 *
 * @param {Course} whole
 * @param {Block[]} blocks
 * @returns {Course}
 */
function withEnd(whole, blocks) {
  const { messages, options } = whole;
  const end = textPage("part-done", END_KEY, messages["part_done"] ?? "", "");
  return {
    ...whole,
    blocks: blocks.map((block) => ({ ...block, pages: [...block.pages, end] })),
    check: null,
    tracking: null,
    messages: { ...messages, exit_done: messages["part_next"] ?? "", exit_words_done: messages["exit_words"] ?? "" },
    options: { ...options, also_passed: true, force_score: false },
  };
}

/**
 * The SCOs that this learner has to do before this one; none when nothing can be recorded, or when
 * the LMS already holds the end.
 *
 * @param {Sco} sco
 * @param {Launch} launch
 * @param {(objective: string) => boolean} isSatisfied
 */
export function missingBefore(sco, launch, isSatisfied) {
  if (!isRecorded(launch) || hasEnded(sco.course, launch)) return [];
  return sco.waitsFor.filter((id) => !isSatisfied(`DONE-${id}`));
}

/**
 * What a learner sees who came too early, in an LMS that does not keep the door shut: which parts
 * come first, and nothing that could be done, or recorded.
 *
 * @param {Course} whole
 * @param {string[]} missing ids of SCOs
 * @returns {Course}
 */
export function comeLater(whole, missing) {
  const [first, ...others] = whole.blocks.filter((block) => missing.includes(block.id));
  if (!first) return whole;
  const titles = [first, ...others].map((block) => `<li>${escaped(block.title)}</li>`).join("");
  const page = textPage("parts-first", END_KEY, whole.messages["parts_first"] ?? "", `<ul>${titles}</ul>`);
  return { ...whole, blocks: [{ ...first, pages: [page] }], check: null, tracking: null };
}

/**
 * @param {string} id
 * @param {string} key
 * @param {string} title
 * @param {string} html
 * @returns {CoursePage}
 */
function textPage(id, key, title, html) {
  return { id, key, kind: "text", title, html };
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
