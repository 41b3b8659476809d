/**
 * Facts on their way to the programme's LRS. Never throws, never blocks the LMS.
 *
 * What could not be sent stays pending; the caller keeps it in suspend_data and tries again at the
 * next launch. Ids and times are part of the facts, so sending twice does no harm.
 */

const TIMEOUT_MS = 8_000;
const MAX_FAILURES = 3;
const MAX_BATCH = 25;

/** 400 and 413 will not change; 409 means that the LRS holds one of these ids already. */
const REFUSED = [400, 409, 413];

/**
 * @typedef {object} OutboxPort
 * @property {Tracking} tracking
 * @property {(fact: Fact) => {id: string}} statementOf
 * @property {(facts: Fact[]) => void} onSettled these are stored there, or will never be
 * @property {typeof fetch} fetch
 */

/** @param {OutboxPort} port */
export function createOutbox(port) {
  let failures = 0;
  let dropped = 0;
  /** @type {Promise<void>} */
  let queue = Promise.resolve();

  /**
   * @param {Fact[]} facts
   * @returns {Promise<void>}
   */
  async function deliver(facts) {
    if (facts.length === 0 || failures >= MAX_FAILURES) return;
    const status = await post(port, facts);
    if (status >= 200 && status < 300) {
      failures = 0;
      port.onSettled(facts);
    } else if (!REFUSED.includes(status)) {
      failures += 1;
    } else if (facts.length > 1) {
      const middle = facts.length >> 1;
      await deliver(facts.slice(0, middle));
      await deliver(facts.slice(middle));
    } else {
      if (status !== 409) dropped += 1;
      port.onSettled(facts);
    }
  }

  return {
    /**
     * Send what `pending` gives when its turn comes; resolves when the LRS has answered or not.
     *
     * @param {() => Fact[]} pending
     */
    flush(pending) {
      queue = queue.then(() => deliver(pending().slice(0, MAX_BATCH))).catch(() => undefined);
      return queue;
    },

    /**
     * Send while the page goes away: nobody will read the answer.
     *
     * @param {Fact[]} facts
     */
    sendLast(facts) {
      if (facts.length > 0 && failures < MAX_FAILURES) void post(port, facts.slice(0, MAX_BATCH));
    },

    /** Statements that the LRS refused for good in this session. */
    droppedCount: () => dropped,
  };
}

/**
 * @param {OutboxPort} port
 * @param {Fact[]} facts
 * @returns {Promise<number>} HTTP status; 0 without an answer
 */
async function post(port, facts) {
  const { endpoint, authorization } = port.tracking;
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
  try {
    const response = await port.fetch(`${endpoint}statements`, {
      method: "POST",
      headers: {
        Authorization: authorization,
        "Content-Type": "application/json",
        "X-Experience-API-Version": "1.0.3",
      },
      body: JSON.stringify(facts.map(port.statementOf)),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      keepalive: true,
      signal: controller.signal,
    });
    return response.status;
  } catch {
    return 0;
  } finally {
    clearTimeout(timer);
  }
}
