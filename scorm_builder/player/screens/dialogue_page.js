/**
 * A conversation: each choice leads on, every ending says what there is to learn, and the learner
 * can go back to any turn to try another way. Only that an ending was reached is kept.
 */

import { placeOf, wayOf } from "../state/dialogue.js";
import { element, giveFocus, icon, richText } from "../shell/dom.js";
import { inlineText, plainText, waitingFor } from "./view.js";

/** @param {import("./view.js").View} view */
export function renderDialogue(view) {
  const { page, text, memory } = view;
  const waiting = waitingFor(view);
  let way = wayOf(page, memory.chosen ?? []);
  const intro = richText(page.html);
  const log = element("ol", { class: "talk" });
  const now = element("div", { class: "talk-now" });
  view.body.append(intro, log, now);

  /** @param {boolean} moveFocus */
  function show(moveFocus) {
    memory.chosen = way.map(({ choice }) => choice.id);
    const { turn, ending } = placeOf(page, way);
    intro.hidden = way.length > 0;
    log.replaceChildren(...way.map(passedItem));
    const heading = element("h2", { tabindex: "-1" }, turn?.title ?? ending?.title ?? "");
    if (turn) showTurn(turn, heading);
    else if (ending) showEnding(ending, heading);
    if (!moveFocus) return;
    giveFocus(heading, { preventScroll: true });
    (log.lastElementChild?.querySelector(".talk-own") ?? heading).scrollIntoView({ block: "start" });
  }

  /** @type {(turn: Turn, heading: HTMLElement) => void} */
  function showTurn(turn, heading) {
    const question = element("div", { class: "question", id: "talk-question" });
    question.append(turn.question ? inlineText(turn.question) : text("dialogue_question"));
    const choices = turn.choices.map((choice) =>
      element("button", { type: "button", class: "step talk-choice", "data-choice": choice.id, click: () => choose(turn, choice) }, inlineText(choice.html)),
    );
    const list = element("div", { class: "steps", role: "group", "aria-labelledby": question.id }, ...choices);
    now.replaceChildren(element("div", { class: "card", "data-turn": turn.id }, heading, richText(turn.html)), question, list);
    view.setBack(way.length > 0 ? () => backTo(way.length - 1) : view.goBack);
    view.setNext(waiting(text("next"), text("dialogue_hint")));
  }

  /** @type {(ending: Ending, heading: HTMLElement) => void} */
  function showEnding(ending, heading) {
    view.session.dispatch({ type: "page_answered", key: page.key });
    const tone = ending.good ? "is-right" : "is-other";
    const label = element("p", { class: "feedback-title" }, icon(ending.good ? "check" : "again"), text("dialogue_end"));
    const box = element("div", { class: `feedback talk-end ${tone}`, "data-ending": ending.id }, label, heading, richText(ending.html));
    const goOn = { type: "button", class: "button quiet talk-go-on", click: view.goOn };
    now.replaceChildren(box, ...(ending.good ? [] : [element("button", goOn, text("dialogue_go_on"))]));
    view.setBack(() => backTo(way.length - 1));
    const again = { label: text("check_again"), act: () => backTo(way.length - 1) };
    view.setNext(ending.good ? { label: text("next"), act: view.goOn } : again);
  }

  /** @type {(turn: Turn, choice: Choice) => void} */
  function choose(turn, choice) {
    way = [...way, { turn, choice }];
    show(true);
  }

  /** @param {number} length of the way that is kept */
  function backTo(length) {
    way = way.slice(0, length);
    show(true);
  }

  /** @type {(passed: import("../state/dialogue.js").Passed, index: number) => HTMLElement} */
  function passedItem({ turn, choice }, index) {
    const words = text("dialogue_change");
    const label = `${words}: ${turn.title}, ${plainText(choice.html)}`;
    const change = { type: "button", class: "talk-change", "aria-label": label, click: () => backTo(index) };
    return element(
      "li",
      { class: "talk-turn" },
      element("div", { class: "talk-scene" }, element("p", { class: "talk-title" }, turn.title), richText(turn.html)),
      element(
        "div",
        { class: "talk-own" },
        element("p", {}, element("span", { class: "talk-you" }, text("dialogue_you")), inlineText(choice.html)),
        element("button", change, words),
      ),
      choice.feedback ? richText(choice.feedback, "talk-then") : null,
    );
  }

  show(false);
}
