/**
 * One session of one learner: holds the progress, saves it in the LMS, tells the programme.
 *
 * Knows no screen. The LMS always comes first: a fact is sent only when a save that contains it was
 * committed, or, where the LMS has kept the attempt and now fails, when the learner leaves. Without a
 * runtime, or in review, everything works and nothing is recorded.
 */

import { createActiveTime } from "../state/active_time.js";
import { drawAgain, drawQuestions } from "../state/check.js";
import { emptyProgress, reduce, scoreOf, shareSeen } from "../state/course_state.js";
import { createMeeting } from "./meeting.js";
import { hasEnded, isRecorded, outcomeOf } from "../state/outcomes.js";
import { createSaver } from "./saver.js";
import { courseOf } from "../state/roles.js";
import { randomUuid } from "../encoding/uuid.js";
import { decode, encode } from "../state/suspend_data.js";

const PATIENCE_MS = 3_000;

/**
 * @typedef {object} SessionPort
 * @property {Course} course
 * @property {Runtime | null} runtime null: no LMS
 * @property {typeof fetch} fetch
 * @property {() => number} now milliseconds since 1970
 * @property {() => number} elapsed milliseconds, from a clock that never goes back
 * @property {() => number} random
 * @property {(result: SaveResult) => void} onSave
 */

/** @typedef {ReturnType<typeof createSession>} Session */

/** @param {SessionPort} port */
export function createSession(port) {
  const { runtime } = port;
  let { course } = port;
  const launch = runtime?.launch ?? null;
  const recorded = launch !== null && isRecorded(launch);
  const known = launch ? decode(course, launch.suspendData) : null;
  const time = createActiveTime(port.elapsed);

  /** @type {import("../programme/programme_facts.js").ProgrammeFacts | null} */
  let facts = null;
  const answers = /** @type {Answer[]} */ ([]);
  let progress = { ...(known ?? emptyProgress()), ...(launch?.hotel && { hotel: launch.hotel }) };
  let [open, leaving] = [true, false];
  let watch = /** @type {() => void} */ (() => undefined);

  const windows = createMeeting({
    ...{ dispatch, course: () => course, progress: () => progress },
    attempt: () => (recorded && open ? progress.registration : ""),
    unsettled: (others) => facts?.unsettled(others) ?? others,
  });

  const saver = createSaver({
    runtime: recorded ? runtime : null,
    snapshot(first) {
      const snapshot = snapshotOf(course, progress, { first, isNew: !known, answers: answers.splice(0), seconds: time.seconds() });
      windows.share(snapshot.suspendData);
      return snapshot;
    },
    onResult(result) {
      port.onSave(result);
      watch();
      if (result === "saved") void facts?.outbox.flush();
    },
  });

  /** @param {import("../state/course_state.js").ProgressEvent} event */
  function dispatch(event) {
    const before = progress;
    progress = reduce(course, progress, event);
    time.touch();
    if (!open || progress === before) return;
    if (recorded) answers.push(...answersToTell(course, event));
    if (progress.done !== before.done) facts?.outbox.hope();
    if (isMilestone(before, progress)) saver.now();
    else saver.soon();
  }

  function endSession() {
    if (!leaving) dispatch({ type: "session_ended", time: port.now() });
    leaving = true;
    saver.now();
  }

  function close() {
    open = false;
    saver.stop();
    facts?.outbox.stop();
    windows.end();
    runtime?.finish();
  }

  return {
    progress: () => progress,
    ownCourse: () => courseOf(course, progress.role, progress.profile),
    isRecorded: () => recorded,
    isConnected: () => runtime !== null,
    dispatch,
    save: () => saver.now(),
    saveState: () => saver.state(),
    /** @param {() => void} watcher is told of every save and every round of sending; the last one given */
    watchSaves: (watcher) => void (watch = watcher),
    touch: () => time.touch(),

    /** The network is back, or the learner. */
    reconnect: () => (saver.again(), void facts?.outbox.tryAgain()),
    windows,
    /** The completion that no path to the programme was open for; null when there is none. */
    unheard: () => facts?.unheard(["failed", "lied"].includes(saver.state())) ?? null,
    /** @param {typeof import("../programme/programme_facts.js").createProgrammeFacts} create comes with the second script */
    tellProgramme(create) {
      if (!recorded) return;
      // First the LMS: a registration that it did not keep would be another one at the next launch.
      const mayGo = () => leaving || saver.state() === "saved";
      facts = create({ course, launch, dispatch, mayGo, send: port.fetch, progress: () => progress, onRound: () => watch() });
      void facts?.outbox.flush();
    },
    /** @param {Course} other the same course in another language; the session goes on */
    speak: (other) => (course = other) && open && saver.soon(),

    /** Begin: count the session, and have the LMS hold "incomplete" before anything else happens. */
    start() {
      progress = reduce(course, progress, {
        type: "session_started",
        time: port.now(),
        registration: randomUuid(),
        recording: recorded && course.tracking !== null,
        ended: launch !== null && hasEnded(course, launch),
      });
      runtime?.onForeign(windows.meet);
      saver.now(true);
    },

    /** Draw the questions of the first try, or order those of the next one anew. */
    startTry() {
      const { check } = courseOf(course, progress.role, progress.profile);
      if (!check) return;
      const begun = progress.check.drawn.length + progress.check.right.length > 0;
      const drawn = begun ? drawAgain(check, progress.check, port.random) : drawQuestions(check, port.random);
      dispatch({ type: "try_started", drawn });
    },

    /** The page goes away, perhaps for good: say what must be said, once. */
    leave() {
      if (!open) return;
      endSession();
      facts?.outbox.sendLast();
      close();
    },

    /** The learner leaves by the button: there is time to hear the LRS out, but not for ever. */
    async exit() {
      if (!open) return;
      endSession();
      await patience(runtime?.later?.settled());
      await patience(facts?.outbox.flush());
      if (!open) return;
      saver.now();
      close();
      await patience(runtime?.later?.closed());
    },
  };
}

/**
 * @param {Course} course
 * @param {Progress} progress
 * @param {{first: boolean, isNew: boolean, answers: Answer[], seconds: number}} sitting
 * @returns {Snapshot}
 */
function snapshotOf(course, progress, { first, isNew, answers, seconds }) {
  const current = course.blocks.flatMap((block) => block.pages).find((page) => page.key === progress.bookmark);
  return {
    suspendData: encode(course, progress),
    // The name of a page that is for some learners only would tell the LMS what they chose.
    location: first || current?.roles || current?.profiles ? null : (current?.id ?? null),
    progress: first ? null : shareSeen(course, progress),
    outcome: outcomeOf(course, progress, first && isNew),
    score: scoreOf(course, progress) ?? (course.options.force_score && progress.done ? 1 : null),
    answers,
    seconds: first ? null : seconds,
  };
}

/** @param {Promise<unknown> | undefined} answer */
function patience(answer) {
  return answer && Promise.race([answer, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

/**
 * What the LMS hears of an answer, where the package tells answers at all: never of a question that
 * is for some roles only.
 *
 * @param {Course} course
 * @param {import("../state/course_state.js").ProgressEvent} event
 * @returns {Answer[]}
 */
function answersToTell(course, event) {
  const wanted = course.options.interactions;
  if (wanted === "off" || event.type !== "question_answered") return [];
  const question = course.check?.questions.find((candidate) => candidate.key === event.key);
  const chosen = wanted === "full" ? (event.chosen ?? null) : null;
  return question && !question.roles ? [{ question, chosen, right: event.right, time: event.time }] : [];
}

/**
 * Changes that are saved at once: the course ended, a try ended.
 *
 * @param {Progress} before
 * @param {Progress} after
 */
function isMilestone(before, after) {
  return before.done !== after.done || before.check.failedTries !== after.check.failedTries;
}
