/** Signed texts: compact JWS with Ed25519 (RFC 7515, RFC 8037). No DOM here. */

import { verifyEd25519 } from "./ed25519.js";

/**
 * @typedef {{ kid: string, kty: string, crv: string, x: string, revoked_on?: string }} Key
 * @typedef {{ kid: string, payload: Record<string, unknown>, signed: string,
 *   signature: Uint8Array<ArrayBuffer> }} Jws
 */

const PARTS = 3;
const LONGEST = 20000;

/**
 * Take a compact JWS apart; null if it is none, or was signed for something else than `typ`.
 * Nothing of it is believed yet.
 * @param {string} text
 * @param {string} typ
 * @returns {Jws | null}
 */
export function parseJws(text, typ) {
  const parts = text.split(".");
  if (parts.length !== PARTS || text.length > LONGEST) return null;
  const [head = "", body = "", signature = ""] = parts;
  try {
    const header = objectOf(head);
    if (header["alg"] !== "EdDSA" || header["typ"] !== typ || "crit" in header) return null;
    return { kid: String(header["kid"]), payload: objectOf(body), signed: `${head}.${body}`, signature: bytesOf(signature) };
  } catch {
    return null;
  }
}

/**
 * Tell whether the key signed the text; null if this browser cannot tell, over plain http say.
 * @param {Jws} jws
 * @param {Key} key
 * @param {SubtleCrypto | undefined} subtle
 * @returns {Promise<boolean | null>}
 */
export async function isSignedBy(jws, key, subtle) {
  if (!subtle) return null;
  const message = new TextEncoder().encode(jws.signed);
  try {
    return await byBrowser(jws, key, message, subtle);
  } catch {
    // Browsers from before 2023 to 2025, by maker, have no Ed25519; all have SHA-512.
    return verifyEd25519(bytesOf(key.x), jws.signature, message, subtle).catch(() => null);
  }
}

/**
 * @param {Jws} jws
 * @param {Key} key
 * @param {Uint8Array<ArrayBuffer>} message
 * @param {SubtleCrypto} subtle
 */
async function byBrowser(jws, key, message, subtle) {
  const jwk = { kty: key.kty, crv: key.crv, x: key.x };
  const loaded = await subtle.importKey("jwk", jwk, { name: "Ed25519" }, false, ["verify"]);
  return subtle.verify({ name: "Ed25519" }, loaded, jws.signature, message);
}

/**
 * @param {string} part
 * @returns {Record<string, unknown>}
 */
function objectOf(part) {
  const read = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(part)));
  if (typeof read !== "object" || read === null) throw new TypeError("not an object");
  return read;
}

/**
 * Read base64url without padding (RFC 7515, appendix C).
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
function bytesOf(text) {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
