/**
 * An LMS session that ends while the learner reads: after a log-in in another window, or when the LMS
 * draws its page anew, the API is there again. It is used only for the same learner.
 */

/**
 * @param {Connection} connection
 * @param {import("./writer.js").Writer} writer
 * @param {{learner: string, proof: string}} elements
 */
export function createRevival(connection, writer, { learner, proof }) {
  const learnerId = connection.get(learner);
  /** @type {Meet} */
  let meet = (found) => found;

  return {
    learnerId,

    /** @param {Meet} listener */
    onForeign: (listener) => void (meet = listener),

    /**
     * Save, and once more where the LMS's session could be opened again.
     *
     * @param {Snapshot} snapshot
     * @param {(snapshot: Snapshot, meet: Meet) => SaveResult} write
     * @returns {SaveResult}
     */
    save(snapshot, write) {
      const result = write(snapshot, meet);
      if (result !== "failed" || !connection.revive()) return result;
      if (!learnerId || connection.get(learner) !== learnerId) {
        connection.abandon();
        return result;
      }
      writer.readAgain();
      return write({ ...snapshot, suspendData: meet(writer.read(proof)) }, meet);
    },
  };
}
