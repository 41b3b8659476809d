/** The player's own words: looked up by key, with {placeholders} filled in. */

/**
 * @param {Record<string, string>} messages
 * @returns {Words}
 */
export function createText(messages) {
  return (key, values = {}) =>
    (messages[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
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
