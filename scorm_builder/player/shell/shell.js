/** The frame around every screen: header, notices, the page itself, and the buttons at the bottom. */

import { createAnnouncer } from "./announcer.js";
import { element, giveFocus, icon } from "./dom.js";

/**
 * @typedef {object} NextButton
 * @property {string} label
 * @property {() => void} act
 * @property {string | null} [hint] why it cannot be pressed yet; shown when it is pressed all the same
 */

/**
 * @typedef {object} Actions
 * @property {() => void} help
 * @property {(() => void) | null} exit null where there is nothing to stop yet
 * @property {() => void} leave
 * @property {(() => void) | null} language null where there is only one
 */

/** @typedef {ReturnType<typeof createShell>} Shell */

/**
 * @param {Course} course
 * @param {Words} text
 * @param {Actions} actions
 */
export function createShell(course, text, actions) {
  const { node: announcerNode, announce } = createAnnouncer();
  const notices = element("div", { class: "notices" });
  const place = element("div", { class: "place-holder" });
  const main = element("main", { class: "page" });
  const hint = element("p", { class: "hint" });
  const back = element("button", { type: "button", class: "button quiet back" }, icon("back"), text("back"));
  const nextLabel = element("span", {});
  const next = element("button", { type: "button", class: "button primary next" }, nextLabel, icon("next"));
  const bar = element("nav", { class: "bottom", "aria-label": text("navigation") }, hint, back, next);
  const header = createHeader(course, text, actions, place);
  const draft = course.course.draft ? element("aside", { class: "draft" }, text("draft")) : null;
  const root = element("div", { class: "app" });
  // Something was asked before: the learner is in this window already, and reads on from here.
  const follows = document.querySelector("h1") !== null;
  root.append(...[draft, header, notices, main, bar, announcerNode].filter((node) => node !== null));

  /** @type {() => void} */
  let goBack = () => undefined;
  /** @type {NextButton} */
  let goNext = { label: "", act: () => undefined };
  back.addEventListener("click", () => goBack());
  next.addEventListener("click", () => {
    if (!goNext.hint) return goNext.act();
    hint.textContent = goNext.hint;
    announce(goNext.hint);
  });

  return {
    root,
    place,
    announce,

    /**
     * Show a screen; its heading gets the focus, so that reading starts there.
     *
     * @param {string} title
     * @param {Node[]} content
     * @param {{accent?: number, quietly?: boolean, name?: string}} [options]
     */
    show(title, content, { accent = 0, quietly = false, name = "" } = {}) {
      const heading = element("h1", { tabindex: "-1" }, title);
      const sheet = element("div", { class: "sheet" }, heading, ...content);
      main.replaceChildren(sheet);
      announce("");
      root.className = `app accent-${accent}`;
      root.dataset["screen"] = name;
      document.title = `${title} – ${course.course.title}`;
      scrollTo(0, 0);
      if (!quietly || follows) giveFocus(heading, { preventScroll: true });
    },

    /** @param {(() => void) | null} act null: there is nothing to go back to */
    setBack(act) {
      back.hidden = act === null;
      goBack = act ?? (() => undefined);
    },

    /** @param {NextButton | null} button null: no way on from here */
    setNext(button) {
      hint.textContent = "";
      // What was said of the last answer must not be met again below the next question.
      announcerNode.textContent = "";
      next.hidden = button === null;
      bar.hidden = button === null && back.hidden;
      if (button === null) return;
      goNext = button;
      nextLabel.textContent = button.label;
      next.classList.toggle("is-waiting", Boolean(button.hint));
      next.setAttribute("aria-disabled", String(Boolean(button.hint)));
    },

    /**
     * Show a notice above the page until it is taken away; one of each kind.
     *
     * @param {string} kind
     * @param {string | null} words null: take it away
     */
    setNotice(kind, words) {
      const old = notices.querySelector(`[data-kind="${kind}"]`);
      if (words === null) return old?.remove();
      if (!old) notices.append(element("p", { class: "notice", role: "status", "data-kind": kind }, words));
    },

    /** After the end only the help stays beside the last words. */
    close() {
      place.remove();
      header.querySelector(".tool-exit")?.remove();
      header.querySelector(".tool-leave")?.remove();
      notices.remove();
      bar.remove();
    },
  };
}

/**
 * @param {Course} course
 * @param {Words} text
 * @param {Actions} actions
 * @param {HTMLElement} place
 */
function createHeader(course, text, actions, place) {
  const help = course.help.length > 0 && createTool("help", text("help_open"), actions.help, text("help_short"));
  const exit = actions.exit && createTool("exit", text("exit"), actions.exit);
  const leave = createTool("leave", text("leave"), actions.leave);
  const language = actions.language && createTool("language", text("language"), actions.language);
  const tools = element("div", { class: "tools" }, help || null, language, exit, leave);
  return element("header", { class: "top" }, tools, place);
}

/**
 * @param {"help" | "exit" | "leave" | "language"} name
 * @param {string} label
 * @param {() => void} act
 * @param {string} [short] a word of the label, for where there is no room for all of it
 */
function createTool(name, label, act, short = "") {
  const words = element("span", { class: "tool-words" }, label);
  const word = short ? element("span", { class: "tool-short" }, short) : null;
  const named = { type: "button", class: `tool tool-${name}`, "aria-label": label, click: act };
  return element("button", named, icon(name), word, words);
}
