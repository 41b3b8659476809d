import assert from "node:assert/strict";
import test from "node:test";

import { OUTCOMES } from "../../scorm_builder/player/state/outcomes.js";
import { buildCmi5Statement } from "../../scorm_builder/player/runtime/cmi5_statements.js";
import { learnerIdOf, normaliseActor } from "../../scorm_builder/player/runtime/launch_actor.js";
import { createLrsSession, ONCE } from "../../scorm_builder/player/runtime/lrs_session.js";
import { createMemory } from "../../scorm_builder/player/runtime/session_memory.js";
import { findSent, loadState } from "../../scorm_builder/player/runtime/state_document.js";
import { createXapiClient } from "../../scorm_builder/player/runtime/xapi_client.js";

const ADDRESS = { endpoint: "https://lrs.example/x", fetch: "f", actor: "{}", registration: "3f2504e0-4f89-41d3-9a0c-0305e82c3301", activityId: "https://lms.example/a" };
const ACTOR = { objectType: "Agent", account: { homePage: "https://lms.example", name: "anna" } };
const SESSION_ID = "https://w3id.org/xapi/cmi5/context/extensions/sessionid";
const MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
const TEMPLATE = { contextActivities: { grouping: [{ id: "https://id.example/au" }], category: { id: "https://lms.example/own" } }, extensions: { [SESSION_ID]: "s1" }, language: "nl" };
/** @type {Said} */
const SAID = { time: 1795600000123, session: 60, total: 90.5, score: 2 / 3 };
const OWNER = { activityId: ADDRESS.activityId, agent: "{}", registration: ADDRESS.registration };

/** @param {Record<string, unknown>} [changes] */
const launchOf = (changes = {}) => ({ address: ADDRESS, actor: ACTOR, launchData: { contextTemplate: TEMPLATE, masteryScore: 0.6, ...changes } });

/** An LRS that keeps documents and statements, and a list of faults to answer with first. */
function fakeLrs() {
  const lrs = {
    /** @type {Map<string, string>} */
    documents: new Map(),
    /** @type {Statement[]} */
    statements: [],
    /** @type {string[]} */
    log: [],
    /** @type {Record<string, (number | undefined)[]>} */
    faults: { GET: [], PUT: [], POST: [] },
    version: 0,
    conditions: /** @type {(string | null)[]} */ ([]),
  };
  /** @type {typeof fetch} */
  const send = async (address, request) => {
    const url = new URL(String(address));
    const method = request?.method ?? "GET";
    const headers = /** @type {Record<string, string>} */ (request?.headers ?? {});
    lrs.log.push(`${method} ${url.pathname.replace("/x/", "")}`);
    const fault = lrs.faults[method]?.shift();
    if (fault === 0) throw new TypeError("offline");
    if (fault) return new Response(null, { status: fault });
    const key = url.searchParams.get("stateId") ?? "";
    const etag = { ETag: `"${lrs.version}"` };
    if (method === "GET" && url.pathname.endsWith("statements")) {
      const known = lrs.statements.some((one) => one.id === url.searchParams.get("statementId"));
      return new Response(known ? "{}" : null, { status: known ? 200 : 404 });
    }
    if (method === "GET") {
      const held = lrs.documents.get(key);
      return held === undefined ? new Response(null, { status: 404 }) : new Response(held, { headers: etag });
    }
    if (method === "PUT") {
      lrs.conditions.push(headers["If-Match"] ?? null);
      lrs.documents.set(key, String(request?.body));
      lrs.version += 1;
      return new Response(null, { status: 204, headers: { ETag: `"${lrs.version}"` } });
    }
    lrs.statements.push(...JSON.parse(String(request?.body)));
    return new Response("[]");
  };
  return { lrs, client: createXapiClient(send, "https://lrs.example/x", "Basic eDp5") };
}

/**
 * @param {ReturnType<typeof fakeLrs>} fake
 * @param {{memory?: ReturnType<typeof createMemory>, reloading?: () => boolean}} [options]
 */
async function begin({ client }, { memory = createMemory(null, ""), reloading = () => false } = {}) {
  const document = await loadState(client, OWNER);
  assert.ok(document);
  /** @type {SaveResult[]} */
  const results = [];
  const runtime = createLrsSession({
    ...{ client, document, memory, returnUrl: "" },
    launch: { learnerId: "anna", mode: "normal", credit: true, completed: false, passed: false, suspendData: document.content.suspendData, masteryScore: null },
    statementOf: (verb, said) => buildCmi5Statement(verb, said, launchOf()),
    now: () => 1795600000000,
    isReloading: reloading,
  });
  runtime.later?.listen((result) => results.push(result));
  return { runtime, results };
}

/** @type {(outcome: Outcome, changes?: Partial<Snapshot>) => Snapshot} */
const snapshot = (outcome, changes = {}) => ({
  ...{ suspendData: "data", location: null, progress: null, score: null, seconds: 5, answers: [] },
  outcome,
  ...changes,
});

/** @param {Statement[]} statements */
const verbs = (statements) => statements.map((one) => one.verb.id.slice(one.verb.id.lastIndexOf("/") + 1));

test("a save is pending until document and statements are acknowledged", async () => {
  const fake = fakeLrs();
  const { runtime, results } = await begin(fake);
  assert.equal(runtime.save(snapshot(OUTCOMES.passed, { score: 1 })), "pending");
  assert.deepEqual(results, []);
  await runtime.later?.settled();
  assert.deepEqual(results, ["saved"]);
  assert.deepEqual(verbs(fake.lrs.statements), ["initialized", "completed", "passed"]);
  runtime.finish();
  await runtime.later?.closed();
  assert.deepEqual(verbs(fake.lrs.statements).at(-1), "terminated");
  const times = fake.lrs.statements.map((one) => String(one["timestamp"]));
  assert.deepEqual([...new Set(times)].sort(), times, "strictly increasing although the clock stood still");
});

test("the state tells of a statement before it is sent and after it arrived", async () => {
  const fake = fakeLrs();
  const { runtime } = await begin(fake);
  await runtime.later?.settled();
  fake.lrs.faults["POST"] = [503];
  runtime.save(snapshot(OUTCOMES.done));
  await runtime.later?.settled();
  assert.deepEqual(JSON.parse(fake.lrs.documents.get("noroom-state") ?? "").sending, ["completed"]);
  runtime.save(snapshot(OUTCOMES.done));
  await runtime.later?.settled();
  const state = JSON.parse(fake.lrs.documents.get("noroom-state") ?? "");
  assert.deepEqual([state.sent, state.sending], [["completed"], []]);
});

test("what could not be sent is a failed save, and goes out with the next one, the same", async () => {
  for (const fault of [0, 401, 500]) {
    const fake = fakeLrs();
    const { runtime, results } = await begin(fake);
    await runtime.later?.settled();
    fake.lrs.faults["POST"] = [fault];
    runtime.save(snapshot(OUTCOMES.passed, { score: 1 }));
    await runtime.later?.settled();
    runtime.save(snapshot(OUTCOMES.passed, { score: 1 }));
    await runtime.later?.settled();
    assert.deepEqual(results, ["failed", "saved"]);
    assert.deepEqual(verbs(fake.lrs.statements), ["initialized", "completed", "passed"]);
  }
});

test("a document that is not stored is a failed save, though the statements arrived", async () => {
  const fake = fakeLrs();
  const { runtime, results } = await begin(fake);
  fake.lrs.faults["PUT"] = [500, 500];
  runtime.save(snapshot(OUTCOMES.done));
  await runtime.later?.settled();
  assert.deepEqual(results, ["failed"]);
  assert.deepEqual(verbs(fake.lrs.statements), ["initialized", "completed"]);
});

test("a batch that is refused is sent one by one, and an id that is known counts as delivered", async () => {
  const fake = fakeLrs();
  const { runtime, results } = await begin(fake);
  await runtime.later?.settled();
  fake.lrs.faults["POST"] = [409, 409];
  runtime.save(snapshot(OUTCOMES.passed, { score: 1 }));
  await runtime.later?.settled();
  assert.deepEqual(verbs(fake.lrs.statements), ["initialized", "passed"]);
  assert.deepEqual(results, ["saved"]);
});

test("failed is said once, at the end, and not after a pass", async () => {
  const fake = fakeLrs();
  const first = await begin(fake);
  first.runtime.save(snapshot(OUTCOMES.try_failed));
  first.runtime.save(snapshot(OUTCOMES.try_failed));
  await first.runtime.later?.settled();
  assert.deepEqual(verbs(fake.lrs.statements), ["initialized"]);
  first.runtime.finish();
  await first.runtime.later?.closed();
  assert.deepEqual(verbs(fake.lrs.statements), ["initialized", "failed", "terminated"]);

  const other = fakeLrs();
  const second = await begin(other);
  second.runtime.save(snapshot(OUTCOMES.try_failed));
  second.runtime.save(snapshot(OUTCOMES.passed, { score: 1 }));
  second.runtime.finish();
  await second.runtime.later?.closed();
  assert.deepEqual(verbs(other.lrs.statements), ["initialized", "completed", "passed", "terminated"]);
});

test("a later session says completed and passed no second time", async () => {
  const fake = fakeLrs();
  for (let session = 0; session < 2; session += 1) {
    const { runtime } = await begin(fake);
    runtime.save(snapshot(OUTCOMES.passed, { score: 1 }));
    await runtime.later?.settled();
    runtime.finish();
    assert.equal(runtime.finish(), false);
    await runtime.later?.closed();
  }
  assert.deepEqual(verbs(fake.lrs.statements), ["initialized", "completed", "passed", "terminated", "initialized", "terminated"]);
});

test("after terminated nothing is said, and a save that would need a statement says that it failed", async () => {
  const fake = fakeLrs();
  const memory = createMemory(null, "");
  const first = await begin(fake, { memory });
  first.runtime.save(snapshot(OUTCOMES.unfinished));
  await first.runtime.later?.settled();
  first.runtime.finish();
  await first.runtime.later?.closed();
  const again = await begin(fake, { memory });
  again.runtime.save(snapshot(OUTCOMES.unfinished, { suspendData: "more" }));
  await again.runtime.later?.settled();
  again.runtime.save(snapshot(OUTCOMES.done, { suspendData: "done" }));
  await again.runtime.later?.settled();
  assert.deepEqual(again.results, ["saved", "failed"]);
  assert.deepEqual(verbs(fake.lrs.statements), ["initialized", "terminated"]);
  assert.equal(JSON.parse(fake.lrs.documents.get("noroom-state") ?? "").suspendData, "done");
});

test("a reload neither ends the session nor begins it again", async () => {
  const fake = fakeLrs();
  const memory = createMemory(null, "");
  const first = await begin(fake, { memory, reloading: () => true });
  first.runtime.save(snapshot(OUTCOMES.try_failed));
  await first.runtime.later?.settled();
  first.runtime.finish();
  const again = await begin(fake, { memory });
  again.runtime.save(snapshot(OUTCOMES.unfinished));
  await again.runtime.later?.settled();
  again.runtime.finish();
  await again.runtime.later?.closed();
  assert.deepEqual(verbs(fake.lrs.statements), ["initialized", "failed", "terminated"]);
});

test("a review says initialized and terminated and stores nothing", async () => {
  const fake = fakeLrs();
  const { runtime } = await begin(fake);
  runtime.finish();
  await runtime.later?.closed();
  assert.deepEqual(verbs(fake.lrs.statements), ["initialized", "terminated"]);
  assert.equal(fake.lrs.documents.size, 0);
});

test("each write names the version that it replaces; another window's statements and progress count", async () => {
  const { lrs, client } = fakeLrs();
  const document = await loadState(client, OWNER);
  assert.ok(document);
  const meet = (/** @type {string} */ found) => `c and ${found}`;
  await document.write({ ...document.content, suspendData: "a" }, meet);
  await document.write({ ...document.content, suspendData: "b" }, meet);
  assert.deepEqual(lrs.conditions, [null, '"1"']);
  lrs.documents.set("noroom-state", JSON.stringify({ format: 1, suspendData: "other", sent: ["completed"] }));
  lrs.faults["PUT"] = [412];
  const wanted = { ...document.content, suspendData: "c" };
  assert.equal(await document.write(wanted, meet), true);
  assert.deepEqual(wanted.sent, ["completed"]);
  assert.equal(JSON.parse(lrs.documents.get("noroom-state") ?? "").suspendData, "c and other");
});

test("a state that cannot be read is not written over; one that is not ours is as good as none", async () => {
  const { lrs, client } = fakeLrs();
  lrs.faults["GET"] = [403];
  assert.equal(await loadState(client, OWNER), null);
  lrs.documents.set("noroom-state", "[1]");
  assert.equal((await loadState(client, OWNER))?.content.suspendData, "");
});

test("a statement whose fate is unknown is looked up before it is said again", async () => {
  const { lrs, client } = fakeLrs();
  const known = buildCmi5Statement("completed", SAID, launchOf());
  assert.ok(known);
  lrs.statements.push(known);
  /** @type {import("../../scorm_builder/player/runtime/state_document.js").StateContent} */
  const content = { suspendData: "", registration: "", seconds: 0, sent: [], sending: ["completed", "passed"] };
  await findSent(client, content, (verb) => buildCmi5Statement(verb, SAID, launchOf())?.id ?? "", ONCE);
  assert.deepEqual(content.sent, ["completed"]);
});

test("a cmi5 statement keeps the whole template and adds what its verb asks for", () => {
  const passed = /** @type {any} */ (buildCmi5Statement("passed", SAID, launchOf()));
  assert.deepEqual(passed.result, { success: true, duration: "PT0H1M30.5S", score: { scaled: 0.6667 } });
  assert.equal(passed.context.language, "nl");
  assert.equal(passed.context.registration, ADDRESS.registration);
  assert.deepEqual(passed.context.extensions, { [MASTERY]: 0.6, [SESSION_ID]: "s1" });
  assert.deepEqual(passed.context.contextActivities.grouping, TEMPLATE.contextActivities.grouping);
  assert.deepEqual(passed.context.contextActivities.category.map((/** @type {{id: string}} */ one) => one.id.split("/").at(-1)), ["own", "cmi5", "moveon"]);
  assert.deepEqual(passed.actor, ACTOR);
  const initialized = /** @type {any} */ (buildCmi5Statement("initialized", SAID, launchOf()));
  assert.equal("result" in initialized, false);
  assert.deepEqual(initialized.context.extensions, { [SESSION_ID]: "s1" });
  const terminated = /** @type {any} */ (buildCmi5Statement("terminated", SAID, launchOf()));
  assert.deepEqual(terminated.result, { duration: "PT0H1M0S" });
  assert.equal(TEMPLATE.contextActivities.category.id, "https://lms.example/own", "the template itself is untouched");
});

test("no pass is said that the LMS's mastery score does not bear out", () => {
  assert.equal(buildCmi5Statement("passed", SAID, launchOf({ masteryScore: 0.7 })), null);
  assert.ok(buildCmi5Statement("passed", SAID, launchOf({ masteryScore: 0.6667 })));
  assert.ok(buildCmi5Statement("passed", SAID, launchOf({ masteryScore: undefined })));
});

test("actors of old launches become agents of today, with one identifier", () => {
  const old = { name: ["Anna"], mbox: ["mailto:anna@example.org"], account: [{ accountServiceHomePage: "https://lms.example", accountName: "E-1" }] };
  assert.deepEqual(normaliseActor(JSON.stringify(old)), { objectType: "Agent", name: "Anna", account: { homePage: "https://lms.example", name: "E-1" } });
  const mail = { objectType: "Agent", mbox: "mailto:anna@example.org" };
  assert.deepEqual(normaliseActor(JSON.stringify(mail)), mail);
  for (const text of [null, "", "no JSON", "[]", "null", '{"name":"Anna"}']) assert.equal(normaliseActor(text), null);
});

test("the pseudonym is made of the account's name, else the address, else nothing", () => {
  assert.equal(learnerIdOf(ACTOR), "anna");
  assert.equal(learnerIdOf({ mbox: "mailto:Anna@example.org" }), "Anna@example.org");
  assert.equal(learnerIdOf({ mbox_sha1sum: "abc" }), "");
  assert.equal(learnerIdOf({ account: { name: 7 } }), "");
});

test("what a launch remembers survives a reload, and a storage that is forbidden does no harm", () => {
  /** @type {Map<string, string>} */
  const held = new Map();
  const storage = /** @type {any} */ ({
    getItem: (/** @type {string} */ key) => held.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => held.set(key, value),
    removeItem: (/** @type {string} */ key) => held.delete(key),
  });
  const first = createMemory(storage, "launch 1");
  first.memory.token = "secret";
  first.keep();
  assert.equal(createMemory(storage, "launch 1").memory.token, "secret");
  assert.equal(createMemory(storage, "launch 2").memory.token, "");
  first.forget();
  assert.equal(held.size, 0);
  const broken = /** @type {any} */ ({ getItem: () => "{", setItem: () => { throw new Error("full"); } });
  const memory = createMemory(broken, "launch");
  memory.keep();
  memory.forget();
  assert.equal(memory.memory.token, "");
});
