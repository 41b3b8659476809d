/** The register beside the page: read, and believed only with the signed head that is its own. */

import { isSignedBy, parseJws } from "./jws.js";

/**
 * @typedef {import("./jws.js").Key} Key
 * @typedef {{ number: string, hotel: string, valid_from: string, valid_until: string | null,
 *   status: string }} Entry
 * @typedef {{ updated_on: string, certificates: Entry[] }} Register
 * @typedef {Register | "unread" | "unsigned"} Found
 */

/**
 * Give the register; `unread` if it could not be read, `unsigned` if the programme did not sign it.
 * @param {string} file
 * @param {string} headFile
 * @param {Key[]} keys
 * @param {SubtleCrypto | undefined} subtle
 * @returns {Promise<Found>}
 */
export async function readRegister(file, headFile, keys, subtle) {
  try {
    const bytes = await (await fetchAnew(file)).arrayBuffer();
    const register = JSON.parse(new TextDecoder().decode(bytes));
    if (!Array.isArray(register.certificates)) return "unread";
    const head = await (await fetchAnew(headFile)).text();
    return (await isHeadOf(bytes, head, keys, subtle)) ? register : "unsigned";
  } catch {
    return "unread";
  }
}

/**
 * Tell whether a signed head belongs to these bytes of a register.json.
 * @param {ArrayBuffer} bytes
 * @param {string} head
 * @param {Key[]} keys
 * @param {SubtleCrypto | undefined} subtle
 */
export async function isHeadOf(bytes, head, keys, subtle) {
  const jws = parseJws(head.trim(), "nrh");
  const key = keys.find((one) => one.kid === jws?.kid && !one.revoked_on);
  if (!subtle || !jws || !key || !(await isSignedBy(jws, key, subtle))) return false;
  return jws.payload["register_json"] === hex(await subtle.digest("SHA-256", bytes));
}

/** @param {string} file */
function fetchAnew(file) {
  return fetch(file, { cache: "no-cache" });
}

/** @param {ArrayBuffer} bytes */
function hex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
