/**
 * What a device keeps of the learners of a web site: one record each in localStorage, under a key
 * of its own. Without storage, or where it is forbidden, one record lives as long as the page.
 *
 * Codes are not kept: the record's name is the pseudonym, and `tail` the end of the code, by which
 * its owner knows it again. sessionStorage holds who takes the course in this tab, so that a
 * reload asks nobody.
 */

/**
 * @typedef {object} Entrant who takes the course
 * @property {string} id the record's name: the pseudonym, or a random one for who has no code
 * @property {string} learner pseudonym
 * @property {string} hotel code of the hotel; "" or "-": not known
 * @property {string} tail the end of the personal code as printed, "" without one
 */

/** @typedef {Entrant & {suspendData: string, completed: boolean, passed: boolean}} WebRecord */

/** @typedef {ReturnType<typeof createWebStore>} WebStore */

/**
 * @param {Window} own
 * @param {Course} course
 */
export function createWebStore(own, course) {
  const prefix = `noroom ${course.tracking?.homePage ?? ""} ${course.course.id} `;
  const local = working(() => own.localStorage, prefix);
  const tab = working(() => own.sessionStorage, prefix);
  /** @type {Map<string, string>} */
  const memory = new Map();

  /** @type {(storage: Storage | null, name: string) => string | null} */
  const get = (storage, name) => attempt(() => storage?.getItem(prefix + name) ?? null) ?? memory.get(name) ?? null;
  /** @type {(storage: Storage | null, name: string, text: string) => boolean} */
  const put = (storage, name, text) => {
    if (!storage) memory.set(name, text);
    return !storage || attempt(() => (storage.setItem(prefix + name, text), true)) === true;
  };

  /**
   * @param {string | null} id
   * @returns {WebRecord | null}
   */
  function read(id) {
    const record = id ? attempt(() => JSON.parse(get(local, `learner ${id}`) ?? "null")) : null;
    return record?.id === id ? { ...record, suspendData: textOf(record.suspendData), learner: textOf(record.learner) } : null;
  }

  return {
    isKept: local !== null,
    read,

    /**
     * @param {WebRecord} record
     * @returns {SaveResult}
     */
    write(record) {
      const text = JSON.stringify(record);
      if (!put(local, `learner ${record.id}`, text)) return "failed";
      return get(local, `learner ${record.id}`) === text ? "saved" : "lied";
    },

    /** Whoever takes the course in this tab, null before anybody said so. */
    current: () => read(get(tab, "current")),

    /** Whoever took the course last on this device. */
    last: () => read(get(local, "last")),

    /** @param {WebRecord} record */
    begin(record) {
      put(tab, "current", record.id);
      put(local, "last", record.id);
    },

    leave: () => void put(tab, "current", ""),

    /** Every record of this course on this device. */
    all() {
      const names = attempt(() => Object.keys(local ?? {})) ?? [];
      return names.filter((name) => name.startsWith(`${prefix}learner `)).flatMap((name) => read(name.slice(prefix.length + 8)) ?? []);
    },
  };
}

/**
 * @param {unknown} value whatever stood there
 */
const textOf = (value) => (typeof value === "string" ? value : "");

/**
 * A storage that takes something; null where the browser forbids it, or has no room at all.
 *
 * @param {() => Storage} find in some frames the mere look throws
 * @param {string} prefix
 */
function working(find, prefix) {
  return attempt(() => {
    const storage = find();
    storage.setItem(`${prefix}probe`, "1");
    storage.removeItem(`${prefix}probe`);
    return storage;
  });
}

/**
 * @template T
 * @param {() => T} action
 * @returns {T | null}
 */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}
