/** "You are here": the parts of the course as a row of bars, and the same in words. */

import { element, icon, pause } from "./dom.js";

/**
 * @param {Course} course
 * @param {Words} text
 * @param {() => void} onOpen
 */
export function createProgressBar(course, text, onOpen) {
  const bars = course.blocks.map((_, index) => element("span", { class: `bar accent-${index % 5}` }));
  const part = element("span", { class: "place-part" });
  const page = element("span", { class: "place-page" });
  const row = element("span", { class: "bars", "aria-hidden": "true" }, ...bars);
  const words = element("span", { class: "place" }, part, pause(), page);
  const button = element("button", { type: "button", class: "place-button", click: onOpen });
  button.append(row, words, pause(), element("span", { class: "only-read" }, text("parts_open")), icon("parts"));

  return {
    node: button,
    /**
     * @param {Stop} stop
     * @param {Block[]} blocks with the pages that the learner gets
     * @param {(block: Block) => number} share of a block's pages that were seen, 0..1
     */
    show(stop, blocks, share) {
      const values = { n: stop.blockNumber, m: course.blocks.length, title: stop.block.title };
      part.textContent = text("place_part", values);
      page.textContent = text("place_page", { n: stop.numberInBlock, m: stop.block.pages.length });
      bars.forEach((bar, index) => {
        const block = /** @type {Block} */ (blocks[index]);
        bar.style.setProperty("--weight", String(block.pages.length));
        bar.style.setProperty("--share", String(share(block)));
        bar.classList.toggle("is-here", index + 1 === stop.blockNumber);
      });
    },
  };
}
