/** What a page of any kind gets to work with. */

import { element, icon, richText, withHtml } from "../shell/dom.js";

/**
 * @typedef {object} View
 * @property {Course} course
 * @property {CoursePage} page
 * @property {Words} text
 * @property {HTMLElement} body empty; the page builds itself here, below its heading
 * @property {import("../session/session.js").Session} session
 * @property {PageMemory} memory of this page, empty when it is shown for the first time
 * @property {(words: string) => void} announce
 * @property {(button: import("../shell/shell.js").NextButton | null) => void} setNext
 * @property {(act: (() => void) | null) => void} setBack
 * @property {() => void} goOn to the next page
 * @property {(() => void) | null} goBack to the page before; null on the first
 * @property {(index: number) => void} goTo a part of the course
 */

/**
 * Kind words on an answer, with the reason below. Read out by screen readers.
 *
 * @param {Pick<View, "text" | "announce">} view
 * @param {boolean} right
 * @param {(string | null)[]} reasons HTML
 * @param {{title?: string, notes?: string[]}} [words] plain text: instead of the usual title, and below the reasons
 */
export function createFeedback(view, right, reasons, words = {}) {
  const title = words.title ?? view.text(right ? "answer_right" : "answer_look_again");
  const box = element(
    "div",
    { class: `feedback ${right ? "is-right" : "is-other"}` },
    element("p", { class: "feedback-title" }, icon(right ? "check" : "again"), title),
    ...reasons.filter((reason) => reason !== null && reason !== "").map((reason) => richText(reason ?? "")),
    ...(words.notes ?? []).filter(Boolean).map((note) => element("p", { class: "feedback-note" }, note)),
  );
  view.announce(wordsOf(box));
  return box;
}

/**
 * The words of a box as they are read out: a pause between its lines.
 *
 * @param {Element} box
 */
export function wordsOf(box) {
  return Array.from(box.children, (line) => line.textContent).join(" ");
}

/**
 * The button while an answer is waited for. Whoever has been here before may simply go on.
 *
 * @param {View} view as the page begins, before an answer makes it seen
 * @returns {(label: string, hint: string) => import("../shell/shell.js").NextButton}
 */
export function waitingFor(view) {
  const known = view.session.progress().seen.includes(view.page.key);
  const goOn = { label: view.text("next"), act: view.goOn };
  return (label, hint) => (known ? goOn : { label, act: () => undefined, hint });
}

/**
 * Bring what was just added into sight without moving more than needed.
 *
 * @param {Element} added
 */
export function reveal(added) {
  added.scrollIntoView({ block: "nearest" });
}

/**
 * Items in the order in which this page showed them before its language changed; else as `arrange`
 * puts them, and the memory keeps that.
 *
 * @template {{id: string}} T
 * @param {PageMemory} memory
 * @param {readonly T[]} items
 * @param {() => T[]} arrange
 * @returns {T[]}
 */
export function inKeptOrder(memory, items, arrange) {
  const kept = (memory.order ?? []).flatMap((id) => items.filter((item) => item.id === id));
  const shown = kept.length === items.length ? kept : arrange();
  memory.order = shown.map((item) => item.id);
  return shown;
}

/**
 * The author's HTML as a span, so that it can stand in a label or a button.
 *
 * @param {string} html
 */
export function inlineText(html) {
  const span = withHtml(element("span", { class: "inline-text" }), html);
  const only = span.firstElementChild;
  if (only && only.tagName === "P" && span.children.length === 1) only.replaceWith(...only.childNodes);
  return span;
}

/**
 * The author's HTML as words alone.
 *
 * @param {string} html
 */
export function plainText(html) {
  return inlineText(html).textContent ?? "";
}

/**
 * "Card 2 of 5".
 *
 * @param {string} words
 */
export function createCounter(words) {
  return element("p", { class: "counter" }, words);
}
