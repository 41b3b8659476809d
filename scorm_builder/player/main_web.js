/** Entry of a web site: who takes the course is asked here, since no LMS knows it. */

import { boot } from "./boot.js";
import { createText } from "./loading/messages.js";
import { createWebRuntime } from "./runtime/web.js";
import { createWebStore } from "./runtime/web_store.js";
import { askWho, withoutCode } from "./screens/codes_screen.js";

/**
 * The address says the language, so that a reload does not ask for it again, and a link can name it.
 *
 * @param {string} tag "" forgets it
 */
const keepLanguage = (tag) => location.replace(`#${tag}`);

/** Begin again at the very first screen. */
function fromTheStart() {
  keepLanguage("");
  location.reload();
}

/** @type {import("./boot.js").Entrance["identify"]} */
async function identify(course, hasLanguages) {
  const store = createWebStore(window, course);
  const text = createText(course.messages, course.course.dir, () => course.profiles?.[0]?.words);
  const asked = course.tracking && course.hotels[0];
  const known = store.current() ?? (asked ? await askWho(course, text, store.last(), hasLanguages ? fromTheStart : null) : store.last());
  const entrant = known ?? withoutCode();
  return createWebRuntime(store, entrant, fromTheStart);
}

boot(async () => null, { language: () => location.hash.slice(1), keepLanguage, identify });
