/** "Talk with your team": what a page leaves for the colleagues to talk about. */

import { element, icon, richText } from "../shell/dom.js";

/**
 * @param {Words} text
 * @param {string | undefined} html
 * @returns {HTMLElement[]} nothing where the author wrote nothing
 */
export function teamBox(text, html) {
  if (!html) return [];
  const heading = element("h2", { class: "box-title" }, icon("team"), text("team_title"));
  return [element("section", { class: "box team" }, heading, richText(html))];
}
