/**
 * A film, the same in pictures, and the same in words. None is less than the others: whoever has
 * taken one to its end is done. Who asked the device for less motion gets the pictures first.
 */

import { element, giveFocus, richText } from "../shell/dom.js";
import { createFilm } from "./film.js";
import { createCard } from "./card.js";
import { createSwitch } from "./switch.js";
import { waitingFor } from "./view.js";

/** @param {import("./view.js").View} view */
export function renderVideo(view) {
  const { page, text, memory } = view;
  const cards = page.cards ?? [];
  const waiting = waitingFor(view);
  const next = { label: text("next"), act: view.goOn };
  let done = false;
  const film = createFilm(view, { onEnd: finish, onFail: fail });
  const ways = [
    { name: "film", label: text("video_film"), act: showFilm },
    { name: "stills", label: text("video_stills"), act: () => showStill(memory.index ?? 0) },
    { name: "words", label: text("video_words"), act: showWords },
  ];
  const wished = memory.way ?? (matchMedia("(prefers-reduced-motion: reduce)").matches ? "stills" : "film");
  const first = Math.max(0, ways.findIndex(({ name }) => name === wished));
  const choice = createSwitch(text("video_ways"), ways, first);
  const said = element("p", { class: "film-failed", hidden: true }, text("video_failed"));
  const holder = element("div", { class: "card-holder" });
  view.body.append(richText(page.html), choice.node, said, holder);
  ways[first]?.act();

  /**
   * A film that is taken out of the page pauses.
   *
   * @type {(way: string, shown: HTMLElement) => void}
   */
  function show(way, shown) {
    memory.way = way;
    holder.replaceChildren(shown);
    view.setBack(view.goBack);
  }

  function showFilm() {
    said.hidden = true;
    show("film", film);
    view.setNext(done ? next : waiting(text("next"), text("video_hint")));
  }

  function showWords() {
    show("words", richText(page.transcript ?? "", "transcript"));
    finish();
  }

  /** @type {(index: number, moveFocus?: boolean) => void} */
  function showStill(index, moveFocus = false) {
    const card = cards[index];
    if (!card) return;
    memory.index = index;
    const { node, heading } = createCard(view, card, text("video_still", { n: index + 1, m: cards.length }));
    show("stills", node);
    if (index > 0) view.setBack(() => showStill(index - 1, true));
    if (index === cards.length - 1) finish();
    else view.setNext({ label: text("video_still_next"), act: () => showStill(index + 1, true) });
    if (moveFocus) giveFocus(heading);
  }

  function finish() {
    done = true;
    view.session.dispatch({ type: "page_answered", key: page.key });
    view.setNext(next);
  }

  function fail() {
    choice.press(1);
    said.hidden = false;
    view.announce(said.textContent ?? "");
    showStill(0, true);
  }
}
