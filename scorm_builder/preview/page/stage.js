/** The middle of the page: the course in a frame of the chosen size, scaled down where it must be. */

import { element } from "../../player/shell/dom.js";
import { byId } from "./page.js";

/** Sizes in CSS pixels. At 200 % a desk of 1280 x 800 shows half as much. */
const SCREENS = {
  phone: { width: 360, height: 640, name: "Phone, 360 × 640" },
  frame: { width: 650, height: 666, name: "LMS frame, 650 × 666" },
  desk: { width: 1280, height: 800, name: "Desk, 1280 × 800" },
  zoom: { width: 640, height: 400, name: "Desk at 200 %, 640 × 400" },
};

export function createStage() {
  const device = byId("device");
  const space = byId("space");
  let shown = "";

  return {
    /** @param {import("./settings.js").ScreenName} name */
    fit(name) {
      const { width, height, name: words } = SCREENS[name];
      const most = name === "zoom" ? 2 : 1;
      const scale = Math.min(most, space.clientWidth / width, Math.max(space.clientHeight, 200) / height);
      device.style.inlineSize = `${width}px`;
      device.style.blockSize = `${height}px`;
      device.style.transform = `scale(${scale}) translateX(-50%)`;
      byId("screen-name").textContent = words;
      const percent = Math.round((scale / most) * 100);
      byId("scale").textContent = percent < 100 ? `shown at ${percent} %` : "";
    },

    /** Whether this very package is shown already. */
    shows: (/** @type {string} */ path) => shown === path,

    /** Send the package away, as a closed window does, and wait until it has said its last words. */
    async empty() {
      shown = "";
      const frame = device.querySelector("iframe");
      if (!frame) return;
      await new Promise((resolve) => {
        frame.addEventListener("load", resolve, { once: true });
        frame.src = "about:blank";
      });
      frame.remove();
    },

    /**
     * @param {string} path names the package
     * @param {string} url
     */
    show(path, url) {
      shown = path;
      device.replaceChildren(element("iframe", { src: url, title: "The course", allow: "fullscreen" }));
    },

    /** @param {string} language */
    showProblems(language) {
      device.replaceChildren(
        element(
          "div",
          { class: "no-course" },
          element("strong", {}, `The course cannot be built in ${language || "any language"} yet.`),
          element("p", {}, "Problems, at the right, says what to change. Save, and it is built again."),
        ),
      );
    },

    /**
     * @param {string} words "" for no notice
     * @param {import("./tabs.js").Tabs} tabs
     */
    setNotice(words, tabs) {
      const notice = byId("notice");
      notice.hidden = words === "";
      if (words === "") {
        notice.replaceChildren();
        return;
      }
      const show = () => tabs.select("problems");
      const button = element("button", { type: "button", class: "plain", click: show }, "Show the problems");
      notice.replaceChildren(element("span", {}, words), button);
    },
  };
}
