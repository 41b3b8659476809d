import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";

import { loadState } from "../../scorm_builder/player/runtime/state_document.js";
import { createXapiClient } from "../../scorm_builder/player/runtime/xapi_client.js";

const OWNER = { activityId: "https://lms.example/a", agent: "{}" };
const meet = (/** @type {string} */ found) => `met ${found}`;
const hashOf = (/** @type {string} */ text) => createHash("sha1").update(text).digest("hex");

/**
 * An LRS of xAPI 2.0, as ADL's is: no write over a document without a condition, and no ETag with the
 * answer to a write.
 *
 * @param {{held?: string, tagOf?: (text: string) => string, says?: boolean}} [options] `says`: the
 *   page may read its version
 */
function strictLrs({ held, tagOf = hashOf, says = true } = {}) {
  const lrs = { held, log: /** @type {(string | null)[]} */ ([]), lost: 0 };
  const headers = says ? { "X-Experience-API-Version": "2.0.0" } : {};
  /** @type {typeof fetch} */
  const send = async (_, request) => {
    const etag = lrs.held === undefined ? "" : `"${tagOf(lrs.held)}"`;
    if (request?.method === "GET") {
      if (lrs.held === undefined) return new Response(null, { status: 404, headers });
      return new Response(lrs.held, { headers: { ...headers, ETag: etag } });
    }
    const given = /** @type {Record<string, string>} */ (request?.headers)["If-Match"] ?? null;
    lrs.log.push(given);
    if (given === null && lrs.held !== undefined) return new Response(null, { status: 409, headers });
    if (given !== null && (lrs.held === undefined || !["*", etag].includes(given))) return new Response(null, { status: 412, headers });
    lrs.held = String(request?.body);
    if (lrs.lost > 0) {
      lrs.lost -= 1;
      throw new TypeError("offline");
    }
    return new Response(null, { status: 204, headers });
  };
  return { lrs, client: createXapiClient(send, "https://lrs.example/x", "Basic eDp5") };
}

/** @param {ReturnType<typeof strictLrs>} strict */
async function load({ client }) {
  const document = await loadState(client, OWNER);
  assert.ok(document);
  const wanted = (/** @type {string} */ suspendData) => ({ ...document.content, suspendData });
  return { document, wanted };
}

/** @param {string} text */
const place = (text) => JSON.parse(text).suspendData;

test("a first session writes its document over and over, also while the window closes", async () => {
  const strict = strictLrs();
  const { document, wanted } = await load(strict);
  for (const text of ["a", "b"]) assert.equal(await document.write(wanted(text), meet), true);
  assert.equal(await document.writeLast(wanted("c"), meet), true);
  assert.deepEqual([strict.lrs.log, place(strict.lrs.held ?? "")], [[null, "*", "*"], "c"]);
});

test("ETags that are the SHA-1 of the document are known without being told", async () => {
  const held = JSON.stringify({ format: 1, suspendData: "before" });
  const strict = strictLrs({ held });
  const { document, wanted } = await load(strict);
  await document.write(wanted("a"), meet);
  const first = strict.lrs.held ?? "";
  await document.write(wanted("b"), meet);
  assert.deepEqual(strict.lrs.log, [`"${hashOf(held)}"`, `"${hashOf(first)}"`]);
  strict.lrs.held = JSON.stringify({ format: 1, suspendData: "other", sent: [] });
  assert.equal(await document.write(wanted("c"), meet), true);
  assert.equal(place(strict.lrs.held ?? ""), "met other", "what another device wrote is seen");
});

test("an ETag that is something else is not guessed", async () => {
  const strict = strictLrs({ held: JSON.stringify({ format: 1 }), tagOf: (text) => `v${text.length}` });
  const { document, wanted } = await load(strict);
  for (const text of ["a", "bb"]) assert.equal(await document.write(wanted(text), meet), true);
  assert.deepEqual(strict.lrs.log.slice(1), ["*"]);
});

test("the last write goes over whatever is there when the answer to the one before was lost", async () => {
  const strict = strictLrs();
  const { document, wanted } = await load(strict);
  await document.write(wanted("a"), meet);
  strict.lrs.lost = 1;
  assert.equal(await document.write(wanted("b"), meet), false);
  assert.equal(await document.writeLast(wanted("c"), meet), true);
  const flying = document.write(wanted("d"), meet);
  assert.equal(await document.writeLast(wanted("e"), meet), true);
  await flying;
  assert.deepEqual([strict.lrs.log.slice(2), place(strict.lrs.held ?? "")], [["*", "*", "*"], "e"]);
});

test("an LRS whose version the page may not read is known by its first refusal", async () => {
  const strict = strictLrs({ says: false });
  const { document, wanted } = await load(strict);
  for (const text of ["a", "b", "c"]) assert.equal(await document.write(wanted(text), meet), true);
  assert.deepEqual(strict.lrs.log.slice(0, 2), [null, null]);
  assert.ok(strict.lrs.log.slice(2).every(Boolean), "and refuses nothing more");
});
