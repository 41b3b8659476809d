/** Cards, one after the other; the page is done when the last was shown. */

import { element, giveFocus, richText } from "../shell/dom.js";
import { createCard } from "./card.js";

/** @param {import("./view.js").View} view */
export function renderCards(view) {
  const { page, text } = view;
  const cards = page.cards ?? [];
  const intro = richText(page.html);
  const holder = element("div", { class: "card-holder" });
  view.body.append(intro, holder);

  /** @type {(index: number, moveFocus: boolean) => void} */
  const show = (index, moveFocus) => {
    const card = cards[index];
    if (!card) return;
    view.memory.index = index;
    const last = index === cards.length - 1;
    const { node, heading } = createCard(view, card, text("card_counter", { n: index + 1, m: cards.length }));
    holder.replaceChildren(node);
    intro.hidden = index > 0;
    if (last) view.session.dispatch({ type: "page_answered", key: page.key });
    view.setBack(index > 0 ? () => show(index - 1, true) : view.goBack);
    view.setNext(
      last ? { label: text("next"), act: view.goOn } : { label: text("card_next"), act: () => show(index + 1, true) },
    );
    if (moveFocus) giveFocus(heading);
  };
  show(view.memory.index ?? 0, false);
}
