/** Buttons of which one is pressed: the same thing, seen in several ways. */

import { element } from "../shell/dom.js";

/**
 * @param {string} label what the buttons are for
 * @param {{label: string, act: () => void}[]} sides
 * @param {number} first the side that is shown already
 */
export function createSwitch(label, sides, first) {
  const buttons = sides.map((side, index) => {
    const click = () => {
      press(index);
      side.act();
    };
    return element("button", { type: "button", class: "switch-button", click }, side.label);
  });
  /** @param {number} pressed */
  const press = (pressed) => buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(index === pressed)));
  press(first);
  return { node: element("div", { class: "switch", role: "group", "aria-label": label }, ...buttons), press };
}
