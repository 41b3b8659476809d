/** Statements to judge, one after the other; each gets its reason at once. */

import { element, icon, richText } from "../dom.js";
import { createCounter, createFeedback, reveal } from "./view.js";

/** @param {import("./view.js").View} view */
export function renderTrueFalse(view) {
  const { page, text } = view;
  const statements = page.statements ?? [];
  const intro = richText(page.html);
  const holder = element("div", { class: "statement-holder" });
  view.body.append(intro, holder);

  /** @type {(index: number, moveFocus: boolean) => void} */
  const show = (index, moveFocus) => {
    const statement = statements[index];
    if (!statement) return;
    intro.hidden = index > 0;
    const words = element("div", { class: "statement", tabindex: "-1", "data-statement": statement.id }, richText(statement.html));
    const counter = createCounter(text("statement_counter", { n: index + 1, m: statements.length }));
    const buttons = element("div", { class: "judge", role: "group", "aria-label": text("statement_question") });
    buttons.append(...[true, false].map((value) => judgeButton(value, () => answer(statement, index, value, buttons))));
    holder.replaceChildren(element("div", { class: "card" }, counter, words, buttons));
    view.setBack(index > 0 ? () => show(index - 1, true) : view.goBack);
    view.setNext({ label: nextLabel(index), act: () => undefined, hint: text("statement_hint") });
    if (moveFocus) words.focus();
  };

  /** @type {(value: boolean, act: () => void) => HTMLElement} */
  const judgeButton = (value, act) =>
    element(
      "button",
      { type: "button", class: "judge-button", "aria-pressed": "false", "data-value": String(value), click: act },
      text(value ? "is_true" : "not_true"),
    );

  /** @type {(statement: TrueFalseStatement, index: number, value: boolean, buttons: HTMLElement) => void} */
  const answer = (statement, index, value, buttons) => {
    markAnswer(buttons, value, statement.answer);
    view.session.dispatch({ type: "statement_answered", key: statement.key });
    const done = view.session.progress().statements;
    if (statements.every(({ key }) => done.includes(key))) {
      view.session.dispatch({ type: "page_answered", key: page.key });
    }
    const feedback = createFeedback(view, value === statement.answer, [statement.feedback]);
    holder.append(feedback);
    const act = index < statements.length - 1 ? () => show(index + 1, true) : view.goOn;
    view.setNext({ label: nextLabel(index), act });
    reveal(feedback);
  };

  /** @param {number} index */
  const nextLabel = (index) => text(index < statements.length - 1 ? "statement_next" : "next");

  const seen = view.session.progress().seen.includes(page.key);
  const answered = view.session.progress().statements;
  const open = statements.findIndex(({ key }) => !answered.includes(key));
  show(seen || open < 0 ? 0 : open, false);
}

/**
 * @param {HTMLElement} buttons
 * @param {boolean} chosen
 * @param {boolean} right
 */
function markAnswer(buttons, chosen, right) {
  for (const button of buttons.querySelectorAll("button")) {
    const value = button.dataset["value"] === "true";
    button.disabled = true;
    button.setAttribute("aria-pressed", String(value === chosen));
    if (value === right) {
      button.classList.add("is-right");
      button.prepend(icon("check"));
    }
  }
}
