/**
 * The learner's progress as a pure function: (course, progress, event) -> progress.
 *
 * Knows no LMS, no clock, no screen; times and chances arrive with the events. Facts for the
 * programme are recorded here, together with the change that they tell of.
 */

import { isSeenWhenShown, stopsOf } from "./course_map.js";
import { fitTry, isPassed, openQuestions } from "./check.js";
import { courseOf, profileOf } from "./roles.js";

export const MAX_PENDING_FACTS = 16;

/** Pending facts that are given up first, oldest first, when the programme cannot be reached. */
const EXPENDABLE = ["initialized", "suspended", "terminated"];

/**
 * @typedef {(
 *   {type: "session_started", time: number, registration: string, recording: boolean, ended: boolean} |
 *   {type: "page_shown", page: CoursePage, time: number} |
 *   {type: "moved", key: string} |
 *   {type: "hotel_chosen", hotel: string} |
 *   {type: "role_chosen", role: string, page: string, profile?: string} |
 *   {type: "page_answered", key: string} |
 *   {type: "statement_answered", key: string} |
 *   {type: "try_started", drawn: string[]} |
 *   {type: "question_answered", key: string, right: boolean, time: number, chosen?: string[]} |
 *   {type: "session_ended", time: number} |
 *   {type: "facts_settled", facts: Fact[]} |
 *   {type: "facts_refused", facts: Fact[]} |
 *   {type: "met", other: Progress}
 * )} ProgressEvent
 */

/** @returns {Progress} of somebody who has not begun */
export function emptyProgress() {
  return {
    registration: "",
    session: 0,
    bookmark: "",
    role: "",
    profile: "",
    seen: [],
    statements: [],
    check: { drawn: [], right: [], wrong: [], failedTries: 0 },
    done: false,
    hotel: "",
    facts: [],
    refused: 0,
    recording: false,
    ended: false,
    failedHere: false,
  };
}

/**
 * @param {Course} whole with everything for all roles
 * @param {Progress} progress
 * @param {ProgressEvent} event
 * @returns {Progress}
 */
export function reduce(whole, progress, event) {
  const course = courseOf(whole, progress.role, progress.profile);
  switch (event.type) {
    case "session_started":
      return startSession(course, progress, event);
    case "page_shown":
      return showPage(course, progress, event);
    case "moved":
      return { ...progress, bookmark: event.key };
    case "hotel_chosen":
      return { ...progress, hotel: event.hotel };
    case "role_chosen":
      return chooseRole(whole, progress, event);
    case "page_answered":
      return { ...progress, seen: including(progress.seen, event.key) };
    case "statement_answered":
      return { ...progress, statements: including(progress.statements, event.key) };
    case "try_started":
      return { ...progress, check: startTry(progress.check, event.drawn) };
    case "question_answered":
      return answerQuestion(course, progress, event);
    case "session_ended":
      return withFact(course, progress, isOver(progress) ? "terminated" : "suspended", progress.session, event.time);
    case "facts_settled":
      return { ...progress, facts: progress.facts.filter((fact) => !isAmong(event.facts, fact)) };
    case "facts_refused":
      return refuse(progress, event.facts);
    case "met":
      return meet(progress, event.other);
  }
}

/**
 * Share of the learner's own pages that were seen, 0..1.
 *
 * @param {Course} course
 * @param {Progress} progress
 */
export function shareSeen(course, progress) {
  if (progress.done) return 1;
  const stops = stopsOf(courseOf(course, progress.role, progress.profile));
  return stops.filter((stop) => progress.seen.includes(stop.page.key)).length / stops.length;
}

/**
 * Share of the drawn questions that are right, 0..1; null without a passed check.
 *
 * @param {Course} course
 * @param {Progress} progress
 */
export function scoreOf(course, progress) {
  const { right, drawn } = progress.check;
  return course.check && progress.done && drawn.length > 0 ? right.length / drawn.length : null;
}

/**
 * The course was finished, in this package or by what the LMS holds.
 *
 * @param {Progress} progress
 */
export function isOver(progress) {
  return progress.done || progress.ended;
}

/**
 * A completion that only this device knows: a web site has no LMS that holds it until it is sent.
 *
 * @param {Course} course
 * @param {Progress} progress
 */
export function isUnsent(course, progress) {
  return course.standard === "web" && progress.facts.some(isResult);
}

/**
 * @param {Course} course
 * @param {Progress} progress
 * @param {Extract<ProgressEvent, {type: "session_started"}>} event
 */
function startSession(course, progress, event) {
  const started = {
    ...progress,
    registration: progress.registration || event.registration,
    session: progress.session + 1,
    recording: event.recording,
    ended: event.ended,
    check: progress.done ? progress.check : fitTry(course.check, progress.check),
    // An LRS that was set up wrongly may have been put right since.
    facts: progress.facts.map((fact) => ({ ...fact, refused: false })),
  };
  return withFact(course, started, "initialized", started.session, event.time);
}

/**
 * @param {Course} course
 * @param {Progress} progress
 * @param {Extract<ProgressEvent, {type: "page_shown"}>} event
 */
function showPage(course, progress, event) {
  const { page, time } = event;
  const shown = { ...progress, bookmark: page.key };
  if (!isSeenWhenShown(page)) return shown;
  const seen = { ...shown, seen: including(progress.seen, page.key) };
  const last = stopsOf(course).at(-1);
  return course.check || last?.page.key !== page.key ? seen : finish(course, seen, time);
}

/**
 * Everything that was done stays, of other roles too; only an unfinished try has to fit the new one.
 *
 * @param {Course} whole
 * @param {Progress} progress
 * @param {Extract<ProgressEvent, {type: "role_chosen"}>} event
 */
function chooseRole(whole, progress, { role, page, profile = progress.profile }) {
  const { check } = courseOf(whole, role, profile);
  const chosen = { ...progress, role, profile, seen: including(progress.seen, page) };
  return progress.done ? chosen : { ...chosen, check: fitTry(check, progress.check) };
}

/**
 * @param {CheckProgress} check
 * @param {string[]} drawn
 */
function startTry(check, drawn) {
  return { ...check, drawn, right: check.right.filter((key) => drawn.includes(key)), wrong: [] };
}

/**
 * @param {Course} course
 * @param {Progress} progress
 * @param {Extract<ProgressEvent, {type: "question_answered"}>} event
 */
function answerQuestion(course, progress, event) {
  const { check } = progress;
  if (!course.check || progress.done || !openQuestions(check).includes(event.key)) return progress;
  const answered = event.right
    ? { ...check, right: [...check.right, event.key] }
    : { ...check, wrong: [...check.wrong, event.key] };
  const after = { ...progress, check: answered };
  if (openQuestions(answered).length > 0) return after;
  if (isPassed(course.check, answered)) return finish(course, seeCheckPage(course, after), event.time);
  const failedTries = check.failedTries + 1;
  const failed = { ...after, check: { ...answered, failedTries }, failedHere: true };
  return progress.ended ? failed : withFact(course, failed, "failed", failedTries, event.time);
}

/**
 * @param {Course} course
 * @param {Progress} progress
 */
function seeCheckPage(course, progress) {
  const stop = stopsOf(course).find(({ page }) => page.kind === "check");
  return stop ? { ...progress, seen: including(progress.seen, stop.page.key) } : progress;
}

/**
 * @param {Course} course
 * @param {Progress} progress
 * @param {number} time
 */
function finish(course, progress, time) {
  if (progress.done) return progress;
  const done = { ...progress, done: true };
  if (progress.ended) return done;
  const completed = withFact(course, done, "completed", 0, time);
  return course.check ? withFact(course, completed, "passed", 0, time) : completed;
}

/**
 * @param {Course} course
 * @param {Progress} progress
 * @param {Verb} verb
 * @param {number} n
 * @param {number} time
 * @returns {Progress}
 */
function withFact(course, progress, verb, n, time) {
  // Two windows of one attempt may have counted the same; the LRS would take one of the two.
  if (!progress.recording || isAmong(progress.facts, { verb, n })) return progress;
  const { language, version } = course.course;
  const scored = course.check && isResult({ verb });
  const right = scored ? progress.check.right.length : 0;
  const draw = scored ? progress.check.drawn.length : 0;
  const guest = profileOf(course, progress.profile)?.guest;
  const origin = { language, version, hotel: progress.hotel, ...(guest && { guest }) };
  const facts = [...progress.facts, { verb, n, time, ...origin, right, draw, refused: false }];
  return { ...progress, facts: limited(facts) };
}

/**
 * Another window or device went on with the same attempt: what was done in either is done. An open
 * try stays each one's own, or two halves would make a pass; a check that one has passed is passed.
 *
 * @param {Progress} progress
 * @param {Progress} other
 * @returns {Progress} the same object when there is nothing new
 */
function meet(progress, other) {
  const { check } = progress;
  const failedTries = Math.max(check.failedTries, other.check.failedTries);
  const met = {
    ...progress,
    session: Math.max(progress.session, other.session),
    role: progress.role || other.role,
    profile: progress.profile || other.profile,
    seen: other.seen.reduce(including, progress.seen),
    statements: other.statements.reduce(including, progress.statements),
    check: other.done && !progress.done ? other.check : { ...check, failedTries },
    done: progress.done || other.done,
    hotel: progress.hotel || other.hotel,
    facts: limited([...progress.facts, ...other.facts.filter((fact) => !isAmong(progress.facts, fact))]),
  };
  return JSON.stringify(met) === JSON.stringify(progress) ? progress : met;
}

/**
 * What the LRS will never take: results stay, marked, since they can still reach the programme as a
 * completion code; the others are only counted.
 *
 * @param {Progress} progress
 * @param {Fact[]} refused
 * @returns {Progress}
 */
function refuse(progress, refused) {
  const lost = refused.filter((fact) => !isResult(fact));
  const facts = progress.facts
    .filter((fact) => !isAmong(lost, fact))
    .map((fact) => (isAmong(refused, fact) ? { ...fact, refused: true } : fact));
  return { ...progress, facts, refused: progress.refused + lost.length };
}

/**
 * At most 16 facts. `completed` and `passed` always stay; `failed` goes only when nothing else is
 * left to give up, which takes 14 failed tries without one sending.
 *
 * @param {Fact[]} facts oldest first
 * @returns {Fact[]}
 */
function limited(facts) {
  if (facts.length <= MAX_PENDING_FACTS) return facts;
  const expendable = facts.findIndex((fact) => EXPENDABLE.includes(fact.verb));
  const given = expendable < 0 ? facts.findIndex((fact) => fact.verb === "failed") : expendable;
  return limited(facts.filter((_, index) => index !== given));
}

/**
 * A fact that the rule counts; the others only tell how a session went.
 *
 * @param {{verb: Verb}} fact
 */
export function isResult({ verb }) {
  return verb === "completed" || verb === "passed";
}

/**
 * @param {Fact[]} facts
 * @param {{verb: Verb, n: number}} wanted
 */
export function isAmong(facts, wanted) {
  return facts.some((fact) => fact.verb === wanted.verb && fact.n === wanted.n);
}

/**
 * @param {string[]} keys
 * @param {string} key
 */
function including(keys, key) {
  return keys.includes(key) ? keys : [...keys, key];
}
