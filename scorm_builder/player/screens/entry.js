/**
 * What stands before the course: its language, where the package has several.
 *
 * Each step is one screen with one heading, and gives what the learner chose. Nothing is saved
 * before the last step: the session begins with the course.
 */

import { element } from "../shell/dom.js";
import { createLanguageList } from "../shell/language_list.js";
import { bestFirst, loadCourse, markPage } from "../loading/languages.js";
import { languageIn } from "../state/suspend_data.js";

/**
 * The course in the language that the learner once chose, or chooses now.
 *
 * @param {LanguageChoice[]} languages
 * @param {Launch | null} launch
 * @param {string} [kept] tag of the language that was chosen before a reload
 * @returns {Promise<Course>}
 */
export async function enter(languages, launch, kept) {
  if (languages.length === 0) return noroomCourse;
  const known = languages.find((one) => one.tag === (kept || languageIn(launch?.suspendData ?? "")));
  const loaded = known && (await loadCourse(known));
  if (loaded) return loaded;
  const wishes = [launch?.language?.() ?? "", ...navigator.languages];
  return chooseLanguage(known ? bestFirst(languages, [known.tag]) : bestFirst(languages, wishes), known ?? null);
}

/**
 * @param {LanguageChoice[]} languages the one that is offered first in front
 * @param {LanguageChoice | null} failed a language that did not come
 * @returns {Promise<Course>}
 */
function chooseLanguage(languages, failed) {
  const first = /** @type {LanguageChoice} */ (languages[0]);
  markPage(first);
  document.title = first.choose;
  return new Promise((resolve) => {
    const list = createLanguageList(languages, null, async (language) => {
      const course = await loadCourse(language);
      if (course) resolve(course);
      return course !== null;
    });
    if (failed) list.showFailure(failed);
    const heading = element("h1", { tabindex: "-1" }, first.choose);
    const sheet = element("div", { class: "sheet" }, heading, list.node);
    const page = element("main", { class: "page entry" }, sheet);
    document.body.replaceChildren(element("div", { class: "app", "data-screen": "language" }, page));
  });
}
