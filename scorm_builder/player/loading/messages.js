/** The player's own words: looked up by key, with {placeholders} filled in. */

/**
 * @param {Record<string, string>} messages
 * @param {string} [dir] "rtl": what is filled in may be in another script, so it is isolated
 * @param {() => Record<string, string> | undefined} [nouns] for placeholders that nobody names a value for
 * @returns {Words}
 */
export function createText(messages, dir = "ltr", nouns = () => undefined) {
  return (key, values = {}) =>
    (messages[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name] ?? nouns()?.[name] ?? whole;
      return dir === "rtl" && typeof values[name] === "string" ? `\u2068${value}\u2069` : String(value);
    });
}

/**
 * Phrases as the language lists them: "a, b or c".
 *
 * @param {string} language
 * @param {string[]} phrases
 */
export function listOf(language, phrases) {
  // Phones from before 2021 have no ListFormat.
  return "ListFormat" in Intl ? new Intl.ListFormat(language, { type: "disjunction" }).format(phrases) : phrases.join(", ");
}
