/** What work do you do? One tap chooses and goes on; the choice can be changed at any time. */

import { element, icon, richText } from "../shell/dom.js";

/** @param {import("./view.js").View} view */
export function renderRole(view) {
  const { course, page, text, session } = view;
  const { choices, other } = course.roles ?? { choices: [], other: "" };
  const chosen = session.progress().role;

  /** @type {(key: string, title: string, description: string, now: boolean) => HTMLElement} */
  const button = (key, title, description, now) => {
    const words = element("span", { class: "role-words" }, element("span", { class: "role-title" }, title));
    if (description) words.append(element("span", { class: "role-description" }, description));
    if (now) words.append(element("span", { class: "role-mark" }, icon("check"), text("role_yours")));
    const act = { type: "button", class: "role", "data-role": key, "aria-current": now && "true", click: () => choose(key) };
    return element("button", act, words, icon("next"));
  };

  /** @param {string} key */
  function choose(key) {
    session.dispatch({ type: "role_chosen", role: key, page: page.key });
    view.goTo(Infinity);
  }

  const buttons = choices.map(({ key, title, description }) => button(key, title, description, key === chosen));
  const list = element("div", { class: "roles", role: "group", "aria-label": page.title });
  list.append(...buttons, button(other, text("role_other"), "", false));
  view.body.append(richText(page.html), list);
  if (!chosen) view.setNext(null);
}
