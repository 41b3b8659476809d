/** The start: find the LMS, begin the session, wire screen and session, and listen to the browser. */

import { withMasteryScore } from "./check.js";
import { completeCourse } from "./course_parts.js";
import { createHelpDialog, createLanguageDialog, createPartsDialog } from "./dialogs.js";
import { element, icon } from "./dom.js";
import { enter } from "./entry.js";
import { bestFirst, loadCourse, loadTexts, markPage, readLanguages } from "./languages.js";
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
  const languages = readLanguages(document);
  const words = languages[0] ? bestFirst(languages, navigator.languages)[0]?.waiting : noroomCourse.messages["connecting"];
  document.body.replaceChildren(element("p", { class: "waiting", role: "status" }, words ?? ""));
  const runtime = await connect(window);
  const leave = () => void runtime?.finish();
  addEventListener("pagehide", leave);
  const entered = await enter(languages, runtime?.launch ?? null);
  removeEventListener("pagehide", leave);
  const withMastery = (/** @type {Course} */ course) => withMasteryScore(course, runtime?.launch.masteryScore ?? null);
  /** @type {Screen | null} */
  let shown = null;
  /** @type {SaveResult} */
  let lastResult = "saved";
  const session = createSession({
    course: withMastery(entered),
    runtime,
    fetch: (...request) => fetch(...request),
    now: () => Date.now(),
    elapsed: () => performance.now(),
    random: Math.random,
    onSave(result) {
      lastResult = result;
      shown?.showSaveResult(result);
    },
  });
  session.start();
  const later = createLater({
    files: [
      { src: entered.later.screens, isHere: hasAllKinds },
      { src: entered.later.texts, isHere: () => completeCourse(entered, globalThis.noroomTexts) },
    ],
    fetchScript,
    pause: pauseUntilOnline,
  });
  show(entered, null);
  listen(session);
  await later.start();

  /**
   * @param {Course} course
   * @param {Place | null} from
   */
  function show(course, from) {
    markPage({ tag: course.course.language, dir: course.course.dir });
    const text = createText(course.messages);
    const port = { languages, session, runtime, later, speak, from, isSaved: () => lastResult === "saved" };
    shown = buildScreen({ ...port, course: withMastery(course), text });
    shown.showSaveResult(lastResult);
    if (from) shown.announce(text("language_now"));
  }

  /**
   * Go on in another language; false, and nothing has changed, when it does not come whole.
   *
   * @param {LanguageChoice} language
   */
  async function speak(language) {
    const course = await loadCourse(language);
    if (!course || !(await loadTexts(course))) return false;
    session.speak(withMastery(course));
    show(course, shown?.place() ?? null);
    return true;
  }
}

/** @typedef {ReturnType<typeof buildScreen>} Screen */

/**
 * @param {{
 *   course: Course, text: Words, session: import("./session.js").Session, runtime: Runtime | null,
 *   later: import("./later.js").Later, isSaved: () => boolean, languages: LanguageChoice[], from: Place | null,
 *   speak: (language: LanguageChoice) => Promise<boolean>,
 * }} port
 */
function buildScreen({ course, text, session, runtime, later, isSaved, languages, from, speak }) {
  const help = createHelpDialog(course.help, text, leave);
  const choice = languages.length > 1 ? createLanguageDialog(languages, course, text, speak) : null;
  const language = choice && choice.open;
  const shell = createShell(course, text, { help: help.open, exit: () => void exit(), leave, language });
  const parts = createPartsDialog(course, text, (number) => navigation.goToBlock(number));
  const bar = createProgressBar(course, text, () => parts.open(navigation.currentBlock(), navigation.furthestBlock()));
  const share = (/** @type {Block} */ block) => shareOfBlock(block, session.progress());
  const navigation = createNavigation({
    ...{ course, text, session, shell, later, from },
    onPlace: (stop) => bar.show(stop, share),
    exit: () => void exit(true),
  });
  shell.place.append(bar.node);
  document.body.replaceChildren(shell.root, help.node, parts.node, ...(choice ? [choice.node] : []));
  if (!runtime) shell.setNotice("no-lms", text("no_lms"));
  else if (!session.isRecorded()) shell.setNotice("not-recorded", text("not_recorded"));
  if (from) navigation.again();
  else navigation.start();
  return {
    announce: shell.announce,
    place: navigation.place,
    /** @param {SaveResult} result */
    showSaveResult: (result) => showSaveResult(shell, text, result),
  };

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

  async function exit(onward = false) {
    shell.show(text("exit_saving"), [], { name: "saving" });
    shell.close();
    runtime?.navigate?.(onward);
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
