/** Languages to choose from: each in its own name, and one calm sentence when one does not come. */

import { element } from "./dom.js";

/**
 * @param {LanguageChoice[]} languages
 * @param {string | null} current tag of the language that is shown; null: none yet
 * @param {(language: LanguageChoice) => Promise<boolean>} choose tells whether the language came
 */
export function createLanguageList(languages, current, choose) {
  const status = element("p", { class: "language-status", role: "status" });
  const items = languages.map((language) => element("li", {}, button(language)));
  let busy = false;

  /** @param {LanguageChoice} language */
  function button(language) {
    const { tag, dir, name } = language;
    const act = () => void take(language);
    return element(
      "button",
      { type: "button", class: "language", lang: tag, dir, "data-language": tag, "aria-current": tag === current && "true", click: act },
      name,
    );
  }

  /** @param {LanguageChoice} language */
  async function take(language) {
    if (busy) return;
    busy = true;
    say(language, language.waiting);
    if (await choose(language)) say(language, "");
    else showFailure(language);
    busy = false;
  }

  /** @param {LanguageChoice} language */
  function showFailure(language) {
    say(language, language.failed);
  }

  /**
   * In the language that was chosen: it is the one that the learner surely reads.
   *
   * @param {LanguageChoice} language
   * @param {string} words
   */
  function say({ tag, dir }, words) {
    status.lang = tag;
    status.dir = dir;
    status.textContent = words;
  }

  return { node: element("div", {}, element("ul", { class: "languages" }, ...items), status), showFailure };
}
