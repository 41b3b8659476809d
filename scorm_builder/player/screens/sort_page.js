/** Cards to sort into bins, one at a time; at the end the bins are shown with what is in them. */

import { shuffle } from "../state/check.js";
import { element, giveFocus, richText } from "../shell/dom.js";
import { judgeCards } from "./judge_cards.js";
import { inKeptOrder, inlineText } from "./view.js";

const SORT_KEYS = { counter: "card_counter", next: "card_next", hint: "sort_hint", end: "sort_end" };

/** @param {import("./view.js").View} view */
export function renderSort(view) {
  const { page, text, memory } = view;
  const bins = page.bins ?? [];
  const cards = page.sort ?? [];
  const order = inKeptOrder(memory, cards, () => shuffle(cards, Math.random));
  const sorted = new Set(order.slice(0, memory.chosen?.length ?? 0).map(({ id }) => id));
  const question = richText(page.question ?? "", "question");
  judgeCards(view, {
    cards: order.map((card) => ({ ...card, right: card.bin })),
    buttons: bins.map(({ id, title }) => ({ value: id, label: title })),
    asked: question.textContent ?? "",
    keys: SORT_KEYS,
    intro: [richText(page.html), question],
    onAnswer({ id }) {
      sorted.add(id);
      if (sorted.size === cards.length) view.session.dispatch({ type: "page_answered", key: page.key });
    },
    onEnd: showBins,
  });

  function showBins() {
    const heading = element("h2", { tabindex: "-1", class: "end-title" }, text("sort_answer"));
    const lists = bins.map(({ id, title }) =>
      element(
        "section",
        { class: "bin" },
        element("h3", { class: "bin-title" }, title),
        element("ul", {}, ...cards.filter((card) => card.bin === id).map((card) => element("li", {}, inlineText(card.html)))),
      ),
    );
    const bin = element("div", { class: `bins bins-${bins.length}` }, ...lists);
    view.body.replaceChildren(heading, bin, richText(page.feedback ?? "", "closing"));
    view.setNext({ label: text("next"), act: view.goOn });
    scrollTo(0, 0);
    giveFocus(heading, { preventScroll: true });
  }
}
