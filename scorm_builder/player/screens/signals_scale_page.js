/**
 * The signals scale: cards that add up. After each one the learner says how clear the picture is;
 * what fits is answered at once, and another answer may be tried for as long as the card is open.
 */

import { element, giveFocus, richText } from "../shell/dom.js";
import { listOf } from "../loading/messages.js";
import { createCounter, createFeedback, reveal, waitingFor } from "./view.js";

const SCALE_LABELS = { nothing: "scale_nothing", alert: "scale_alert", tell: "scale_tell" };
const SCALE_ANSWERS = /** @type {ScaleAnswer[]} */ (Object.keys(SCALE_LABELS));

/** @param {import("./view.js").View} view */
export function renderSignalsScale(view) {
  const { course, page, text, memory } = view;
  const waiting = waitingFor(view);
  const cards = page.scale ?? [];
  const pile = element("ol", { class: "pile" });
  /** What was set on each card so far. */
  const given = /** @type {ScaleAnswer[]} */ (memory.chosen ??= []);
  const holder = element("div", { class: "card-holder" });
  const intro = richText(page.html);
  view.body.append(intro, pile, holder);

  /** @type {(index: number, moveFocus: boolean) => void} */
  const show = (index, moveFocus) => {
    const card = cards[index];
    if (!card) return showAll(moveFocus);
    const heading = element("h2", { tabindex: "-1" }, card.title);
    const counter = createCounter(text("card_counter", { n: index + 1, m: cards.length }));
    const asked = element("p", { class: "question", id: "scale-question" }, text("scale_question"));
    const buttons = SCALE_ANSWERS.map((answer) => scaleButton(answer, () => set(card, index, answer, buttons)));
    const scale = element("div", { class: "scale", role: "group", "aria-labelledby": asked.id }, ...buttons);
    const shown = element("article", { class: "card", "data-item": card.id }, counter, heading, richText(card.html));
    holder.replaceChildren(shown, asked, scale);
    intro.hidden = index > 0;
    memory.index = index;
    view.setNext(waiting(text("card_next"), text("choose_one_hint")));
    if (given[index]) set(card, index, given[index], buttons);
    if (!moveFocus) return;
    giveFocus(heading, { preventScroll: true });
    shown.scrollIntoView({ block: "start" });
  };

  /** @type {(answer: ScaleAnswer, act: () => void) => HTMLButtonElement} */
  const scaleButton = (answer, act) =>
    element(
      "button",
      { type: "button", class: `scale-button is-${answer}`, "aria-pressed": "false", "data-answer": answer, click: act },
      element("span", { class: "scale-mark", "aria-hidden": "true" }),
      text(SCALE_LABELS[answer]),
    );

  /** @type {(card: ScaleCard, index: number, answer: ScaleAnswer, buttons: HTMLButtonElement[]) => void} */
  const set = (card, index, answer, buttons) => {
    given[index] = answer;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset["answer"] === answer));
    const last = index === cards.length - 1;
    if (last) view.session.dispatch({ type: "page_answered", key: page.key });
    const fits = card.fits.includes(answer);
    const innocent = card.innocent.length > 0 && text("innocent", { list: listOf(course.course.language, card.innocent) });
    const feedback = createFeedback(view, fits, [card.feedback[answer]], {
      title: text(fits ? "scale_fits" : "answer_look_again"),
      notes: [innocent || "", fits ? "" : text("scale_other")],
    });
    holder.querySelector(".feedback")?.remove();
    holder.append(feedback);
    const goOn = () => {
      pile.append(pileItem(card, answer));
      show(index + 1, true);
    };
    view.setNext({ label: text(last ? "scale_end" : "card_next"), act: goOn });
    reveal(feedback);
  };

  /** @type {(card: ScaleCard, answer: ScaleAnswer) => HTMLElement} */
  const pileItem = (card, answer) =>
    element(
      "li",
      { class: `pile-item is-${answer}` },
      element("span", { class: "scale-mark", "aria-hidden": "true" }),
      element("p", { class: "pile-title" }, card.title),
      richText(card.html),
      element("p", { class: "pile-answer" }, text("scale_you", { answer: text(SCALE_LABELS[answer]) })),
    );

  /** @param {boolean} moveFocus */
  function showAll(moveFocus) {
    memory.index = cards.length;
    const heading = element("h2", { tabindex: "-1", class: "end-title" }, text("scale_together"));
    pile.before(heading);
    holder.replaceChildren(richText(page.feedback ?? "", "closing"));
    view.setNext({ label: text("next"), act: view.goOn });
    if (!moveFocus) return;
    scrollTo(0, 0);
    giveFocus(heading, { preventScroll: true });
  }

  const start = memory.index ?? 0;
  cards.slice(0, start).forEach((card, index) => pile.append(pileItem(card, given[index] ?? "nothing")));
  show(start, false);
}
