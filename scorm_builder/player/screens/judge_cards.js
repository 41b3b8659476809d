/** Cards to judge by one tap, one after the other; each gets its reason at once. */

import { element, giveFocus, icon, richText } from "../shell/dom.js";
import { createRounds } from "../state/rounds.js";
import { createCounter, createFeedback, reveal, waitingFor } from "./view.js";

/**
 * @typedef {object} JudgedCard
 * @property {string} id
 * @property {string} html
 * @property {string} feedback
 * @property {string} right value of the button that is right
 */

/**
 * @typedef {object} Judging
 * @property {JudgedCard[]} cards
 * @property {{value: string, label: string}[]} buttons
 * @property {string} asked what the buttons answer, for screen readers
 * @property {{counter: string, next: string, hint: string, end: string}} keys of messages
 * @property {Node[]} intro shown with the first card only
 * @property {(card: JudgedCard) => void} onAnswer
 * @property {() => void} onEnd
 */

/**
 * @param {import("./view.js").View} view
 * @param {Judging} judging
 */
export function judgeCards(view, judging) {
  const { text, memory } = view;
  const { keys } = judging;
  const waiting = waitingFor(view);
  const rounds = createRounds(judging.cards);
  const given = (memory.chosen ??= []);
  for (const value of memory.answered ? given.slice(0, -1) : given) {
    rounds.answer(value === rounds.current()?.right);
    rounds.goOn();
  }
  const intro = element("div", {}, ...judging.intro);
  const holder = element("div", { class: "statement-holder" });
  view.body.append(intro, holder);

  /** @param {boolean} moveFocus */
  function show(moveFocus) {
    const card = rounds.current();
    if (!card) return judging.onEnd();
    const { n, m } = rounds.place();
    const words = element("div", { class: "statement", tabindex: "-1", "data-item": card.id }, richText(card.html));
    const buttons = judging.buttons.map((button) => judgeButton(button, () => answer(card, button.value, buttons)));
    const group = element("div", { class: `judge judge-${buttons.length}`, role: "group", "aria-label": judging.asked }, ...buttons);
    const again = rounds.isSecond() ? element("p", { class: "once-more" }, text("once_more")) : null;
    holder.replaceChildren(element("div", { class: "card" }, again, createCounter(text(keys.counter, { n, m })), words, group));
    intro.hidden = n > 1 || rounds.isSecond();
    view.setNext(waiting(text(keys.next), text(keys.hint)));
    if (moveFocus) giveFocus(words);
    if (memory.answered) tell(card, given.at(-1) ?? "", buttons);
  }

  /** @type {(card: JudgedCard, value: string, buttons: HTMLButtonElement[]) => void} */
  function answer(card, value, buttons) {
    if (memory.answered) return;
    given.push(value);
    memory.answered = true;
    tell(card, value, buttons);
  }

  /** @type {(card: JudgedCard, value: string, buttons: HTMLButtonElement[]) => void} */
  function tell(card, value, buttons) {
    const right = value === card.right;
    for (const button of buttons) markButton(button, value, card.right);
    judging.onAnswer(card);
    const feedback = createFeedback(view, right, [card.feedback]);
    holder.append(feedback);
    const follows = rounds.answer(right);
    const label = text({ next: keys.next, again: "once_more_next", end: keys.end }[follows]);
    view.setNext({ label, act: goOn });
    reveal(feedback);
  }

  function goOn() {
    memory.answered = false;
    rounds.goOn();
    show(true);
  }

  show(false);
}

/** @type {(button: {value: string, label: string}, act: () => void) => HTMLButtonElement} */
function judgeButton({ value, label }, act) {
  return element(
    "button",
    { type: "button", class: "judge-button", "aria-pressed": "false", "data-value": value, click: act },
    label,
  );
}

/** @type {(button: HTMLButtonElement, chosen: string, right: string) => void} */
function markButton(button, chosen, right) {
  const value = button.dataset["value"];
  // Not disabled: that would take the focus away from who has just pressed it.
  button.setAttribute("aria-disabled", "true");
  button.setAttribute("aria-pressed", String(value === chosen));
  if (value !== right) return;
  button.classList.add("is-right");
  button.prepend(icon("check"));
}
