/** Whatever stands where the player keeps its place, it goes on: cut, mixed up, forged, of another course or version. */

import assert from "node:assert/strict";
import test from "node:test";

import { MAX_PENDING_FACTS, emptyProgress, reduce } from "../../scorm_builder/player/state/course_state.js";
import { createMemory } from "../../scorm_builder/player/runtime/session_memory.js";
import { createStatementQueue } from "../../scorm_builder/player/runtime/statement_queue.js";
import { findSent, loadState } from "../../scorm_builder/player/runtime/state_document.js";
import { createWebRuntime } from "../../scorm_builder/player/runtime/web.js";
import { createWebStore } from "../../scorm_builder/player/runtime/web_store.js";
import { createXapiClient } from "../../scorm_builder/player/runtime/xapi_client.js";
import { buildStatement } from "../../scorm_builder/player/programme/statements.js";
import { decode, encode, languageIn } from "../../scorm_builder/player/state/suspend_data.js";
import { seeded, smallCourse } from "./course.js";

const TURNS = 3_000;
const REGISTRATION = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PIECES = ["", ".", ",", ":", "~", "zzzzzzzzzzzzzzzz", "-1", "NaN", "pag1", "que1que1que1", "\u0000", "é", "null", "i1:mi9z3k01:0", "{", "9".repeat(400)];

/** @param {string} text without its checksum */
const summed = (text) =>
  `${text}.${(Array.from(text).reduce((hash, sign) => Math.imul(hash ^ sign.charCodeAt(0), 0x01000193), 0x811c9dc5) >>> 0).toString(36)}`;

/** @returns {Progress} with a failed try and everything that a field can hold */
function someProgress() {
  const course = smallCourse();
  /** @type {import("../../scorm_builder/player/state/course_state.js").ProgressEvent[]} */
  const events = [
    { type: "session_started", time: 1795600000000, registration: REGISTRATION, recording: true, ended: false },
    { type: "hotel_chosen", hotel: "1MENF" },
    { type: "page_answered", key: "pag1" },
    { type: "statement_answered", key: "sta1" },
    { type: "try_started", drawn: ["que1", "que2", "que3"] },
    ...["que1", "que2", "que3"].map((key) => /** @type {const} */ ({ type: "question_answered", key, right: key === "que2", time: 1795600000999 })),
    { type: "session_ended", time: 1795600001000 },
  ];
  return events.reduce((progress, event) => reduce(course, progress, event), emptyProgress());
}

/**
 * @param {string} text
 * @param {() => number} random
 */
function mutated(text, random) {
  const place = () => Math.floor(random() * (text.length + 1));
  const piece = PIECES[Math.floor(random() * PIECES.length)] ?? "";
  const [from, to] = [place(), place()].sort((a, b) => a - b);
  return [text.slice(0, from), text.slice(from), text.slice(0, from) + piece + text.slice(to), text.slice(0, from) + piece + text.slice(from), text.slice(0, to) + text.slice(from)][
    Math.floor(random() * 5)
  ] ?? "";
}

/**
 * Go on from it as a session does, to the last fact.
 *
 * @param {Course} course
 * @param {Progress} progress
 */
function goOn(course, progress) {
  const begun = reduce(course, progress, { type: "session_started", time: 5, registration: REGISTRATION, recording: true, ended: false });
  const ended = reduce(course, begun, { type: "session_ended", time: 6 });
  assert.match(ended.registration, UUID);
  assert.ok(ended.facts.length <= MAX_PENDING_FACTS);
  for (const fact of ended.facts) {
    assert.match(buildStatement(fact, ended.registration, course, "p").timestamp ?? "1970-01-01T0Z", /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  }
  const text = encode(course, ended);
  assert.ok(text.length < 1_500, String(text.length));
  assert.deepEqual(decode(course, text)?.facts, ended.facts);
  return ended;
}

test("no suspend data stops a session, makes two of one, or invents a right answer", () => {
  const random = seeded(41);
  const [course, other] = [smallCourse(), smallCourse()];
  other.course = { ...other.course, id: "other", version: "2.0.0" };
  const whole = encode(course, someProgress());
  const bare = whole.slice(0, whole.lastIndexOf("."));
  let understood = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const text = random() < 0.3 ? mutated(whole, random) : summed(mutated(bare, random));
    const progress = decode(course, text);
    languageIn(text);
    decode(other, text);
    if (!progress) continue;
    understood += 1;
    for (const keys of [progress.seen, progress.check.drawn, progress.check.right]) assert.equal(new Set(keys).size, keys.length);
    const own = goOn(course, progress);
    const met = reduce(course, goOn(course, someProgress()), { type: "met", other: own });
    assert.ok(met.facts.length <= MAX_PENDING_FACTS);
    assert.equal(met.done, own.done);
  }
  assert.ok(understood > TURNS / 4, String(understood));
});

test("a course published anew goes on from any older progress", () => {
  const random = seeded(42);
  const stored = encode(smallCourse(), someProgress());
  for (let turn = 0; turn < 300; turn += 1) {
    const course = smallCourse();
    const { check } = course;
    assert.ok(check);
    course.course = { ...course.course, version: "3.0.0", language: random() < 0.5 ? "nl" : "uk" };
    course.blocks = course.blocks.filter(() => random() < 0.7).map((block) => ({ ...block, pages: block.pages.filter(() => random() < 0.7) }));
    check.questions = check.questions.filter(() => random() < 0.7).map((one) => (random() < 0.2 ? { ...one, key: "new1" } : one));
    if (random() < 0.2) course.check = null;
    const progress = decode(course, stored);
    assert.ok(progress);
    const own = goOn(course, progress);
    assert.equal(own.done, false);
    assert.equal(own.registration, REGISTRATION);
    const known = course.check?.questions.map((one) => one.key) ?? [];
    assert.ok(own.check.drawn.every((key) => known.includes(key)));
  }
});

/**
 * JSON that is nearly right: one part of it replaced.
 *
 * @param {Record<string, unknown>} document
 * @param {() => number} random
 */
function nearly(document, random) {
  const values = [null, 5, -5, "x", [], {}, [null, 3], true, "9".repeat(999)];
  const names = Object.keys(document);
  const name = names[Math.floor(random() * names.length)] ?? "";
  const changed = JSON.stringify({ ...document, [name]: values[Math.floor(random() * values.length)] });
  return random() < 0.3 ? mutated(changed, random) : changed;
}

test("no state document and nothing in sessionStorage stops a launch", async () => {
  const random = seeded(43);
  const document = { format: 1, suspendData: encode(smallCourse(), someProgress()), registration: REGISTRATION, seconds: 5, sent: ["completed"], sending: ["passed"] };
  const kept = { token: "t", queue: [{ id: "1", verb: { id: "http://x/passed" } }], spoken: ["initialized"], atEnd: [], lastTime: 5, began: 4, seconds: 3, ended: false };
  for (let turn = 0; turn < 1_000; turn += 1) {
    const [text, memoryText] = [nearly(document, random), nearly(kept, random)];
    const client = createXapiClient(async (_, request) => new Response(request?.method === "GET" ? text : null, { status: 200 }), "https://lrs.example/x", "");
    const state = await loadState(client, {});
    assert.ok(state);
    await findSent(client, state.content, () => REGISTRATION, ["completed", "passed"]);
    assert.equal(typeof state.content.suspendData, "string");
    assert.ok(state.content.seconds >= 0);
    decode(smallCourse(), state.content.suspendData);
    const storage = /** @type {Storage} */ (/** @type {unknown} */ ({ getItem: () => memoryText, setItem: () => undefined, removeItem: () => undefined }));
    const memory = createMemory(storage, "launch");
    const queue = createStatementQueue(client, memory, () => undefined);
    queue.verbs();
    assert.equal(await queue.send(), true);
    assert.equal(typeof memory.memory.seconds, "number");
    assert.ok(Array.isArray(memory.memory.spoken));
  }
});

test("nothing in localStorage stops a web site, and no record becomes another learner's", () => {
  const random = seeded(44);
  const entrant = { id: "anna", learner: "anna", hotel: "1MENF", tail: "5" };
  const record = { ...entrant, suspendData: encode(smallCourse(), someProgress()), completed: false, passed: false };
  const prefix = `noroom ${smallCourse().tracking?.homePage} small learner anna`;
  for (let turn = 0; turn < 1_000; turn += 1) {
    const items = new Map([[prefix, nearly(record, random)]]);
    const storage = { getItem: (/** @type {string} */ name) => items.get(name) ?? null, setItem: (/** @type {string} */ name, /** @type {string} */ text) => items.set(name, text), removeItem: (/** @type {string} */ name) => items.delete(name) };
    const own = /** @type {Window} */ (/** @type {unknown} */ ({ localStorage: storage, sessionStorage: storage }));
    const store = createWebStore(own, smallCourse());
    const runtime = createWebRuntime(store, entrant, () => undefined);
    assert.equal(runtime.launch.learner, "anna");
    decode(smallCourse(), runtime.launch.suspendData);
    const outcome = { scorm12: { status: null, exit: "" }, scorm2004: { completion: null, success: null, exit: "" }, statements: { now: [], atEnd: [] } };
    assert.equal(runtime.save({ suspendData: "new", location: null, progress: null, outcome, score: null, answers: [], seconds: null }), "saved");
    assert.equal(store.read("anna")?.learner, "anna");
  }
});
