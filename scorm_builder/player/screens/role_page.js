/**
 * What work do you do? One tap chooses and goes on; the choice can be changed at any time. Where a
 * package is for several profiles, one row above says who somebody is.
 */

import { goToProfile } from "../shell/country.js";
import { element, icon, richText } from "../shell/dom.js";
import { profileOf } from "../state/roles.js";
import { createSwitch } from "./switch.js";

/** @param {import("./view.js").View} view */
export function renderRole(view) {
  const { course, page, text, session, memory } = view;
  const { choices, other } = course.roles ?? { choices: [], other: "" };
  const profiles = course.profiles ?? [];
  const chosen = session.progress().role;
  const list = element("div", { class: "roles", role: "group", "aria-label": page.title });
  let whom = profileOf(course, memory.way ?? session.progress().profile);

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
    session.dispatch({ type: "role_chosen", role: key, page: page.key, profile: whom?.key ?? "" });
    goToProfile(whom?.key);
    view.goTo(Infinity);
  }

  /** Only the work that somebody of this profile can do. */
  function showRoles() {
    const can = (/** @type {string} */ key) => !whom?.roles || whom.roles.includes(key);
    const own = choices.filter(({ key }) => can(key));
    const buttons = own.map(({ key, title, description }) => button(key, title, description, key === chosen));
    list.replaceChildren(...buttons, ...(can(other) ? [button(other, text("role_other"), "", false)] : []));
  }

  /** @param {Profile} profile who is asked for no work where there is only one */
  function be(profile) {
    whom = profile;
    memory.way = profile.key;
    const [only, ...more] = profile.roles ?? [];
    if (only && more.length === 0) choose(only);
    else showRoles();
  }

  const sides = profiles.map((profile) => ({ label: profile.title, act: () => be(profile) }));
  const now = profiles.findIndex(({ key }) => key === whom?.key);
  const asked = text("profile_ask");
  const label = element("p", { "aria-hidden": "true" }, asked);
  // What the page promises of the choice is about the work: a profile that does not count is told.
  const row = profiles.length > 1 ? [label, createSwitch(asked, sides, now).node] : [];
  showRoles();
  view.body.append(...row, richText(page.html), list);
  if (!chosen) view.setNext(null);
}
