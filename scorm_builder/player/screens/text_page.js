/** A page to read. */

import { richText } from "../shell/dom.js";

/** @param {import("./view.js").View} view */
export function renderText(view) {
  view.body.append(richText(view.page.html));
}
