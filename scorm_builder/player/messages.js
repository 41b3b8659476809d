/** The player's own words: looked up by key, with {placeholders} filled in. */

/**
 * @param {Record<string, string>} messages
 * @returns {Words}
 */
export function createText(messages) {
  return (key, values = {}) =>
    (messages[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
