/** The sheet of demo codes with which a hotel's web site is opened. */

import { element } from "../../player/shell/dom.js";
import { byId } from "./page.js";

export function createCodesPanel() {
  const panel = byId("codes");
  const none = "hotels.csv has no hotel of this chain, so the site asks nobody for a code.";

  return {
    /** @param {CodeSheet[]} sheets */
    show(sheets) {
      const words = "These codes are invented, and open nothing but this preview. noroom hotel codes makes real ones.";
      panel.replaceChildren(
        element("p", { class: "empty" }, sheets.length === 0 ? none : words),
        ...sheets.map(sheetOf),
      );
    },
  };
}

/** @param {CodeSheet} sheet */
function sheetOf({ hotel, code, people }) {
  const rows = people.map((person) =>
    element("tr", {}, element("td", {}, element("code", { class: "person-code" }, person.code)), element("td", {}, element("code", {}, person.pseudonym))),
  );
  const head = ["Personal code", "Learner that the programme sees"].map((words) => element("th", { scope: "col" }, words));
  return element(
    "table",
    { class: "model codes" },
    element("caption", {}, hotel, " · ", element("code", { class: "hotel-code" }, code)),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rows),
  );
}
