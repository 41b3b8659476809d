/** Which hotel: the first screen of a package that a whole chain shares. */

import { element } from "../shell/dom.js";
import { createEntryFrame } from "./entry_frame.js";

const SEARCH_FROM = 9;

/** What is stored for a hotel that is not in the list. */
export const NOT_LISTED = "-";

/**
 * @param {Course} course
 * @param {Words} text
 * @returns {Promise<string>} the hotel's code, or NOT_LISTED
 */
export function askHotel(course, text) {
  const shell = createEntryFrame(course, text);
  return new Promise((resolve) => {
    const list = element("ul", { class: "hotels" }, ...course.hotels.map((hotel) => item(hotel, resolve)));
    const none = element("p", { class: "hotel-none", role: "status" });
    const search = element("input", {
      ...{ id: "hotel-search", type: "search", class: "code-input", autocomplete: "off", enterkeyhint: "search" },
      input: () => (none.textContent = filter(list, search.value) ? "" : text("hotel_none_found")),
    });
    const label = element("label", { class: "code-label", for: "hotel-search" }, text("hotel_search"));
    const field = course.hotels.length < SEARCH_FROM ? null : element("div", { class: "code-field" }, label, search, none);
    const away = element("button", { type: "button", class: "button quiet", click: () => resolve(NOT_LISTED) }, text("hotel_not_here"));
    const content = [field, list, element("div", { class: "entry-actions" }, away)].filter((node) => node !== null);
    shell.show(text("hotel_title"), content, { quietly: true, name: "hotel" });
  });
}

/**
 * Where the learner sees and changes the hotel; null where the package asks for none.
 *
 * @param {Course} course
 * @param {Words} text
 * @param {string} chosen code
 * @param {() => void} onChange
 */
export function hotelNote(course, text, chosen, onChange) {
  const name = course.hotels.find(({ code }) => code === chosen)?.name ?? text("hotel_not_here");
  return element(
    "p",
    { class: "hotel-note" },
    text("hotel_yours", { hotel: name }),
    " ",
    element("button", { type: "button", class: "button quiet", click: onChange }, text("hotel_change")),
  );
}

/**
 * @param {Hotel} hotel
 * @param {(code: string) => void} onChoose
 */
function item(hotel, onChoose) {
  const choose = element("button", { type: "button", class: "hotel-button", "data-hotel": hotel.id, click: () => onChoose(hotel.code) }, hotel.name);
  return element("li", {}, choose);
}

/**
 * Show the hotels whose name has every word of the search; false when none is left.
 *
 * @param {HTMLElement} list
 * @param {string} wanted
 */
function filter(list, wanted) {
  const words = plain(wanted).split(/\s+/);
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  for (const one of items) one.hidden = !words.every((word) => plain(one.textContent ?? "").includes(word));
  return items.some((one) => !one.hidden);
}

/**
 * Small letters without accents: who types on a phone leaves them out.
 *
 * @param {string} text
 */
function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}
