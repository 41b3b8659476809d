/**
 * The text of a certificate's code: taken apart, its signature checked, its standing found.
 * No DOM here. docs/contracts.md, section 12, says what the code holds.
 */

/**
 * @typedef {{ kid: string, kty: string, crv: string, x: string, revoked_on?: string }} Key
 * @typedef {{ number: string, hotel: string, name: string, from: string, to: string | null,
 *   operator: string, threshold: string, ruleVersion: string, percent: number | null }} Facts
 * @typedef {{ kid: string, facts: Facts, signed: string, signature: Uint8Array<ArrayBuffer> }} Code
 * @typedef {{ number: string, hotel: string, valid_from: string, valid_until: string | null,
 *   status: string }} Entry
 * @typedef {{ updated_on: string, certificates: Entry[] }} Register
 * @typedef {"valid" | "expired" | "revoked" | "unknown" | "key_revoked" | "changed" | "other_key"
 *   | "unreadable" | "no_crypto"} Answer
 * @typedef {{ answer: Answer, facts: Facts | null, until: string | null, byRegister: boolean }} Verdict
 */

const PARTS = 3;
const LONGEST = 20000;
const RULE = /^(ge|gt)([0-9]{1,3}) ([0-9a-f]{8})$/;

/**
 * Give the JWS in what was scanned or pasted: without the address before it, and without blanks.
 * @param {string} text
 */
export function tokenOf(text) {
  const whole = text.replace(/\s+/g, "");
  return whole.slice(whole.lastIndexOf("#") + 1);
}

/**
 * Take a code apart; null if it is no certificate's. Nothing of it is believed yet.
 * @param {string} text
 * @returns {Code | null}
 */
export function readCode(text) {
  const token = tokenOf(text);
  const parts = token.split(".");
  if (parts.length !== PARTS || token.length > LONGEST) return null;
  const [head = "", body = "", signature = ""] = parts;
  try {
    const header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(head)));
    const payload = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(body)));
    if (header.alg !== "EdDSA" || header.typ !== "nrc" || "crit" in header) return null;
    const facts = factsOf(payload);
    return facts && { kid: String(header.kid), facts, signed: `${head}.${body}`, signature: bytesOf(signature) };
  } catch {
    return null;
  }
}

/**
 * Say what a code is worth. `register` null: it could not be read. `subtle` undefined: this browser
 * has no signatures, or the page came over http.
 * @param {string} text
 * @param {Key[]} keys
 * @param {Register | null} register
 * @param {string} today  ISO date
 * @param {SubtleCrypto | undefined} subtle
 * @returns {Promise<Verdict>}
 */
export async function verify(text, keys, register, today, subtle) {
  const code = readCode(text);
  if (!code) return said("unreadable", null);
  const key = keys.find((one) => one.kid === code.kid);
  if (!key) return said("other_key", null);
  const isSigned = await signedBy(code, key, subtle);
  if (isSigned === null) return said("no_crypto", code.facts);
  if (!isSigned) return said("changed", null);
  if (key.revoked_on) return said("key_revoked", code.facts);
  return standing(code.facts, register, today);
}

/**
 * Tell whether the key signed the code; null if this browser cannot tell.
 * @param {Code} code
 * @param {Key} key
 * @param {SubtleCrypto | undefined} subtle
 * @returns {Promise<boolean | null>}
 */
async function signedBy(code, key, subtle) {
  if (!subtle) return null;
  const jwk = { kty: key.kty, crv: key.crv, x: key.x };
  try {
    const loaded = await subtle.importKey("jwk", jwk, { name: "Ed25519" }, false, ["verify"]);
    return await subtle.verify({ name: "Ed25519" }, loaded, code.signature, new TextEncoder().encode(code.signed));
  } catch {
    return null;
  }
}

/**
 * @param {Facts} facts
 * @param {Register | null} register
 * @param {string} today
 * @returns {Verdict}
 */
function standing(facts, register, today) {
  const byDates = facts.to !== null && today > facts.to ? "expired" : "valid";
  if (!register) return said(byDates, facts);
  const entry = register.certificates.find((one) => one.number === facts.number);
  if (!entry || entry.hotel !== facts.hotel || entry.valid_from !== facts.from) return said("unknown", facts, true);
  if (entry.status === "revoked") return said("revoked", facts, true);
  const until = entry.valid_until;
  const isOver = until !== null && today > until;
  return { ...said(isOver ? "expired" : byDates, facts, true), until: isOver ? until : facts.to };
}

/**
 * @param {Answer} answer
 * @param {Facts | null} facts
 * @returns {Verdict}
 */
function said(answer, facts, byRegister = false) {
  return { answer, facts, until: facts ? facts.to : null, byRegister };
}

/**
 * @param {Record<string, unknown>} payload
 * @returns {Facts | null}
 */
function factsOf(payload) {
  const rule = RULE.exec(String(payload["rule"]));
  const [number, hotel, name, from] = ["no", "hotel", "name", "from"].map((key) => payload[key]);
  const { to, pct } = payload;
  if (!rule || typeof number !== "string" || typeof hotel !== "string" || typeof name !== "string") return null;
  if (typeof from !== "string" || (to !== null && typeof to !== "string")) return null;
  const [, operator = "", threshold = "", ruleVersion = ""] = rule;
  const percent = typeof pct === "number" ? pct : null;
  return { number, hotel, name, from, to, operator, threshold, ruleVersion, percent };
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
