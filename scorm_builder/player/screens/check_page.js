/** The check: one question after the other, kind words after each, and as many tries as it takes. */

import { arrangeOptions, isRightChoice, openQuestions } from "../state/check.js";
import { element, giveFocus, icon, richText } from "../shell/dom.js";
import { createChoices } from "./choices.js";
import { createCounter, createFeedback, inKeptOrder, reveal } from "./view.js";

const TRIES_BEFORE_OFFER = 2;

/** @param {import("./view.js").View} view */
export function renderCheck(view) {
  const { course, text, body, session, memory } = view;
  const check = course.check;
  if (!check) return;
  const state = () => session.progress().check;

  function showStart() {
    const words = text("check_start", { draw: check?.draw ?? 0, pass: check?.pass ?? 0 });
    body.replaceChildren(richText(view.page.html), element("p", { class: "check-rule" }, words));
    view.setBack(view.goBack);
    view.setNext({ label: text("check_begin"), act: begin });
  }

  function begin() {
    session.startTry();
    showNext();
  }

  function showNext() {
    for (const key of /** @type {(keyof PageMemory)[]} */ (Object.keys(memory))) delete memory[key];
    const question = questionOf(openQuestions(state())[0]);
    if (question) showQuestion(question);
    else if (session.progress().done) showPassed();
    else showNotYet();
  }

  /** @param {string | undefined} key */
  function questionOf(key) {
    return check?.questions.find((candidate) => candidate.key === key);
  }

  /** @param {Question} question */
  function showQuestion(question) {
    memory.question = question.key;
    const several = question.kind === "choose_several";
    const hint = text(several ? "choose_several_hint" : "choose_one_hint");
    const options = inKeptOrder(memory, question.options, () => arrangeOptions(question, Math.random));
    const choices = createChoices(text, question.question, options, several, (chosen) => {
      memory.chosen = chosen.map((option) => option.id);
      view.setNext({ label: text("answer"), act: () => answer(question, choices), hint: chosen.length > 0 ? null : hint });
    });
    const { drawn, right, wrong } = state();
    const number = right.length + wrong.length + (memory.answered ? 0 : 1);
    const counter = createCounter(text("question_counter", { n: number, m: drawn.length }));
    counter.tabIndex = -1;
    const scene = richText(question.html, "scene");
    body.replaceChildren(counter, scene, choices.node);
    body.dataset["question"] = question.id;
    view.setBack(view.goBack);
    view.setNext({ label: text("answer"), act: () => undefined, hint });
    scrollTo(0, 0);
    giveFocus(counter, { preventScroll: true });
    choices.choose(memory.chosen ?? []);
    if (memory.answered) showReasons(question, choices);
  }

  /**
   * @param {Question} question
   * @param {import("./choices.js").Choices} choices
   */
  function answer(question, choices) {
    const chosen = choices.chosen().map((option) => option.id);
    const right = isRightChoice(question.options, chosen);
    memory.answered = true;
    session.dispatch({ type: "question_answered", key: question.key, right, time: Date.now(), chosen });
    showReasons(question, choices);
  }

  /**
   * @param {Question} question
   * @param {import("./choices.js").Choices} choices
   */
  function showReasons(question, choices) {
    const chosen = choices.chosen();
    const right = isRightChoice(question.options, chosen.map((option) => option.id));
    choices.lock();
    const reasons = chosen.map((option) => option.feedback);
    const feedback = createFeedback(view, right, [...reasons, question.feedback]);
    body.append(feedback);
    const more = openQuestions(state()).length > 0;
    view.setNext({ label: text(more ? "question_next" : "check_result"), act: showNext });
    reveal(feedback);
  }

  function showPassed() {
    const { right, drawn } = state();
    const words = drawn.length > 0 ? text("check_score", { right: right.length, draw: drawn.length }) : "";
    showResult("is-right", "check", text("check_passed"), [words], []);
    view.setNext({ label: text("next"), act: view.goOn });
  }

  function showNotYet() {
    const { right, drawn, failedTries } = state();
    const words = [text("check_score", { right: right.length, draw: drawn.length }), text("check_again_words")];
    const offer = failedTries >= TRIES_BEFORE_OFFER ? [element("p", {}, text("check_look_back_words")), lookBack()] : [];
    showResult("is-other", "again", text("check_not_yet"), words, offer);
    view.setNext({ label: text("check_again"), act: begin });
  }

  function lookBack() {
    const act = { type: "button", class: "button quiet look-back", click: () => view.goTo(0) };
    return element("button", act, icon("back"), text("check_look_back"));
  }

  /**
   * @param {string} tone
   * @param {"check" | "again"} picture
   * @param {string} title
   * @param {string[]} words
   * @param {Node[]} extra
   */
  function showResult(tone, picture, title, words, extra) {
    const heading = element("h2", { tabindex: "-1" }, title);
    const lines = words.filter(Boolean).map((line) => element("p", {}, line));
    const medal = element("div", { class: "medal" }, icon(picture));
    body.replaceChildren(element("div", { class: `result ${tone}` }, medal, heading, ...lines, ...extra));
    delete body.dataset["question"];
    view.setBack(view.goBack);
    scrollTo(0, 0);
    giveFocus(heading, { preventScroll: true });
    view.announce([title, ...words].join(" "));
  }

  const { drawn } = state();
  const kept = questionOf(memory.question);
  if (kept) showQuestion(kept);
  else if (session.progress().done) showPassed();
  else if (drawn.length === 0) showStart();
  else showNext();
}
