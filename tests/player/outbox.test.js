import assert from "node:assert/strict";
import test from "node:test";

import { createOutbox } from "../../scorm_builder/player/outbox.js";
import { buildStatement } from "../../scorm_builder/player/statements.js";
import { TRACKING } from "./course.js";

/** @type {(verb: Verb, n: number) => Fact} */
const fact = (verb, n) => ({ verb, n, time: 1795600000123, language: "nl", version: "1.0.0", right: 4, draw: 5 });
const FACTS = [fact("initialized", 1), fact("failed", 1), fact("completed", 0), fact("passed", 0)];
const REGISTRATION = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

/** @param {(batch: {verb: {id: string}}[]) => number | Error} answer */
function outboxWith(answer) {
  /** @type {Fact[]} */
  const settled = [];
  const sent = { requests: 0 };
  const outbox = createOutbox({
    tracking: TRACKING,
    statementOf: (one) => buildStatement(one, REGISTRATION, TRACKING, "scorm12", "pseudonym"),
    onSettled: (facts) => settled.push(...facts),
    fetch: async (_, request) => {
      sent.requests += 1;
      const result = answer(JSON.parse(String(request?.body)));
      if (result instanceof Error) throw result;
      return new Response(null, { status: result });
    },
  });
  return { outbox, settled, sent };
}

test("what the LRS takes is settled, in one request", async () => {
  const { outbox, settled, sent } = outboxWith(() => 200);
  await outbox.flush(() => FACTS);
  assert.deepEqual(settled, FACTS);
  assert.equal(sent.requests, 1);
});

test("a known id counts as delivered", async () => {
  const { outbox, settled } = outboxWith(() => 409);
  await outbox.flush(() => FACTS);
  assert.equal(settled.length, FACTS.length);
  assert.equal(outbox.droppedCount(), 0);
});

test("one statement that the LRS refuses does not keep back the others", async () => {
  const { outbox, settled } = outboxWith((batch) => (batch.some((one) => one.verb.id.endsWith("failed")) ? 400 : 200));
  await outbox.flush(() => FACTS);
  assert.equal(settled.length, FACTS.length);
  assert.equal(outbox.droppedCount(), 1);
});

test("three failures end the trying for this session, and nothing is settled", async () => {
  for (const failure of [500, 401, 429, new TypeError("offline")]) {
    const { outbox, settled, sent } = outboxWith(() => failure);
    for (let i = 0; i < 6; i += 1) await outbox.flush(() => FACTS);
    outbox.sendLast(FACTS);
    assert.equal(sent.requests, 3);
    assert.deepEqual(settled, []);
  }
});

test("a statement has the shape of the contract and is the same every time", () => {
  const passed = buildStatement(fact("passed", 0), REGISTRATION, TRACKING, "scorm12", "abc");
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
  const untested = buildStatement({ ...fact("completed", 0), right: 0, draw: 0 }, REGISTRATION, { ...TRACKING, hotel: null }, "scorm12", "abc");
  assert.deepEqual(untested.result, { completion: true });
  assert.equal("extensions" in untested.context, false);
});
