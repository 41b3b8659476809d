/** Walking through the course: which screen comes next, and what it may show. */

import { furthestStop, isBreakAfter, startingStop, stopsOf } from "./course_map.js";
import { brandOf, element, icon, pictureOf } from "./dom.js";
import { renderCards } from "./screens/cards_page.js";
import { renderCheck } from "./screens/check_page.js";
import { renderChoose } from "./screens/choose_page.js";
import { renderFinish } from "./screens/finish_page.js";
import { renderOrder } from "./screens/order_page.js";
import { renderText } from "./screens/text_page.js";
import { renderTrueFalse } from "./screens/true_false_page.js";

/** @type {Record<PageKind, (view: import("./screens/view.js").View) => void>} */
const RENDERERS = {
  text: renderText,
  cards: renderCards,
  true_false: renderTrueFalse,
  choose_one: renderChoose,
  choose_several: renderChoose,
  order: renderOrder,
  check: renderCheck,
  finish: renderFinish,
};

/**
 * @typedef {object} NavigationPort
 * @property {Course} course
 * @property {Words} text
 * @property {import("./session.js").Session} session
 * @property {import("./shell.js").Shell} shell
 * @property {(stop: Stop) => void} onPlace
 * @property {() => void} exit
 */

/** @param {NavigationPort} port */
export function createNavigation(port) {
  const { course, text, session, shell } = port;
  const stops = stopsOf(course);
  let index = startingStop(stops, session.progress());

  /** @param {number} wanted */
  function show(wanted, quietly = false) {
    index = Math.min(Math.max(wanted, 0), furthestStop(stops, session.progress()));
    const stop = stops[index];
    if (!stop) return;
    const brand = index === 0 || stop.page.kind === "finish" ? brandOf(course.brand) : [];
    const body = element("div", { class: `page-body kind-${stop.page.kind}` }, ...pictureOf(stop.page.picture));
    session.dispatch({ type: "page_shown", page: stop.page, time: Date.now() });
    port.onPlace(stop);
    shell.show(stop.page.title, [...brand, body], { accent: accentOf(stop), quietly, name: stop.page.id });
    const goBack = index > 0 ? () => show(index - 1) : null;
    shell.setBack(goBack);
    shell.setNext(index < stops.length - 1 ? { label: text("next"), act: goOn } : { label: text("exit_done"), act: port.exit });
    RENDERERS[stop.page.kind]({
      ...{ course, page: stop.page, text, body, session, goOn, goBack, goTo: show },
      announce: shell.announce,
      setNext: shell.setNext,
      setBack: shell.setBack,
    });
  }

  function goOn() {
    const next = stops[index + 1];
    if (!next) return;
    const firstTime = !session.progress().seen.includes(next.page.key);
    if (isBreakAfter(stops, index) && firstTime) showBreak(next);
    else show(index + 1);
    if (next.numberInBlock === 1) session.save();
  }

  /** @param {Stop} next */
  function showBreak(next) {
    const here = index;
    const stop = element("button", { type: "button", class: "button quiet stop", click: port.exit }, icon("exit"), text("break_stop"));
    const words = element("p", {}, text(session.isRecorded() ? "break_saved" : "break_words"));
    const body = element("div", { class: "break" }, element("div", { class: "medal" }, icon("cup")), words, stop);
    session.dispatch({ type: "moved", key: next.page.key });
    shell.show(text("break_title"), [body], { accent: accentOf(next), name: "break" });
    shell.setBack(() => show(here));
    shell.setNext({ label: text("break_go_on"), act: () => show(here + 1) });
  }

  return {
    /** Show where the learner was, without pulling the focus out of the LMS. */
    start: () => show(index, true),

    /** @param {number} blockNumber */
    goToBlock(blockNumber) {
      show(stops.findIndex((stop) => stop.blockNumber === blockNumber));
    },

    furthestBlock: () => stops[furthestStop(stops, session.progress())]?.blockNumber ?? 1,
    currentBlock: () => stops[index]?.blockNumber ?? 1,
  };
}

/** @param {Stop} stop */
function accentOf(stop) {
  return (stop.blockNumber - 1) % 5;
}
