/** A card to read: counter, heading, picture, words, and what its signals may be instead. */

import { element, pictureOf, richText } from "../shell/dom.js";
import { listOf } from "../loading/messages.js";
import { createCounter } from "./view.js";

/**
 * @param {import("./view.js").View} view
 * @param {NonNullable<CoursePage["cards"]>[number]} card
 * @param {string} count such as "Card 2 of 5"
 */
export function createCard({ course, text }, card, count) {
  const heading = element("h2", { tabindex: "-1" }, card.title);
  const innocent = text("innocent", { list: listOf(course.course.language, card.innocent) });
  const note = card.innocent.length > 0 ? element("p", { class: "feedback-note" }, innocent) : null;
  const parts = [createCounter(count), heading, ...pictureOf(card.picture), richText(card.html), note];
  return { heading, node: element("article", { class: "card", "data-audio": card.audio }, ...parts) };
}
