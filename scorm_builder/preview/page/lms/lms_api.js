/** The API object that a package finds: one session, every call answered by the rules and reported. */

/**
 * @typedef {object} Session
 * @property {Record<string, (...values: unknown[]) => string>} api
 * @property {string} object the name under which the package looks for it
 * @property {DataModel} model
 */

/**
 * @param {RuleBook} book
 * @param {DataModel} model
 * @param {LmsPort} port
 * @param {(model: DataModel) => string} onFinish what the LMS does when a session ends, in words
 * @returns {Session}
 */
export function createLms(book, model, port, onFinish) {
  const { functions, codes, errors } = book;
  /** @type {"new" | "running" | "done"} */
  let phase = "new";
  let lastError = "0";

  /** @type {(before: string, after: string) => string} */
  const outOfOrder = (before, after) => (phase === "new" ? before : phase === "done" ? after : "0");
  /** @type {(values: unknown[]) => boolean} */
  const isBlank = (values) => values.length === 1 && values[0] === "";

  /** @type {Record<string, (values: unknown[]) => {answer: string, code: string, note?: string}>} */
  const handlers = {
    [functions.initialize](values) {
      if (!isBlank(values)) return truth(codes.argument);
      if (phase !== "new") return truth(phase === "running" ? codes.alreadyInitialized : codes.initializedAgain);
      phase = "running";
      return truth("0");
    },
    [functions.finish](values) {
      const code = isBlank(values) ? outOfOrder(codes.finishBefore, codes.finishAfter) : codes.argument;
      if (code !== "0") return truth(code);
      phase = "done";
      const note = onFinish(model);
      if (commitCode() === "0" && !port.faults().lies) port.store(model.values());
      return { ...truth("0"), note };
    },
    [functions.commit](values) {
      const code = isBlank(values) ? outOfOrder(codes.commitBefore, codes.commitAfter) : codes.argument;
      if (code !== "0") return truth(code);
      const failed = commitCode();
      if (failed === "0" && !port.faults().lies) port.store(model.values());
      return truth(failed);
    },
    [functions.get](values) {
      const code = outOfOrder(codes.getBefore, codes.getAfter);
      if (code !== "0") return { answer: "", code };
      if (values.length !== 1 || typeof values[0] !== "string") return { answer: "", code: codes.argument };
      const found = model.get(values[0]);
      return { answer: found.value, code: found.code };
    },
    [functions.set](values) {
      const code = outOfOrder(codes.setBefore, codes.setAfter);
      if (code !== "0") return truth(code);
      const [element, value] = values;
      if (values.length !== 2 || typeof element !== "string") return truth(codes.argument);
      if (typeof value !== "string") return truth(codes.type);
      return store(element, value);
    },
    [functions.lastError]: () => ({ answer: lastError, code: lastError }),
    [functions.errorString]: ([code]) => ({ answer: errors[String(code)] ?? "", code: lastError }),
    [functions.diagnostic]: ([code]) => ({ answer: errors[String(code || lastError)] ?? "", code: lastError }),
  };

  function commitCode() {
    const { commitFails, offline } = port.faults();
    return commitFails || offline ? codes.commitFailed : "0";
  }

  /** @type {(element: string, value: string) => {answer: string, code: string, note?: string}} */
  function store(element, value) {
    const { lies, cut } = port.faults();
    if (lies) return { answer: "true", code: "0", note: "not stored" };
    if (element === "cmi.suspend_data" && cut !== null && value.length > cut) {
      const code = model.set(element, value.slice(0, cut));
      return { ...truth(code), note: `cut at ${cut} of ${value.length} characters` };
    }
    return truth(model.set(element, value));
  }

  /** @type {(name: string, values: unknown[]) => string} */
  function call(name, values) {
    const shown = values.map((value) => (typeof value === "string" ? value : `${typeof value} ${String(value)}`));
    if (port.faults().apiGone) {
      port.onCall({ name, values: shown, answer: "exception", code: "", note: "the API is gone" });
      throw new Error("The LMS's window is closed.");
    }
    const { answer, code, note = "" } = handlers[name]?.(values) ?? truth(codes.argument);
    lastError = code;
    port.onCall({ name, values: shown, answer, code, note });
    return answer;
  }

  const api = Object.fromEntries(
    Object.values(functions).map((name) => [name, (/** @type {unknown[]} */ ...values) => call(name, values)]),
  );
  return { api, object: book.object, model };
}

/**
 * @param {string} code
 * @returns {{answer: string, code: string, note?: string}}
 */
function truth(code) {
  return { answer: code === "0" ? "true" : "false", code };
}
