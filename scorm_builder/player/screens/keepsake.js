/**
 * What a learner can print or save: a note of taking part, and the card with the rule and the help.
 *
 * The name is typed for the paper only. It stands in no form, is never stored, and is gone with the
 * page. The date is that of printing: the course does not know on which day an earlier session ended.
 */

import { isHere } from "../shell/country.js";
import { element, icon, richText } from "../shell/dom.js";

/**
 * @param {Course} course
 * @param {Words} text
 * @param {string} card HTML
 * @param {boolean} over the course was finished, so there is something to print a note of
 */
export function createKeepsake(course, text, card, over) {
  const { title, language, version } = course.course;
  const date = new Date().toLocaleDateString(language, { dateStyle: "long", numberingSystem: "latn" });
  const written = element("p", { class: "note-name" });
  const name = element("input", { class: "name-field", id: "note-name", type: "text", autocomplete: "off", spellcheck: "false", maxlength: 80 });
  name.addEventListener("input", () => (written.textContent = name.value));
  const note = element(
    "section",
    { class: "note" },
    element("h2", { class: "note-title" }, text("note_title")),
    written,
    element("p", {}, text("note_words", { title })),
    element("p", { class: "note-small" }, text("note_date", { date })),
    element("p", { class: "note-small" }, text("note_version", { version })),
  );
  const asked = element("label", { class: "name-label", for: name.id }, text("note_name"));
  const own = over ? [asked, name, element("p", { class: "private" }, icon("lock"), element("span", {}, text("note_private")))] : [];
  const print = element("button", { type: "button", class: "button quiet print", click: () => window.print() }, icon("print"), text("print"));
  const hint = element("p", { class: "choice-help" }, text("print_hint"));
  const paper = element("div", { class: "paper" }, over ? note : null, card ? keepCard(course, text, card) : null);
  return element("div", { class: "keepsake" }, paper, ...own, print, hint);
}

/** @type {(course: Course, text: Words, card: string) => HTMLElement} */
function keepCard(course, text, card) {
  const here = course.help.filter(({ country }) => isHere(country));
  const numbers = here.map((contact) =>
    element("li", {}, `${contact.name} `, element("bdi", { class: "keep-number", dir: "ltr" }, contact.number)),
  );
  const help = numbers.length > 0 ? [element("p", { class: "keep-help" }, text("help_title")), element("ul", {}, ...numbers)] : [];
  return element(
    "section",
    { class: "keep-card" },
    element("h2", { class: "box-title" }, icon("card"), text("card_title")),
    richText(card),
    ...help,
  );
}
