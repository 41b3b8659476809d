/**
 * The package's own State document in the LMS's LRS (xAPI 1.0.3 Communication, section 2.3).
 *
 * ```
 * { "format": 1, "suspendData": "nr1.…", "registration": UUID, "seconds": 512.5,
 *   "sent": ["completed"], "sending": ["passed"] }
 * ```
 *
 * `seconds` is the active time of all sessions; `sent` are the statements that the LRS holds and
 * that may be there once per registration; `sending` those whose fate nobody knows if this is the
 * last that was written.
 */

import { createWriteCondition } from "./write_condition.js";
import { isStored, parseObject } from "./xapi_client.js";

export const STATE_ID = "noroom-state";
const RESOURCE = "activities/state";
const CONFLICTS = [409, 412];

/** @typedef {{suspendData: string, registration: string, seconds: number, sent: Verb[], sending: Verb[]}} StateContent */
/** @typedef {NonNullable<Awaited<ReturnType<typeof loadState>>>} StateDocument */

/**
 * @param {import("./xapi_client.js").XapiClient} client
 * @param {Record<string, string>} owner activityId, agent and perhaps registration
 * @returns what the document held and how to write it; null: it could not be read, so it must not
 *   be written either
 */
export async function loadState(client, owner) {
  const query = { ...owner, stateId: STATE_ID };
  const found = await client.read(RESOURCE, query);
  if (!isStored(found.status) && found.status !== 404) return null;
  const content = readContent(found.text);
  const condition = createWriteCondition();
  condition.onRead(found);
  let held = JSON.stringify({ format: 1, ...content });
  /** Writes under way, and whether the answer to one was lost: each may have changed the ETag. */
  let [flying, lost] = [0, false];

  /**
   * @param {string} body
   * @returns {Promise<number>} HTTP status
   */
  async function put(body) {
    const ifMatch = condition.value(flying > 0);
    flying += 1;
    const answer = await client.request("PUT", RESOURCE, { query, body, ifMatch });
    flying -= 1;
    lost = answer.status === 0;
    condition.onWritten(answer, body);
    if (isStored(answer.status)) held = body;
    return answer.status;
  }

  /**
   * Write the document; true when the LRS holds it. Another window or device may have written
   * meanwhile: what it sent counts, `meet` puts the two together, and where the learner is here wins.
   *
   * @param {StateContent} wanted
   * @param {Meet} meet
   */
  async function write(wanted, meet) {
    const body = JSON.stringify({ format: 1, ...wanted });
    if (body === held) return true;
    const status = await put(body);
    if (!CONFLICTS.includes(status)) return isStored(status);
    const now = await client.read(RESOURCE, query);
    if (!isStored(now.status) && now.status !== 404) return false;
    condition.onRead(now);
    const there = readContent(now.text);
    for (const verb of there.sent) if (!wanted.sent.includes(verb)) wanted.sent.push(verb);
    wanted.suspendData = meet(there.suspendData);
    return isStored(await put(JSON.stringify({ format: 1, ...wanted })));
  }

  return {
    content,
    write,

    /**
     * Write while the page goes away: over whatever is there where an answer to the write before may
     * never be read, for that one has changed the ETag. Nothing is sent when the LRS holds this already.
     *
     * @param {StateContent} wanted
     * @param {Meet} meet
     */
    writeLast(wanted, meet) {
      if (flying > 0 || lost) condition.forget();
      return write(wanted, meet);
    },
  };
}

/**
 * Find out what became of the statements under way when the last session broke off: those that the
 * LRS holds move from `sending` to `sent`.
 *
 * @param {import("./xapi_client.js").XapiClient} client
 * @param {StateContent} content
 * @param {(verb: Verb) => string} idOf
 * @param {Verb[]} once the verbs that may be there once
 */
export async function findSent(client, content, idOf, once) {
  for (const verb of once.filter((one) => content.sending.includes(one) && !content.sent.includes(one))) {
    const found = await client.read("statements", { statementId: idOf(verb) });
    if (isStored(found.status)) content.sent.push(verb);
  }
}

/**
 * @param {string} text
 * @returns {StateContent} empty for a document that is missing or not ours
 */
function readContent(text) {
  const found = parseObject(text);
  const ours = found && found["format"] === 1 ? found : {};
  return {
    suspendData: typeof ours["suspendData"] === "string" ? ours["suspendData"] : "",
    registration: typeof ours["registration"] === "string" ? ours["registration"] : "",
    seconds: typeof ours["seconds"] === "number" ? Math.max(ours["seconds"], 0) : 0,
    sent: Array.isArray(ours["sent"]) ? ours["sent"] : [],
    sending: Array.isArray(ours["sending"]) ? ours["sending"] : [],
  };
}
