/** Statements that wait for the LMS's LRS: one that is refused costs none of those before it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createStatementQueue } from "../../scorm_builder/player/runtime/statement_queue.js";

const VERBS = ["initialized", "failed", "completed", "passed"];
const STATEMENTS = VERBS.map((verb) => ({ id: `id-${verb}`, verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` } }));

/**
 * @param {(ids: string[]) => number} judge
 */
function queueAt(judge) {
  /** @type {string[][]} */
  const asked = [];
  const kept = { memory: { queue: [...STATEMENTS] }, keep() {} };
  const client = {
    /**
     * @param {string} _method
     * @param {string} _resource
     * @param {{body: string}} options
     */
    async request(_method, _resource, { body }) {
      const ids = JSON.parse(body).map((/** @type {{id: string}} */ one) => one.id);
      asked.push(ids);
      return { status: judge(ids) };
    },
  };
  /** @type {string[]} */
  const stored = [];
  // @ts-expect-error: only what the queue uses of its client and of the memory
  const queue = createStatementQueue(client, kept, (verb) => stored.push(verb));
  return { queue, stored, asked };
}

for (const status of [400, 422]) {
  test(`what stands before a statement that is refused with ${status} is stored`, async () => {
    const { queue, stored } = queueAt((ids) => (ids.includes("id-completed") ? status : 200));
    assert.equal(await queue.send(), false);
    assert.deepEqual(stored, ["initialized", "failed"]);
    assert.deepEqual(queue.verbs(), ["completed", "passed"]);
  });
}

test("a statement that is there already is acknowledged, and costs the others nothing", async () => {
  const { queue, stored, asked } = queueAt((ids) => (ids.includes("id-failed") ? 409 : 200));
  assert.equal(await queue.send(), true);
  assert.deepEqual(stored, VERBS);
  assert.equal(asked.length, 1 + VERBS.length);
});

test("an LRS that is down is asked once", async () => {
  const { queue, stored, asked } = queueAt(() => 503);
  assert.equal(await queue.send(), false);
  assert.deepEqual([stored, asked.length, queue.isEmpty()], [[], 1, false]);
});
