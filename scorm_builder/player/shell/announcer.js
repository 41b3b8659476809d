/** Words for screen readers that follow what happens on the screen. */

import { element } from "./dom.js";

/** @returns {{node: HTMLElement, announce: (words: string) => void}} */
export function createAnnouncer() {
  let wanted = "";
  const node = element("div", { class: "only-read", role: "status", "aria-live": "polite" });
  return {
    node,
    announce(words) {
      node.textContent = "";
      wanted = words;
      // A region that gets the same words twice in one turn stays silent. Only the last words count.
      requestAnimationFrame(() => {
        if (node.textContent !== wanted) node.textContent = wanted;
      });
    },
  };
}
