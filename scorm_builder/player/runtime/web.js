/**
 * `web`: the runtime of a site for hotels without an LMS. The device stands in for the LMS: a fact
 * is sent only when the device has kept it.
 */

/**
 * @param {import("./web_store.js").WebStore} store
 * @param {import("./web_store.js").Entrant} entrant
 * @param {() => void} startOver as somebody else
 * @returns {Runtime}
 */
export function createWebRuntime(store, entrant, startOver) {
  const record = { suspendData: "", completed: false, passed: false, ...store.read(entrant.id), ...entrant };
  store.begin(record);
  /** @type {Meet} */
  let meet = (found) => found;
  return {
    onForeign: (listener) => void (meet = listener),
    launch: {
      ...{ learnerId: "", mode: "normal", credit: true, masteryScore: null },
      ...{ learner: entrant.learner, hotel: entrant.hotel },
      ...{ completed: record.completed, passed: record.passed, suspendData: record.suspendData },
    },
    save(snapshot) {
      const said = snapshot.outcome.statements.now;
      // Another window may have gone on with the record, or have sent what waited in it.
      const there = store.read(entrant.id);
      const isForeign = there !== null && there.suspendData !== record.suspendData;
      record.suspendData = isForeign ? meet(there.suspendData) : snapshot.suspendData;
      record.completed ||= said.includes("completed") || there?.completed === true;
      record.passed ||= said.includes("passed") || there?.passed === true;
      return store.write(record);
    },
    finish: () => true,
    shared: {
      isKept: store.isKept,
      leave: store.leave,
      others: { store, except: entrant.id },
      startOver() {
        store.leave();
        startOver();
      },
    },
  };
}
