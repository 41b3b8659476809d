/** The start: find the LMS, begin the session, wire screen and session, and listen to the browser. */

import { withMasteryScore } from "./check.js";
import { completeCourse } from "./course_parts.js";
import { createHelpDialog, createPartsDialog } from "./dialogs.js";
import { element, icon } from "./dom.js";
import { createLater, fetchScript, pauseUntilOnline } from "./later.js";
import { createText } from "./messages.js";
import { createNavigation } from "./navigation.js";
import { isOver } from "./course_state.js";
import { hasAllKinds } from "./page_kinds.js";
import { createProgressBar } from "./progress_bar.js";
import { createSession } from "./session.js";
import { createShell } from "./shell.js";

/**
 * @param {(own: Window & typeof globalThis) => Promise<Runtime | null>} connect the runtime of this package's standard
 */
export async function boot(connect) {
  const text = createText(noroomCourse.messages);
  const waiting = element("p", { class: "waiting", role: "status" }, text("connecting"));
  document.body.replaceChildren(waiting);
  const runtime = await connect(window);
  const course = withMasteryScore(noroomCourse, runtime?.launch.masteryScore ?? null);
  /** @type {import("./shell.js").Shell | null} */
  let shown = null;
  /** @type {SaveResult} */
  let lastResult = "saved";
  const session = createSession({
    course,
    runtime,
    fetch: (...request) => fetch(...request),
    now: () => Date.now(),
    elapsed: () => performance.now(),
    random: Math.random,
    onSave(result) {
      lastResult = result;
      if (shown) showSaveResult(shown, text, result);
    },
  });
  session.start();
  const later = createLater({
    files: [
      { src: course.later.screens, isHere: hasAllKinds },
      { src: course.later.texts, isHere: () => completeCourse(course, globalThis.noroomTexts) },
    ],
    fetchScript,
    pause: pauseUntilOnline,
  });
  shown = buildScreen({ course, text, session, runtime, later, isSaved: () => lastResult === "saved" });
  showSaveResult(shown, text, lastResult);
  listen(session);
  await later.start();
}

/**
 * @param {{
 *   course: Course, text: Words, session: import("./session.js").Session, runtime: Runtime | null,
 *   later: import("./later.js").Later, isSaved: () => boolean,
 * }} port
 */
function buildScreen({ course, text, session, runtime, later, isSaved }) {
  const help = createHelpDialog(course.help, text, leave);
  const shell = createShell(course, text, { help: help.open, exit: () => void exit(), leave });
  const parts = createPartsDialog(course, text, (number) => navigation.goToBlock(number));
  const bar = createProgressBar(course, text, () => parts.open(navigation.currentBlock(), navigation.furthestBlock()));
  const share = (/** @type {Block} */ block) => shareOfBlock(block, session.progress());
  const navigation = createNavigation({
    ...{ course, text, session, shell, later },
    onPlace: (stop) => bar.show(stop, share),
    exit: () => void exit(),
  });
  shell.place.append(bar.node);
  document.body.replaceChildren(shell.root, help.node, parts.node);
  if (!runtime) shell.setNotice("no-lms", text("no_lms"));
  else if (!session.isRecorded()) shell.setNotice("not-recorded", text("not_recorded"));
  navigation.start();
  return shell;

  /**
   * Nothing of the course stays on the screen, from the next frame on; then everything is saved as
   * when the window closes, and an empty page takes the course's place in the history.
   */
  function leave() {
    document.body.replaceChildren();
    document.title = "";
    requestAnimationFrame(() =>
      setTimeout(() => {
        session.leave();
        location.replace(runtime?.returnUrl || "about:blank");
      }),
    );
  }

  async function exit() {
    shell.show(text("exit_saving"), [], { name: "saving" });
    shell.close();
    await session.exit();
    const key = isOver(session.progress()) ? "exit_words_done" : "exit_words";
    const words = session.isRecorded() && isSaved() ? [element("p", {}, text(key))] : [];
    const medal = element("div", { class: "medal" }, icon("check"));
    shell.show(text("exit_title"), [element("div", { class: "break" }, medal, ...words)], { name: "closed" });
    if (runtime?.returnUrl) location.assign(runtime.returnUrl);
  }
}

/**
 * @param {import("./shell.js").Shell} shell
 * @param {Words} text
 * @param {SaveResult} result
 */
function showSaveResult(shell, text, result) {
  shell.setNotice("not-saved", result === "saved" ? null : text("not_saved"));
}

/**
 * Everything that may be the last sign of life. Never `unload`: it does not fire on phones.
 *
 * @param {import("./session.js").Session} session
 */
function listen(session) {
  document.addEventListener("visibilitychange", () => {
    session.touch();
    if (document.visibilityState === "hidden") session.save();
  });
  // Some LMSs write to their server only while this event runs. No prompt.
  addEventListener("beforeunload", () => session.save());
  addEventListener("pagehide", () => session.leave());
  addEventListener("online", () => session.reconnect());
  // The page came back from the browser's memory after its session was finished: begin anew.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}

/**
 * @param {Block} block
 * @param {Progress} progress
 */
function shareOfBlock(block, progress) {
  return block.pages.filter((page) => progress.seen.includes(page.key)).length / block.pages.length;
}
