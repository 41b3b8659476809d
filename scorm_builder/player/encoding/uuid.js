/** Identifiers (RFC 9562). */

/**
 * A random UUID (version 4); `crypto.randomUUID` is missing over plain HTTP.
 *
 * @returns {string}
 */
export function randomUuid() {
  return formatUuid(Array.from(crypto.getRandomValues(new Uint8Array(16))), 4);
}

/**
 * @param {number[]} bytes 16
 * @param {4 | 5} version
 */
export function formatUuid(bytes, version) {
  const marked = bytes.map((byte, i) => {
    if (i === 6) return (byte & 0x0f) | (version << 4);
    return i === 8 ? (byte & 0x3f) | 0x80 : byte;
  });
  const hex = marked.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
