/** Walking through the course: which screen comes next, and what it may show. */

import { furthestStop, isBreakAfter, startingStop, stopsOf } from "../state/course_map.js";
import { brandOf, element, icon, pictureOf } from "../shell/dom.js";
import { pageStands, renderPageOf } from "./page_kinds.js";
import { createWarning } from "./warning_gate.js";

/**
 * @typedef {object} NavigationPort
 * @property {Words} text
 * @property {import("../session/session.js").Session} session
 * @property {import("../shell/shell.js").Shell} shell
 * @property {import("../loading/later.js").Later} later
 * @property {(stop: Stop) => void} onPlace
 * @property {() => void} exit
 * @property {Place | null} from where the learner was before the language changed
 */

/** @param {NavigationPort} port */
export function createNavigation(port) {
  const { text, session, shell, later } = port;
  // Another role is another way.
  const way = () => stopsOf(session.ownCourse());
  let index = port.from?.index ?? startingStop(way(), session.progress());
  let memory = port.from?.memory ?? {};
  let atBreak = port.from?.atBreak ?? false;
  /** @type {Set<string>} pages that the learner has agreed to see, in this session */
  const agreed = port.from?.agreed ?? new Set();

  /** @param {number} wanted */
  function show(wanted, quietly = false) {
    memory = {};
    atBreak = false;
    render(wanted, quietly);
  }

  /**
   * @param {number} wanted
   * @param {boolean} quietly
   */
  function render(wanted, quietly) {
    const course = session.ownCourse();
    const stops = way();
    index = Math.min(Math.max(wanted, 0), furthestStop(stops, session.progress()));
    const stop = stops[index];
    if (!stop) return;
    const { page } = stop;
    const goBack = index > 0 ? () => show(index - 1) : null;
    const draw = renderPageOf(page, later.isComplete());
    if (!draw) return showWaiting(stop, goBack, quietly);
    if (page.warning && !agreed.has(page.id)) return showWarning(stop, page.warning, quietly);
    const brand = index === 0 || page.kind === "finish" ? brandOf(course.brand) : [];
    const body = element("div", { class: `page-body kind-${page.kind}`, "data-audio": page.audio }, ...pictureOf(page.picture));
    session.dispatch({ type: "page_shown", page, time: Date.now() });
    port.onPlace(stop);
    shell.show(page.title, [...brand, body], { accent: accentOf(stop), quietly, name: page.id });
    shell.setBack(goBack);
    shell.setNext(index < stops.length - 1 ? { label: text("next"), act: goOn } : { label: text("exit_done"), act: port.exit });
    const view = {
      ...{ course, page, text, body, session, memory, goOn, goBack, goTo: show },
      ...{ announce: shell.announce, setNext: shell.setNext, setBack: shell.setBack },
    };
    draw(view);
    pageStands(view, later.isComplete());
  }

  /**
   * The page is still on its way. It counts as shown only when it is; leaving or going back is
   * possible all the while.
   *
   * @param {Stop} stop
   * @param {(() => void) | null} goBack
   * @param {boolean} quietly
   */
  function showWaiting(stop, goBack, quietly) {
    const state = () => text(later.isMissed() ? "later_missed" : "later_wait");
    const words = element("p", { role: "status" }, state());
    port.onPlace(stop);
    shell.show(text("later_title"), [words], { accent: accentOf(stop), quietly, name: "waiting" });
    shell.setBack(goBack);
    shell.setNext(null);
    later.watch(() => {
      if (!words.isConnected) return;
      const here = way()[index];
      if (here && renderPageOf(here.page, later.isComplete())) render(index, quietly);
      else if (words.textContent !== state()) words.textContent = state();
    });
  }

  /**
   * A page that was skipped counts as seen, like one that was read: nobody can tell them apart.
   *
   * @type {(stop: Stop, warning: string, quietly: boolean) => void}
   */
  function showWarning(stop, warning, quietly) {
    const { page } = stop;
    const here = index;
    const actions = {
      show() {
        agreed.add(page.id);
        show(here);
      },
      skip() {
        session.dispatch({ type: "page_answered", key: page.key });
        goOn();
      },
    };
    session.dispatch({ type: "moved", key: page.key });
    port.onPlace(stop);
    shell.show(page.title, [createWarning(warning, text, actions)], { accent: accentOf(stop), quietly, name: `${page.id}-warning` });
    shell.setBack(here > 0 ? () => show(here - 1) : null);
    shell.setNext(null);
  }

  function goOn() {
    const stops = way();
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
    atBreak = true;
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

    /** Show the page that was open, with what was done on it. */
    again() {
      const next = way()[index + 1];
      if (atBreak && next) showBreak(next);
      else render(index, false);
    },

    /** @returns {Place} */
    place: () => ({ index, memory, atBreak, agreed }),

    /** @param {number} blockNumber */
    goToBlock(blockNumber) {
      show(way().findIndex((stop) => stop.blockNumber === blockNumber));
    },

    goToRole() {
      show(way().findIndex((stop) => stop.page.kind === "role"));
    },

    furthestBlock: () => way()[furthestStop(way(), session.progress())]?.blockNumber ?? 1,
    currentBlock: () => way()[index]?.blockNumber ?? 1,
  };
}

/** @param {Stop} stop */
function accentOf(stop) {
  return (stop.blockNumber - 1) % 5;
}
