/** What both kinds of SCORM do alike: find the API, save with a second chance, answers behind the save. */

import { createConnection } from "./connection.js";
import { findApi, searchWindows } from "./find_api.js";
import { createInteractions } from "./interactions.js";
import { createRevival } from "./revival.js";
import { createWriter } from "./writer.js";

/** @typedef {import("./writer.js").Writer} Writer */

/**
 * What a kind of SCORM says in words of its own.
 *
 * @typedef {object} ScormKind
 * @property {string} api the name of the object that the LMS offers
 * @property {Parameters<typeof createConnection>[1]} calls its functions
 * @property {string} learner the element with the learner's id
 * @property {Parameters<typeof createInteractions>[1]} interactions
 * @property {(time: number) => string} clock a time of day as its interactions want it
 * @property {(connection: Connection, writer: Writer) => Omit<Launch, "learnerId">} readLaunch
 * @property {(writer: Writer, snapshot: Snapshot) => void} write everything but the place
 */

const PROOF = "cmi.suspend_data";

/**
 * @param {Window} own
 * @param {ScormKind} kind
 * @param {(connection: Connection) => Runtime} create from an initialised connection
 * @returns {Promise<Runtime | null>} null: there is no LMS
 */
export async function connectScorm(own, kind, create) {
  const api = await findApi(own, kind.api);
  if (!api) return null;
  const connection = createConnection(api, kind.calls, () => searchWindows(own, kind.api));
  return connection.initialize() ? create(connection) : null;
}

/**
 * @param {Connection} connection initialised
 * @param {ScormKind} kind
 * @returns {Runtime}
 */
export function createScormSession(connection, kind) {
  const writer = createWriter(connection);
  const revival = createRevival(connection, writer, { learner: kind.learner, proof: PROOF });
  const launch = { ...kind.readLaunch(connection, writer), learnerId: revival.learnerId };
  const interactions = createInteractions(connection, kind.interactions, kind.clock);

  /** @type {(snapshot: Snapshot, meet: Meet) => SaveResult} */
  function write(snapshot, meet) {
    writer.write(PROOF, snapshot.suspendData);
    kind.write(writer, snapshot);
    return writer.commit(PROOF, meet);
  }

  return {
    launch,
    onForeign: revival.onForeign,
    save(snapshot) {
      const result = revival.save(snapshot, write);
      interactions.write(snapshot.answers);
      return result;
    },
    finish: () => connection.finish(),
  };
}
