/** Options to choose from, as radio buttons or check boxes with large targets. */

import { element, icon, richText } from "../shell/dom.js";
import { inlineText } from "./view.js";

/**
 * @typedef {object} Choices
 * @property {HTMLElement} node
 * @property {() => Option[]} chosen
 * @property {(ids: string[]) => void} choose as if the learner had
 * @property {() => void} lock
 * @property {() => void} markRight show which options are right, and why
 */

let groups = 0;

/**
 * @param {Words} text
 * @param {string} question HTML
 * @param {Option[]} options in the order shown
 * @param {boolean} several
 * @param {(chosen: Option[]) => void} onChange
 * @returns {Choices}
 */
export function createChoices(text, question, options, several, onChange) {
  groups += 1;
  const name = `choice-${groups}`;
  const asked = richText(question, "question");
  asked.id = `${name}-question`;
  const inputs = options.map((option) => createInput(name, option, several, () => onChange(chosen())));
  const tiles = options.map((option, index) => {
    const input = /** @type {HTMLInputElement} */ (inputs[index]);
    return element("label", { class: "option" }, input, inlineText(option.html));
  });
  const help = element("p", { class: "choice-help" }, text(several ? "choose_several_help" : "choose_one_help"));
  const list = element("div", { class: "options" }, ...tiles);
  const role = several ? "group" : "radiogroup";
  const node = element("div", { class: "choices", role, "aria-labelledby": asked.id }, asked, help, list);
  const chosen = () => options.filter((_, index) => inputs[index]?.checked);

  return {
    node,
    chosen,
    choose(ids) {
      options.forEach((option, index) => {
        const input = inputs[index];
        if (input) input.checked = ids.includes(option.id);
      });
      if (ids.length > 0) onChange(chosen());
    },
    lock() {
      for (const input of inputs) input.disabled = true;
      node.classList.add("is-locked");
      help.remove();
    },
    markRight() {
      tiles.forEach((tile, index) => {
        const option = /** @type {Option} */ (options[index]);
        if (option.right) markTile(tile, text("right_answer"));
        if ((several || (option.right && !inputs[index]?.checked)) && option.feedback) tile.after(richText(option.feedback, "option-reason"));
      });
    },
  };
}

/**
 * @param {string} name
 * @param {Option} option
 * @param {boolean} several
 * @param {() => void} onChange
 */
function createInput(name, option, several, onChange) {
  const type = several ? "checkbox" : "radio";
  return element("input", { type, name, value: option.id, change: onChange });
}

/**
 * @param {HTMLElement} tile
 * @param {string} words
 */
function markTile(tile, words) {
  tile.classList.add("is-right");
  tile.append(element("span", { class: "option-mark" }, icon("check"), words));
}
