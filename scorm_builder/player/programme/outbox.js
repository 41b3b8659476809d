/**
 * Facts on their way to the programme's LRS. Never throws, never blocks the LMS.
 *
 * What could not be sent stays pending; the caller keeps it in suspend_data and tries again at the
 * next launch. Ids and times are part of the facts, so sending twice does no harm.
 *
 * | the LRS answers      | what is done                                                            |
 * |----------------------|-------------------------------------------------------------------------|
 * | 2xx                  | delivered                                                               |
 * | 409                  | halves; one alone is delivered: the LRS holds this id already           |
 * | 400, 422             | halves; one alone is refused for good, the others are delivered         |
 * | 400 and xAPI 2.x     | the same once more as xAPI 2.0.0, from now on                           |
 * | 413                  | halves, and from now on no larger batch                                 |
 * | 429, 503             | a failure; nothing is sent before the time that Retry-After names       |
 * | anything else, none  | a failure; tried again soon, and after three in a row not any more      |
 */

import { isResult } from "../state/course_state.js";
import { utf8Bytes } from "../encoding/hashes.js";
import { VERSION_HEADER, createXapiVersion } from "./xapi_version.js";

const TIMEOUT_MS = 8_000;
const MAX_FAILURES = 3;
const MAX_BATCH = 25;
const RETRY_MS = [5_000, 20_000];
const BUSY_MS = 10_000;
const MAX_BUSY_MS = 300_000;
const BUSY = [429, 503];
const REFUSED = [400, 409, 413, 422];

/** A browser refuses requests that outlive their page above 64 KiB in all (Fetch, HTTP-network-or-cache fetch). */
const KEEPALIVE_BYTES = 60_000;

/**
 * @typedef {object} OutboxPort
 * @property {Tracking} tracking
 * @property {(fact: Fact) => {id: string}} statementOf
 * @property {() => Fact[]} pending what waits to be sent, oldest first, in a new list
 * @property {(facts: Fact[]) => void} onSettled these are stored there
 * @property {(facts: Fact[]) => void} onRefused the LRS will never take these as they are
 * @property {() => void} onRound a round of sending is over
 * @property {typeof fetch} fetch
 */

/** @param {OutboxPort} port */
export function createOutbox(port) {
  const version = createXapiVersion();
  let failures = 0;
  let batchLimit = MAX_BATCH;
  /** The last attempt failed. */
  let closed = false;
  let resting = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<void>} */
  let queue = Promise.resolve();

  /**
   * @param {Fact[]} facts
   * @returns {Promise<boolean>} the LRS has answered for all of them
   */
  async function deliver(facts) {
    const { status, busyMs } = await post(port, version, bodyOf(port, facts));
    if (status >= 200 && status < 300) port.onSettled(facts);
    else if (!REFUSED.includes(status)) return fail(busyMs);
    else if (facts.length > 1) return halve(facts, status);
    else if (status === 409) port.onSettled(facts);
    else port.onRefused(facts);
    failures = 0;
    return true;
  }

  /**
   * @param {Fact[]} facts
   * @param {number} status
   */
  async function halve(facts, status) {
    const middle = facts.length >> 1;
    if (status === 413) batchLimit = middle;
    return (await deliver(facts.slice(0, middle))) && deliver(facts.slice(middle));
  }

  /** @param {number} busyMs how long the LRS wants to be left alone */
  function fail(busyMs) {
    failures += 1;
    resting = busyMs > 0;
    clearTimeout(timer);
    timer = setTimeout(() => {
      resting = false;
      void flush();
    }, Math.max(busyMs, RETRY_MS[failures - 1] ?? 0));
    return false;
  }

  async function round() {
    const facts = port.pending();
    if (facts.length === 0 || resting || failures >= MAX_FAILURES) return;
    let heard = true;
    while (heard && facts.length > 0) heard = await deliver(facts.splice(0, batchLimit));
    closed = !heard;
    port.onRound();
  }

  /** Send what is pending when its turn comes; resolves when the LRS has answered or not. */
  function flush() {
    queue = queue.then(round).catch(() => undefined);
    return queue;
  }

  /** Something has changed that is worth one more request, even of an LRS that was given up. */
  function hope() {
    failures = Math.min(failures, MAX_FAILURES - 1);
  }

  return {
    flush,

    hope,

    /** The network is back. */
    tryAgain() {
      hope();
      return flush();
    },

    /** The last attempt has failed, so what is pending did not get through. */
    isClosed: () => closed,

    /** Send while the page goes away: nobody will read the answer. Results first, if not all fits. */
    sendLast() {
      if (resting || failures >= MAX_FAILURES) return;
      const facts = port.pending().sort((a, b) => Number(isResult(b)) - Number(isResult(a)));
      while (utf8Bytes(bodyOf(port, facts)).length > KEEPALIVE_BYTES) facts.pop();
      if (facts.length > 0) void post(port, version, bodyOf(port, facts.slice(0, batchLimit)));
    },

    stop() {
      clearTimeout(timer);
    },
  };
}

/**
 * @param {OutboxPort} port
 * @param {Fact[]} facts
 */
function bodyOf(port, facts) {
  return JSON.stringify(facts.map(port.statementOf));
}

/**
 * @param {OutboxPort} port
 * @param {ReturnType<typeof createXapiVersion>} version
 * @param {string} body
 * @returns {Promise<{status: number, busyMs: number}>} HTTP status; 0 without an answer of an LRS
 */
async function post(port, version, body) {
  const { endpoint, authorization } = port.tracking;
  const asked = version.current();
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
  try {
    const response = await port.fetch(`${endpoint}statements`, {
      method: "POST",
      headers: {
        Authorization: authorization,
        "Content-Type": "application/json",
        [VERSION_HEADER]: asked,
      },
      body,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      keepalive: utf8Bytes(body).length <= KEEPALIVE_BYTES,
      signal: controller.signal,
    });
    if (version.changes(response, asked)) return post(port, version, body);
    // A login page in front of the LRS also answers 200.
    const isPage = (response.headers.get("Content-Type") ?? "").includes("html");
    return { status: response.ok && isPage ? 0 : response.status, busyMs: busyMsOf(response) };
  } catch {
    return { status: 0, busyMs: 0 };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Retry-After (RFC 9110, section 10.2.3) in milliseconds: seconds or a date; at most five minutes.
 *
 * @param {Response} response
 */
function busyMsOf({ status, headers }) {
  if (!BUSY.includes(status)) return 0;
  const told = headers.get("Retry-After") ?? "";
  const wait = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - Date.now();
  return Number.isNaN(wait) ? BUSY_MS : Math.min(Math.max(wait, 0), MAX_BUSY_MS);
}
