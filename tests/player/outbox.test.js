import assert from "node:assert/strict";
import test from "node:test";
import { setImmediate } from "node:timers";

import { createOutbox } from "../../scorm_builder/player/programme/outbox.js";
import { buildStatement } from "../../scorm_builder/player/programme/statements.js";
import { TRACKING, smallCourse } from "./course.js";

/** @type {(verb: Verb, n: number) => Fact} */
const fact = (verb, n) => ({ verb, n, time: 1795600000123, language: "nl", version: "1.0.0", right: 4, draw: 5, hotel: "", refused: false });
const FACTS = [fact("initialized", 1), fact("failed", 1), fact("completed", 0), fact("passed", 0)];
const REGISTRATION = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

/** @typedef {number | Error | Response} LrsAnswer */

/**
 * An outbox whose LRS answers as told; what it delivers or gives up is no longer pending.
 *
 * @param {(batch: {id: string, verb: {id: string}}[]) => LrsAnswer | Promise<LrsAnswer>} answer
 * @param {Fact[]} facts
 * @param {string} [padding] makes every statement longer
 */
function outboxWith(answer, facts = FACTS, padding = "") {
  /** @type {Fact[]} */
  const settled = [];
  /** @type {Fact[]} */
  const refused = [];
  const log = { batches: /** @type {string[][]} */ ([]), keepalive: /** @type {unknown[]} */ ([]), rounds: 0 };
  const outbox = createOutbox({
    tracking: TRACKING,
    statementOf: (one) => ({ ...buildStatement(one, REGISTRATION, smallCourse(), "pseudonym"), padding }),
    pending: () => facts.filter((one) => !settled.includes(one) && !refused.includes(one)),
    onSettled: (some) => void settled.push(...some),
    onRefused: (some) => void refused.push(...some),
    onRound: () => void (log.rounds += 1),
    fetch: async (_, request) => {
      const batch = JSON.parse(String(request?.body));
      log.batches.push(batch.map((/** @type {{id: string}} */ one) => one.id));
      log.keepalive.push(request?.keepalive);
      const result = await Promise.race([answer(batch), aborted(request?.signal)]);
      if (result instanceof Error) throw result;
      return result instanceof Response ? result : new Response(null, { status: result });
    },
  });
  return { outbox, settled, refused, log };
}

/**
 * @param {AbortSignal | null | undefined} signal
 * @returns {Promise<Error>}
 */
const aborted = (signal) => new Promise((resolve) => signal?.addEventListener("abort", () => resolve(new Error("aborted"))));

/** @type {(count: number) => Fact[]} */
const many = (count) => Array.from({ length: count }, (_, i) => fact("suspended", i + 1));

/** Let every promise that is ready go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("what the LRS takes is settled, in one request", async () => {
  const { outbox, settled, log } = outboxWith(() => 200);
  await outbox.flush();
  assert.deepEqual(settled, FACTS);
  assert.equal(log.batches.length, 1);
  assert.equal(outbox.isClosed(), false);
  await outbox.flush();
  assert.equal(log.batches.length, 1);
});

test("a known id counts as delivered, and costs the others nothing", async () => {
  const { outbox, settled, refused } = outboxWith((batch) => (batch.some((one) => one.verb.id.endsWith("completed")) ? 409 : 200));
  await outbox.flush();
  assert.deepEqual(settled, FACTS);
  assert.deepEqual(refused, []);
});

for (const status of [400, 422]) {
  test(`one statement that the LRS refuses with ${status} does not keep back the others`, async () => {
    const { outbox, settled, refused, log } = outboxWith((batch) => (batch.some((one) => one.verb.id.endsWith("failed")) ? status : 200));
    await outbox.flush();
    assert.deepEqual(settled, [FACTS[0], FACTS[2], FACTS[3]]);
    assert.deepEqual(refused, [FACTS[1]]);
    assert.equal(outbox.isClosed(), false);
    await outbox.flush();
    assert.equal(new Set(log.batches.flat()).size, FACTS.length);
  });
}

test("an LRS of xAPI 2.0 alone is sent the same in 2.0.0, and what it will not take then is refused", async () => {
  /** @type {(string | null)[]} */
  const spoken = [];
  const headers = { "X-Experience-API-Version": "2.0.0" };
  const outbox = createOutbox({
    ...{ tracking: TRACKING, statementOf: (/** @type {Fact} */ one) => ({ id: one.verb }), onRound: () => undefined },
    ...{ pending: () => [...FACTS], onSettled: (/** @type {Fact[]} */ some) => void settled.push(...some) },
    onRefused: (some) => void refused.push(...some),
    fetch: async (_, request) => {
      spoken.push(/** @type {Record<string, string>} */ (request?.headers)["X-Experience-API-Version"] ?? null);
      const isRefused = spoken.at(-1) !== "2.0.0" || String(request?.body).includes("failed");
      return new Response(null, { status: isRefused ? 400 : 200, headers });
    },
  });
  /** @type {Fact[]} */
  const settled = [];
  /** @type {Fact[]} */
  const refused = [];
  await outbox.flush();
  assert.deepEqual([settled.length, refused.map((one) => one.verb)], [3, ["failed"]]);
  assert.deepEqual([spoken[0], new Set(spoken.slice(1))], ["1.0.3", new Set(["2.0.0"])]);
});

test("where a batch is too large it is halved, and stays small", async () => {
  const { outbox, settled, log } = outboxWith((batch) => (batch.length > 6 ? 413 : 200), many(24));
  await outbox.flush();
  assert.deepEqual(settled, many(24));
  assert.deepEqual(log.batches.map((batch) => batch.length), [24, 12, 6, 6, 12, 6, 6]);
});

test("one statement that is too large alone is refused", async () => {
  const { outbox, refused } = outboxWith(() => 413, FACTS.slice(0, 1));
  await outbox.flush();
  assert.deepEqual(refused, FACTS.slice(0, 1));
});

test("more facts than a batch holds go out in several", async () => {
  const { outbox, settled, log } = outboxWith(() => 200, many(60));
  await outbox.flush();
  assert.equal(settled.length, 60);
  assert.deepEqual(log.batches.map((batch) => batch.length), [25, 25, 10]);
});

for (const failure of [500, 401, 302, new TypeError("offline"), new Response("<h1>Log in</h1>", { headers: { "Content-Type": "text/html" } })]) {
  const name = failure instanceof Response ? "a login page" : String(failure);
  test(`three failures end the trying for this session, and nothing is settled: ${name}`, async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { outbox, settled, refused, log } = outboxWith(() => (failure instanceof Response ? failure.clone() : failure));
    for (let i = 0; i < 6; i += 1) await outbox.flush();
    assert.equal(outbox.isClosed(), true);
    outbox.sendLast();
    t.mock.timers.tick(600_000);
    await settle();
    assert.equal(log.batches.length, 3);
    assert.deepEqual([settled, refused], [[], []]);
    assert.deepEqual(log.batches[0], log.batches[2]);
  });
}

test("a failure is tried again by itself, with the same ids, until it succeeds", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const answers = [500, 500, 200];
  const { outbox, settled, log } = outboxWith(() => answers.shift() ?? 500);
  await outbox.flush();
  assert.equal(outbox.isClosed(), true);
  for (const delay of [5_000, 20_000]) {
    t.mock.timers.tick(delay - 1);
    await settle();
    const before = log.batches.length;
    t.mock.timers.tick(1);
    await settle();
    assert.equal(log.batches.length, before + 1);
  }
  assert.deepEqual(settled, FACTS);
  assert.equal(outbox.isClosed(), false);
  assert.deepEqual(log.batches[0], log.batches[2]);
});

test("an LRS that was given up is asked once more when there is reason to", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let status = 500;
  const { outbox, settled, log } = outboxWith(() => status);
  for (let i = 0; i < 5; i += 1) await outbox.flush();
  outbox.hope();
  await outbox.flush();
  await outbox.flush();
  assert.equal(log.batches.length, 4);
  status = 200;
  await outbox.tryAgain();
  assert.deepEqual(settled, FACTS);
});

test("a busy LRS is left alone for as long as it asks", async (t) => {
  for (const [told, wait] of /** @type {[string | null, number][]} */ ([["120", 120_000], ["Wed, 25 Nov 2026 09:47:40 GMT", 60_000], [null, 10_000], ["soon", 10_000], ["86400", 300_000]])) {
    t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.UTC(2026, 10, 25, 9, 46, 40) });
    const answers = [new Response(null, { status: 429, headers: told === null ? {} : { "Retry-After": told } })];
    const { outbox, settled, log } = outboxWith(() => answers.shift() ?? 200);
    await outbox.flush();
    t.mock.timers.tick(wait - 1);
    await outbox.flush();
    outbox.sendLast();
    assert.equal(log.batches.length, 1, String(told));
    t.mock.timers.tick(1);
    await settle();
    assert.deepEqual(settled, FACTS, String(told));
    t.mock.timers.reset();
  }
});

test("an LRS that does not answer is a failure after eight seconds", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { outbox, log } = outboxWith(() => new Promise(() => undefined));
  const flushed = outbox.flush();
  await settle();
  assert.equal(log.rounds, 0);
  t.mock.timers.tick(8_000);
  await flushed;
  assert.equal(outbox.isClosed(), true);
  assert.equal(log.rounds, 1);
});

test("a request may outlive its page only as far as the browser lets it", async () => {
  const { outbox, log } = outboxWith(() => 200, many(24), "x".repeat(3_000));
  await outbox.flush();
  assert.deepEqual(log.keepalive, [false]);
  const small = outboxWith(() => 200);
  await small.outbox.flush();
  assert.deepEqual(small.log.keepalive, [true]);
});

test("when the page goes away and not all fits, the results go first", async () => {
  const facts = [...many(24), fact("completed", 0), fact("passed", 0)];
  const { outbox, log } = outboxWith(() => 200, facts, "x".repeat(3_000));
  outbox.sendLast();
  const results = facts.slice(-2).map((one) => buildStatement(one, REGISTRATION, smallCourse(), "p").id);
  assert.deepEqual(log.batches[0]?.slice(0, 2), results);
  assert.deepEqual(log.keepalive, [true]);
  assert.ok((log.batches[0]?.length ?? 0) > 10);
});

test("after the end nothing is tried again", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { outbox, log } = outboxWith(() => 500);
  await outbox.flush();
  outbox.stop();
  t.mock.timers.tick(600_000);
  await settle();
  assert.equal(log.batches.length, 1);
});

test("a statement has the shape of the contract and is the same every time", () => {
  const passed = buildStatement(fact("passed", 0), REGISTRATION, smallCourse(), "abc");
  assert.deepEqual(passed, {
    id: passed.id,
    actor: { objectType: "Agent", account: { homePage: TRACKING.homePage, name: "abc" } },
    verb: { id: "http://adlnet.gov/expapi/verbs/passed", display: { en: "passed" } },
    object: {
      objectType: "Activity",
      id: TRACKING.course,
      definition: { type: "http://adlnet.gov/expapi/activities/course" },
    },
    result: { completion: true, success: true, score: { scaled: 0.8, raw: 80, min: 0, max: 100 } },
    context: {
      registration: REGISTRATION,
      platform: "scorm12",
      language: "nl",
      contextActivities: {
        category: [{ id: "https://w3id.org/xapi/scorm" }],
        grouping: [{ id: TRACKING.version }, { id: TRACKING.hotel }],
      },
      extensions: { "https://id.noroom.example/extension/hotel-source": "package" },
    },
    timestamp: "2026-11-25T09:46:40.123Z",
  });
  const untested = buildStatement({ ...fact("completed", 0), right: 0, draw: 0 }, REGISTRATION, smallCourse({ tracking: { ...TRACKING, hotel: null } }), "abc");
  assert.deepEqual(untested.result, { completion: true });
  assert.equal("extensions" in untested.context, false);
});
