/** Entry of a web site: who takes the course is asked here, since no LMS knows it. */

import { boot } from "./boot.js";
import { createText } from "./messages.js";
import { createWebRuntime, sendLeftBehind } from "./runtime/web.js";
import { createWebStore } from "./runtime/web_store.js";
import { askWho, withoutCode } from "./screens/codes_screen.js";

boot(
  async () => null,
  async (own, course) => {
    const store = createWebStore(own, course);
    const asked = course.tracking !== null && course.hotels.length > 0;
    const known = store.current() ?? (asked ? await askWho(course, createText(course.messages, course.course.dir), store.last()) : store.last());
    const entrant = known ?? withoutCode();
    sendLeftBehind(course, store, entrant.id, own.fetch.bind(own));
    return createWebRuntime(store, entrant, () => own.location.reload());
  },
);
