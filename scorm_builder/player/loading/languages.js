/**
 * A package with several languages: which there are, which suits the learner, and its course data.
 *
 * The launch page lists them (docs/contracts.md section 5). Only the language that is shown is
 * loaded, by a classic script, which works from disk and under a strict content security policy.
 */

import { completeCourse } from "./course_parts.js";
import { fetchScript } from "./later.js";

const LOAD_LIMIT_MS = 20_000;

/**
 * @param {Document} page
 * @returns {LanguageChoice[]} empty: the package has one language, which is there already
 */
export function readLanguages(page) {
  return JSON.parse(page.getElementById("languages")?.textContent ?? "[]");
}

/**
 * The languages with the one that suits best in front; the others keep their order.
 *
 * @param {LanguageChoice[]} languages
 * @param {readonly string[]} wishes language tags, the strongest first; LMSs write nl, nl-NL, nl_NL
 */
export function bestFirst(languages, wishes) {
  const best = wishes.map((wish) => suiting(languages, wish)).find(Boolean);
  return best ? [best, ...languages.filter((one) => one !== best)] : languages;
}

/**
 * @param {LanguageChoice[]} languages
 * @param {string} wish
 */
function suiting(languages, wish) {
  const [tag, primary] = [wish.replace(/_/g, "-").toLowerCase(), wish.toLowerCase().split(/[-_]/)[0]];
  const sameTag = languages.find((one) => one.tag.toLowerCase() === tag);
  return sameTag ?? languages.find((one) => one.tag.toLowerCase().split("-")[0] === primary);
}

/**
 * The course in one language, as far as its first file has it; null when that does not come.
 *
 * What came is looked at, since an LMS whose session has ended answers with a page to log in.
 *
 * @param {LanguageChoice} language
 * @returns {Promise<Course | null>}
 */
export async function loadCourse(language) {
  await inTime(fetchScript(language.file));
  return globalThis.noroomCourse?.course.language === language.tag ? noroomCourse : null;
}

/**
 * Make a course whole; false when its texts do not come.
 *
 * @param {Course} course
 */
export async function loadTexts(course) {
  await inTime(fetchScript(course.later.texts));
  return completeCourse(course, globalThis.noroomTexts);
}

/** @param {Promise<void>} answer */
function inTime(answer) {
  return Promise.race([answer, new Promise((resolve) => setTimeout(resolve, LOAD_LIMIT_MS))]);
}

/**
 * Say which language the page is in, to screen readers, fonts and the browser's hyphens.
 *
 * @param {{tag: string, dir: string}} language
 */
export function markPage({ tag, dir }) {
  document.documentElement.lang = tag;
  document.documentElement.dir = dir;
}
