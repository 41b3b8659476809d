/** The start: find the LMS, begin the session, wire screen and session, and listen to the browser. */

import { withMasteryScore } from "./state/check.js";
import { completeCourse } from "./loading/course_parts.js";
import { goToCountry, goToProfile } from "./shell/country.js";
import { createHelpDialog, createLanguageDialog, createPartsDialog } from "./shell/dialogs.js";
import { element, icon } from "./shell/dom.js";
import { enter } from "./screens/entry.js";
import { bestFirst, loadCourse, loadTexts, markPage, readLanguages } from "./loading/languages.js";
import { createLater, fetchScript, pauseUntilOnline } from "./loading/later.js";
import { createText } from "./loading/messages.js";
import { createNavigation } from "./screens/navigation.js";
import { isOver, isUnsent } from "./state/course_state.js";
import { profileOf } from "./state/roles.js";
import { finishLastPage, goOnWith, hasAllKinds } from "./screens/page_kinds.js";
import { askHotel, hotelNote } from "./screens/hotel_screen.js";
import { createProgressBar } from "./shell/progress_bar.js";
import { createSession } from "./session/session.js";
import { createShell } from "./shell/shell.js";

/**
 * @param {(own: Window & typeof globalThis) => Promise<Runtime | null>} connect the runtime of this package's standard
 * @param {Entrance} [entrance] where no LMS knows the learner
 * @param {(course: Course) => Course} [partOf] what of the course this SCO shows
 */
export async function boot(connect, entrance, partOf = (course) => course) {
  const languages = readLanguages(document);
  const words = languages[0] ? bestFirst(languages, navigator.languages)[0]?.waiting : noroomCourse.messages["connecting"];
  document.body.replaceChildren(element("p", { class: "waiting", role: "status" }, words ?? ""));
  const launched = await connect(window);
  const leave = () => void launched?.finish();
  addEventListener("pagehide", leave);
  const entered = partOf(await enter(languages, launched?.launch ?? null, entrance?.language()));
  removeEventListener("pagehide", leave);
  settle(entered);
  goToCountry(entered, "");
  const runtime = entrance ? await entrance.identify(entered, languages.length > 1) : launched;
  const withMastery = (/** @type {Course} */ course) => withMasteryScore(course, runtime?.launch.masteryScore ?? null);
  /** @type {Screen | null} */
  let shown = null;
  /** @type {SaveResult} */
  let lastResult = "saved";
  let openTwice = false;
  const send = /** @type {typeof fetch} */ ((...request) => fetch(...request));
  const session = createSession({
    course: withMastery(entered),
    runtime,
    fetch: send,
    now: () => Date.now(),
    elapsed: () => performance.now(),
    random: Math.random,
    onSave(result) {
      lastResult = result;
      shown?.showSaveResult(result);
    },
  });
  session.start();
  listen(session);
  if (asksHotel(entered) && session.isRecorded() && !session.progress().hotel) await chooseHotel(entered);
  const later = createLater({
    files: [
      { src: entered.later.screens, isHere: hasAllKinds },
      { src: entered.later.texts, isHere: () => completeCourse(entered, globalThis.noroomTexts) },
    ],
    fetchScript,
    pause: pauseUntilOnline,
  });
  show(entered, null);
  await later.start();
  finishLastPage();
  goOnWith({ course: entered, session, runtime, fetch: send, tell });

  /**
   * @param {Course} course
   * @param {Place | null} from
   */
  function show(course, from) {
    settle(course);
    goToCountry(course, session.progress().hotel);
    const whom = () => profileOf(course, session.progress().profile);
    goToProfile(whom()?.key);
    const text = createText(course.messages, course.course.dir, () => whom()?.words);
    const changeHotel = () => chooseHotel(course).then(() => show(course, null));
    const port = { languages, session, runtime, later, speak, from, changeHotel, isSaved: () => lastResult === "saved" };
    shown = buildScreen({ ...port, course: withMastery(course), text });
    shown.showSaveResult(lastResult);
    shown.showOthers(openTwice);
    if (from) shown.announce(text("language_now"));
  }

  /** @param {boolean} isOpenTwice */
  function tell(isOpenTwice) {
    openTwice = isOpenTwice;
    shown?.showOthers(isOpenTwice);
  }

  /** @param {Course} course whose language is that of the page from now on */
  function settle({ course: { language, dir } }) {
    markPage({ tag: language, dir });
    if (languages[0]) entrance?.keepLanguage(language);
  }

  /** @param {Course} course */
  async function chooseHotel(course) {
    session.dispatch({ type: "hotel_chosen", hotel: await askHotel(course, createText(course.messages, course.course.dir, () => course.profiles?.[0]?.words)) });
  }

  /**
   * Go on in another language; false, and nothing has changed, when it does not come whole.
   *
   * @param {LanguageChoice} language
   */
  async function speak(language) {
    const loaded = await loadCourse(language);
    if (!loaded || !(await loadTexts(loaded))) return false;
    const course = partOf(loaded);
    session.speak(withMastery(course));
    show(course, shown?.place() ?? null);
    return true;
  }
}

/** @typedef {ReturnType<typeof buildScreen>} Screen */

/**
 * @typedef {object} Entrance how a package finds out who is here when no LMS tells
 * @property {() => string} language tag of the language that was chosen before, "" for none
 * @property {(tag: string) => void} keepLanguage
 * @property {(course: Course, hasLanguages: boolean) => Promise<Runtime>} identify asks, in the language that was chosen
 */

/**
 * @param {{
 *   course: Course, text: Words, session: import("./session/session.js").Session, runtime: Runtime | null,
 *   later: import("./loading/later.js").Later, isSaved: () => boolean, languages: LanguageChoice[], from: Place | null,
 *   speak: (language: LanguageChoice) => Promise<boolean>, changeHotel: () => void,
 * }} port
 */
function buildScreen({ course, text, session, runtime, later, isSaved, languages, from, speak, changeHotel }) {
  const help = createHelpDialog(course.help, text, leave);
  const choice = languages.length > 1 ? createLanguageDialog(languages, course, text, speak) : null;
  const language = choice && choice.open;
  const shell = createShell(course, text, { help: help.open, exit: () => void exit(), leave, language });
  const parts = createPartsDialog(course, text, {
    block: (number) => navigation.goToBlock(number),
    role: () => navigation.goToRole(),
    notes: ownNotes,
  });
  const bar = createProgressBar(course, text, () =>
    parts.open(navigation.currentBlock(), navigation.furthestBlock(), session.progress()),
  );
  const share = (/** @type {Block} */ block) => shareOfBlock(block, session.progress());
  const navigation = createNavigation({
    ...{ text, session, shell, later, from },
    onPlace: (stop) => bar.show(stop, session.ownCourse().blocks, share),
    exit: () => void exit(true),
  });
  shell.place.append(bar.node);
  document.body.replaceChildren(shell.root, help.node, parts.node, ...(choice ? [choice.node] : []));
  if (!runtime) shell.setNotice("no-lms", text("no_lms"));
  else if (!session.isRecorded()) shell.setNotice("not-recorded", text("not_recorded"));
  if (runtime?.shared && !runtime.shared.isKept) shell.setNotice("not-kept", text("web_not_kept"));
  if (from) navigation.again();
  else navigation.start();
  return {
    announce: shell.announce,
    place: navigation.place,
    /** @param {SaveResult} result */
    showSaveResult: (result) => showSaveResult(shell, text, result),
    /** @param {boolean} isOpenTwice */
    showOthers: (isOpenTwice) => shell.setNotice("open-twice", isOpenTwice ? text("open_twice") : null),
  };

  function ownNotes() {
    const { hotel } = session.progress();
    const asked = asksHotel(course) && hotel && !isOver(session.progress());
    return [...(asked ? [hotelNote(course, text, hotel, changeHotel)] : []), ...startOver(runtime, text)];
  }

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
        runtime?.shared?.leave();
        location.replace(runtime?.returnUrl || "about:blank");
      }),
    );
  }

  async function exit(onward = false) {
    shell.show(text("exit_saving"), [], { name: "saving" });
    shell.close();
    runtime?.navigate?.(onward);
    await session.exit();
    const progress = session.progress();
    const key = isUnsent(course, progress) ? "web_unsent" : isOver(progress) ? "exit_words_done" : "exit_words";
    const words = session.isRecorded() && !course.course.group ? [element("p", {}, text(isSaved() ? key : "exit_not_saved"))] : [];
    const medal = element("div", { class: "medal" }, icon("check"));
    runtime?.shared?.leave();
    shell.show(text("exit_title"), [element("div", { class: "break" }, medal, ...words, ...startOver(runtime, text))], { name: "closed" });
    if (runtime?.returnUrl) location.assign(runtime.returnUrl);
  }
}

/**
 * The learner says which hotel, unless the package or a code says so.
 *
 * @param {Course} course
 */
function asksHotel({ standard, hotels, tracking }) {
  return standard !== "web" && hotels[0] && tracking && !tracking.hotel;
}

/**
 * The way for the next person on a shared device.
 *
 * @param {Runtime | null} runtime
 * @param {Words} text
 */
function startOver(runtime, text) {
  const click = runtime?.shared?.startOver;
  return click ? [element("p", {}, element("button", { type: "button", class: "button quiet", click }, text("web_not_you")))] : [];
}

/**
 * @param {import("./shell/shell.js").Shell} shell
 * @param {Words} text
 * @param {SaveResult} result
 */
function showSaveResult(shell, text, result) {
  shell.setNotice("not-saved", result === "saved" ? null : text("not_saved"));
}

/**
 * Everything that may be the last sign of life. Never `unload`: it does not fire on phones.
 *
 * @param {import("./session/session.js").Session} session
 */
function listen(session) {
  document.addEventListener("visibilitychange", () => {
    session.touch();
    if (document.visibilityState === "hidden") session.save();
    else session.reconnect();
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
