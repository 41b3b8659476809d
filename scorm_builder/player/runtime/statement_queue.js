/** Statements on their way to the LMS, in order, until the LRS has acknowledged them. */

import { isStored } from "./xapi_client.js";

/** 400, 422: one of the batch is refused; 409: one of them is there already. */
const ASK_ONE_BY_ONE = [400, 409, 422];

/**
 * @param {import("./xapi_client.js").XapiClient} client
 * @param {ReturnType<typeof import("./session_memory.js").createMemory>} kept holds the queue
 * @param {(verb: Verb) => void} onStored
 */
export function createStatementQueue(client, { memory, keep }, onStored) {
  /** @type {Set<string>} ids of statements that are under way */
  const flying = new Set();

  /**
   * @param {Statement[]} batch
   * @returns {Promise<boolean>}
   */
  async function deliver(batch) {
    for (const statement of batch) flying.add(statement.id);
    const { status } = await client.request("POST", "statements", { body: JSON.stringify(batch) });
    for (const statement of batch) flying.delete(statement.id);
    if (isStored(status) || (status === 409 && batch.length === 1)) {
      acknowledge(batch);
      return true;
    }
    if (batch.length === 1 || !ASK_ONE_BY_ONE.includes(status)) return false;
    for (const statement of batch) if (!(await deliver([statement]))) return false;
    return true;
  }

  /** @param {Statement[]} batch */
  function acknowledge(batch) {
    const ids = batch.map((statement) => statement.id);
    memory.queue = memory.queue.filter((statement) => !ids.includes(statement.id));
    batch.map(verbOf).forEach(onStored);
    keep();
  }

  return {
    /** @param {Statement} statement */
    add(statement) {
      memory.queue.push(statement);
      keep();
    },

    /** Send what waits and is not under way; true when nothing waits any more. */
    async send() {
      const batch = memory.queue.filter((statement) => !flying.has(statement.id));
      if (batch.length > 0 && !(await deliver(batch))) return false;
      return memory.queue.length === 0;
    },

    isEmpty: () => memory.queue.length === 0,
    verbs: () => memory.queue.map(verbOf),
  };
}

/** @param {Statement} statement */
function verbOf(statement) {
  return /** @type {Verb} */ (statement.verb.id.slice(statement.verb.id.lastIndexOf("/") + 1));
}
