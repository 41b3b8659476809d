/**
 * A session with an LMS that listens by xAPI: the Runtime over a local truth, written behind.
 *
 * A save queues what must be said, answers "pending" and starts to write; what became of it
 * arrives at the listener. Statements wait until the LRS acknowledged them, in order, and stay the
 * same byte for byte, so that a repetition does no harm. The state document is written before a
 * statement that may be there once, and after it: whoever comes next knows what to look for.
 */

import { createStatementQueue } from "./statement_queue.js";

/** Verbs that a registration may hold once (cmi5 section 9.3). */
export const ONCE = /** @type {Verb[]} */ (["completed", "passed"]);

const LAST_RETRY_MS = 1_000;

/**
 * @typedef {object} LrsSessionPort
 * @property {import("./xapi_client.js").XapiClient} client
 * @property {import("./state_document.js").StateDocument} document
 * @property {ReturnType<typeof import("./session_memory.js").createMemory>} memory
 * @property {Launch} launch
 * @property {(verb: Verb, said: Said) => Statement | null} statementOf null: the LMS must not hear it
 * @property {() => number} now milliseconds since 1970
 * @property {() => boolean} isReloading the page goes away and comes back at once
 * @property {string} returnUrl
 */

/**
 * @param {LrsSessionPort} port
 * @returns {Runtime}
 */
export function createLrsSession(port) {
  const { client, document, launch } = port;
  const { memory, keep, forget } = port.memory;
  const { content } = document;
  const secondsBefore = memory.seconds;
  const secondsElsewhere = Math.max(content.seconds - secondsBefore, 0);
  const queue = createStatementQueue(client, port.memory, (verb) => {
    if (ONCE.includes(verb) && !content.sent.includes(verb)) content.sent.push(verb);
  });
  /** @type {(result: SaveResult) => void} */
  let listener = () => undefined;
  /** @type {Meet} */
  let meet = (found) => found;
  /** @type {Snapshot | null} */
  let last = null;
  let withheld = false;
  let finished = false;
  let waiting = false;
  /** @type {Promise<unknown>} */
  let work = Promise.resolve();
  /** @type {Promise<unknown>} */
  let closing = Promise.resolve();

  /** @param {Verb} verb */
  function isSaid(verb) {
    const judged = verb === "failed" && (content.sent.includes("passed") || memory.spoken.includes("passed"));
    return judged || memory.spoken.includes(verb) || content.sent.includes(verb);
  }

  /** @param {Verb} verb */
  function say(verb) {
    if (isSaid(verb)) return;
    if (memory.ended) {
      withheld = true;
      return;
    }
    const time = Math.max(port.now(), memory.lastTime + 1);
    const session = memory.seconds || (time - (memory.began || time)) / 1000;
    const total = secondsElsewhere + memory.seconds;
    const statement = port.statementOf(verb, { time, session, total, score: last?.score ?? null });
    if (!statement) return;
    memory.lastTime = time;
    memory.spoken.push(verb);
    if (verb === "initialized") memory.began = time;
    if (verb === "terminated") memory.ended = true;
    queue.add(statement);
  }

  function writeState() {
    content.sending = queue.verbs().filter((verb) => ONCE.includes(verb));
    return finished ? document.writeLast(content, meet) : document.write(content, meet);
  }

  async function write() {
    waiting = false;
    if (finished) return;
    const isKept = await writeState();
    const isTold = await queue.send();
    const isNoted = await writeState();
    listener(isKept && isTold && isNoted && !withheld ? "saved" : "failed");
  }

  /** In a review nothing was saved, and nothing is. */
  function writeLastState() {
    return last ? writeState() : Promise.resolve(true);
  }

  /** The page may go away before the first answer, so both requests start at once. */
  async function end() {
    const told = queue.send();
    await writeLastState();
    if (!(await told)) {
      await new Promise((resolve) => setTimeout(resolve, LAST_RETRY_MS));
      await queue.send();
    }
    await writeLastState();
    if (queue.isEmpty()) forget();
  }

  say("initialized");
  work = queue.send();

  return {
    launch,
    save(snapshot) {
      last = snapshot;
      content.suspendData = snapshot.suspendData;
      memory.seconds = secondsBefore + (snapshot.seconds ?? 0);
      content.seconds = secondsElsewhere + memory.seconds;
      withheld = false;
      snapshot.outcome.statements.now.forEach(say);
      memory.atEnd = [...new Set([...memory.atEnd, ...snapshot.outcome.statements.atEnd])];
      keep();
      if (!waiting) work = work.then(write);
      waiting = true;
      return "pending";
    },
    finish() {
      if (finished) return false;
      finished = true;
      if (port.isReloading() || memory.ended) {
        closing = writeLastState();
        return true;
      }
      memory.atEnd.forEach(say);
      say("terminated");
      closing = end();
      return true;
    },
    onForeign: (found) => void (meet = found),
    later: {
      listen(onResult) {
        listener = onResult;
      },
      settled: () => work,
      closed: () => closing,
    },
    returnUrl: port.returnUrl,
  };
}
