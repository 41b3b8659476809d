/** Entry of a web site: who takes the course is asked here, since no LMS knows it. */

import { boot } from "./boot.js";
import { createText } from "./messages.js";
import { createWebRuntime, sendLeftBehind } from "./runtime/web.js";
import { createTabLanguage, createWebStore } from "./runtime/web_store.js";
import { askWho, withoutCode } from "./screens/codes_screen.js";

const tab = createTabLanguage(window);

/** Begin again at the very first screen. */
function fromTheStart() {
  tab.keep("");
  location.reload();
}

/** @type {import("./boot.js").Entrance["identify"]} */
async function identify(course, hasLanguages) {
  const store = createWebStore(window, course);
  const text = createText(course.messages, course.course.dir);
  const asked = course.tracking !== null && course.hotels.length > 0;
  const known = store.current() ?? (asked ? await askWho(course, text, store.last(), hasLanguages ? fromTheStart : null) : store.last());
  const entrant = known ?? withoutCode();
  sendLeftBehind(course, store, entrant.id, fetch.bind(window));
  return createWebRuntime(store, entrant, fromTheStart);
}

boot(async () => null, { language: tab.read, keepLanguage: tab.keep, identify });
