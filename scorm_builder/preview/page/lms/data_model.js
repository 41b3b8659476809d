/**
 * The data model of one attempt, with the rules of its SCORM version.
 *
 * Arrays (`cmi.interactions.0.id`) grow by one entry at a time, and the id of an entry of
 * objectives or interactions comes first, as both versions demand.
 */

/**
 * @param {RuleBook} book
 * @param {Record<string, string>} initial
 * @returns {DataModel}
 */
export function createDataModel(book, initial) {
  const held = new Map(Object.entries(initial));
  const { codes, elements } = book;

  /** @param {string} array such as `cmi.interactions` */
  function count(array) {
    const numbers = [...held.keys()]
      .filter((name) => name.startsWith(`${array}.`))
      .map((name) => Number(name.slice(array.length + 1).split(".")[0]));
    return numbers.length === 0 ? 0 : Math.max(...numbers) + 1;
  }

  /**
   * The first array of `element` whose index is beyond what may be reached.
   *
   * @param {string} element
   * @param {number} ahead 1 where a new entry may begin
   */
  function isBeyond(element, ahead) {
    return [...element.matchAll(/\.(\d+)(?=\.)/g)].some(
      (found) => Number(found[1]) >= count(element.slice(0, found.index)) + ahead,
    );
  }

  /** @param {string} element ends in a keyword */
  function keywordValue(element) {
    const [, owner = "", keyword] = /^(.*)\.(_children|_count|_version)$/.exec(element) ?? [];
    if (keyword === "_version") {
      return owner === "cmi" ? { value: book.version, code: "0" } : { value: "", code: codes.undefinedElement };
    }
    const children = childrenOf(elements, general(owner));
    if (children.length === 0) {
      const known = general(owner) in elements;
      const missing = keyword === "_count" ? codes.noCount : codes.noChildren;
      return { value: "", code: known ? missing : codes.undefinedElement };
    }
    if (keyword === "_children") return { value: children.join(","), code: "0" };
    const isArray = isArrayOf(elements, general(owner));
    return isArray ? { value: String(count(owner)), code: "0" } : { value: "", code: codes.noCount };
  }

  return {
    get(element) {
      if (/\._(children|count|version)$/.test(element)) return keywordValue(element);
      const rule = elements[general(element)];
      if (!rule) return { value: "", code: codes.undefinedElement };
      if (rule.access === "write") return { value: "", code: codes.writeOnly };
      if (isBeyond(element, 0)) return { value: "", code: codes.getIndex };
      const value = held.get(element);
      if (value === undefined) return { value: "", code: codes.noValue };
      return { value, code: "0" };
    },

    set(element, value) {
      if (/\._(children|count|version)$/.test(element)) return codes.keyword;
      const rule = elements[general(element)];
      if (!rule) return codes.undefinedElement;
      if (rule.access === "read") return codes.readOnly;
      if (isBeyond(element, 1)) return codes.setIndex;
      const entry = /^(cmi\.(?:interactions|objectives)\.\d+)\.(?!id$)/.exec(element);
      if (entry && !held.has(`${entry[1]}.id`)) return codes.dependency;
      const code = rule.check(value);
      if (code === "0") held.set(element, value);
      return code;
    },

    values: () => Object.fromEntries(held),
    put: (element, value) => void held.set(element, value),
  };
}

/** @param {string} element `cmi.interactions.3.id` -> `cmi.interactions.n.id` */
function general(element) {
  return element.replace(/\.\d+(?=\.|$)/g, ".n");
}

/**
 * @param {RuleBook["elements"]} elements
 * @param {string} owner
 */
function childrenOf(elements, owner) {
  const prefix = isArrayOf(elements, owner) ? `${owner}.n.` : `${owner}.`;
  const names = Object.keys(elements).filter((name) => name.startsWith(prefix));
  return [...new Set(names.map((name) => name.slice(prefix.length).split(".")[0] ?? ""))];
}

/**
 * @param {RuleBook["elements"]} elements
 * @param {string} owner
 */
function isArrayOf(elements, owner) {
  return Object.keys(elements).some((name) => name.startsWith(`${owner}.n.`));
}
