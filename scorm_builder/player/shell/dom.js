/** Building the screen: elements and pictures, without ever reading text as markup by accident. */

import { isMeant } from "./country.js";

const PICTURE_RETRY_MS = 5_000;
const GONE_MS = 60;
const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>} Attributes
 */

/**
 * An element. Attributes that are functions listen to the event of that name; false, null and
 * undefined leave the attribute out; true gives an empty one.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} attributes
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/**
 * A block with the author's text, which the builder has made into safe HTML.
 *
 * @param {string} html
 * @param {string} [className]
 */
export function richText(html, className = "") {
  return withHtml(element("div", { class: `rich ${className}`.trim() }), html);
}

/**
 * An element with the author's HTML in it, as far as it is meant for this learner.
 *
 * @template {Element} T
 * @param {T} made
 * @param {string} html
 */
export function withHtml(made, html) {
  made.innerHTML = html;
  for (const one of made.querySelectorAll("[data-country], [data-profile]")) if (!isMeant(one)) one.remove();
  return made;
}

/**
 * The author's picture, with its words for who does not see it; nothing where there is none.
 *
 * @param {Picture | undefined} picture
 * @returns {HTMLElement[]}
 */
export function pictureOf(picture) {
  return picture ? [pictureElement(picture, "picture")] : [];
}

/**
 * A picture that is asked for again while its page is open: on a lost connection it has not come.
 *
 * @param {Picture} picture
 * @param {string | null} className
 */
export function pictureElement({ src, description, size = [] }, className) {
  const again = () => setTimeout(() => image.isConnected && (image.src = src), PICTURE_RETRY_MS);
  const [width, height] = size;
  const image = element("img", { class: className, src, alt: description, width, height, error: again });
  return image;
}

/**
 * The chain's logo; nothing where the chain has none.
 *
 * @param {Brand | null} brand
 * @returns {HTMLElement[]}
 */
export function brandOf(brand) {
  if (!brand?.logo) return [];
  return [element("p", { class: "brand" }, pictureElement({ src: brand.logo, description: brand.name }, null))];
}

/** Between words that stand apart on the screen: else a screen reader runs them together. */
export const pause = () => element("span", { class: "only-read" }, ", ");

/** Drawn on a 24 x 24 grid, as strokes. */
const ICONS = {
  back: "M14.5 5.5 8 12l6.5 6.5",
  next: "M9.5 5.5 16 12l-6.5 6.5",
  check: "M5 12.8 9.8 17.5 19 7.5",
  again: "M12 8v4.5M12 16v.2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z",
  help: "M12 20s-7.5-4.4-7.5-10A4.3 4.3 0 0 1 12 7.2 4.3 4.3 0 0 1 19.5 10C19.5 15.6 12 20 12 20Z",
  language: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
  exit: "M14 7V4.5H5v15h9V17M10 12h10M16.5 8.5 20 12l-3.5 3.5",
  leave: "M6 6l12 12M18 6 6 18",
  cup: "M5 9h11v5.5A4.5 4.5 0 0 1 11.5 19h-2A4.5 4.5 0 0 1 5 14.5V9Zm11 1h1.5a2.5 2.5 0 0 1 0 5H16M8.5 3.5v2M12.5 3.5v2",
  phone: "M7 3.5h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5v3c0 1.5-1 2.5-2.5 2.5C10.5 19.5 4.5 13.5 4.5 6 4.5 4.5 5.5 3.5 7 3.5Z",
  lock: "M6.5 11V8a5.5 5.5 0 0 1 11 0v3M5 11h14v9H5ZM12 14.5v2",
  team: "M4 5h11v7.5H9L5.5 15v-2.5H4ZM18 9.5h2V17h-1.5v2.5L15 17H9.5v-1.5",
  card: "M4 6h16v12H4ZM7.5 10h9M7.5 14h5",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7Z",
  parts: "M5 6.5h14M5 12h14M5 17.5h9",
};

/**
 * A picture that says nothing which does not also stand in words.
 *
 * @param {keyof typeof ICONS} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/**
 * Give the focus to what was just made, so that reading starts there.
 *
 * If what had it went with the old screen, wait a moment: Orca in Chromium passes over a focus that
 * moves in the same moment, and the new heading is never said.
 *
 * @param {HTMLElement} node
 * @param {FocusOptions} [options]
 */
export function giveFocus(node, options) {
  const nobodyHasIt = () => document.activeElement === document.body;
  if (!nobodyHasIt()) return node.focus(options);
  setTimeout(() => nobodyHasIt() && node.focus(options), GONE_MS);
}
