/**
 * Steps to put in order: tap them one after the other; tap again to take one back. What stands in
 * the right place from the first step on stays for a second try; then the order is shown.
 */

import { shuffle } from "../state/check.js";
import { element, richText } from "../shell/dom.js";
import { createFeedback, inKeptOrder, inlineText, reveal, waitingFor } from "./view.js";

const MOST_TRIES = 2;

/** @param {import("./view.js").View} view */
export function renderOrder(view) {
  const { page, text, memory } = view;
  const right = page.steps ?? [];
  /** @type {string[]} */
  let taken = memory.chosen ?? [];
  let kept = memory.index ?? 0;
  let tries = memory.tries ?? 0;
  const waiting = waitingFor(view);
  const question = richText(page.question ?? "", "question");
  question.id = "order-question";
  const shown = inKeptOrder(memory, right, () => shuffle(right, Math.random));
  const buttons = shown.map((step) => {
    const place = element("span", { class: "step-place", "aria-hidden": "true" });
    const said = element("span", { class: "only-read" });
    const attributes = { type: "button", class: "step", "data-step": step.id, "aria-pressed": "false", click: () => tap(step.id) };
    return { id: step.id, place, said, node: element("button", attributes, place, inlineText(step.html), said) };
  });
  const list = element("div", { class: "steps", role: "group", "aria-labelledby": question.id });
  list.append(...buttons.map(({ node }) => node));
  const help = element("p", { class: "choice-help" }, text("order_help"));
  view.body.append(richText(page.html), question, help, list);
  show();
  if (memory.value !== undefined) showOrder(memory.value);
  else if (tries > 0 && taken.length === kept) showKept();

  /** @param {string} id */
  function tap(id) {
    if (taken.indexOf(id) >= 0 && taken.indexOf(id) < kept) return;
    list.parentElement?.querySelector(".feedback")?.remove();
    taken = taken.includes(id) ? taken.filter((other) => other !== id) : [...taken, id];
    memory.chosen = taken;
    const place = taken.indexOf(id) + 1;
    view.announce(place > 0 ? text("order_place", { n: place, m: right.length }) : text("order_taken_back"));
    show();
  }

  function show() {
    for (const { id, place, said, node } of buttons) {
      const number = taken.indexOf(id) + 1;
      place.textContent = number > 0 ? String(number) : "";
      said.textContent = number > 0 ? text("order_place", { n: number, m: right.length }) : "";
      node.setAttribute("aria-pressed", String(number > 0));
      node.setAttribute("aria-disabled", String(number > 0 && number <= kept));
    }
    const hint = taken.length < right.length ? text("order_hint") : null;
    view.setNext(hint && taken.length === 0 ? waiting(text("answer"), hint) : { label: text("answer"), act: answer, hint });
  }

  function answer() {
    const wrong = right.findIndex((step, index) => step.id !== taken[index]);
    memory.tries = tries += 1;
    if (wrong < 0 || tries === MOST_TRIES) return showOrder(wrong < 0);
    memory.index = kept = wrong;
    memory.chosen = taken = taken.slice(0, kept);
    show();
    reveal(showKept());
  }

  /** What was right so far stays; said until the next tap. */
  function showKept() {
    const words = kept > 0 ? text("order_kept", { n: kept, m: right.length }) : text("order_none_kept");
    const feedback = createFeedback(view, false, [], { notes: [words] });
    list.after(feedback);
    return feedback;
  }

  /** @param {boolean} correct */
  function showOrder(correct) {
    memory.value = correct;
    const items = right.map((step) => element("li", {}, inlineText(step.html)));
    const heading = element("p", { class: "answer-title" }, text("order_answer"));
    view.session.dispatch({ type: "page_answered", key: page.key });
    const feedback = createFeedback(view, correct, [page.feedback ?? null]);
    help.remove();
    list.parentElement?.querySelector(".feedback")?.remove();
    list.replaceWith(element("div", { class: "order-answer" }, heading, element("ol", {}, ...items)));
    view.body.append(feedback);
    view.setNext({ label: text("next"), act: view.goOn });
    reveal(feedback);
  }
}
