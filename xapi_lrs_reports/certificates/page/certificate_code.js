/**
 * The text of a certificate's code: taken apart, its signature checked, its standing found.
 * No DOM here. docs/contracts.md, section 12, says what the code holds.
 */

import { isSignedBy, parseJws } from "./jws.js";

/**
 * @typedef {import("./jws.js").Key} Key
 * @typedef {import("./published_register.js").Register} Register
 * @typedef {{ number: string, hotel: string, name: string, from: string, to: string | null,
 *   operator: string, threshold: string, ruleVersion: string, percent: number | null }} Facts
 * @typedef {{ facts: Facts, jws: import("./jws.js").Jws }} Code
 * @typedef {"valid" | "expired" | "revoked" | "unknown" | "key_revoked" | "changed" | "other_key"
 *   | "unreadable" | "no_crypto"} Answer
 * @typedef {{ answer: Answer, facts: Facts | null, until: string | null, day: string }} Verdict
 */

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
  const jws = parseJws(tokenOf(text), "nrc");
  const facts = jws && factsOf(jws.payload);
  return facts && { facts, jws };
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
  if (!code) return said("unreadable", null, today);
  const key = keys.find((one) => one.kid === code.jws.kid);
  if (!key) return said("other_key", null, today);
  const isSigned = await isSignedBy(code.jws, key, subtle);
  if (isSigned === null) return said("no_crypto", code.facts, today);
  if (!isSigned) return said("changed", null, today);
  if (key.revoked_on) return said("key_revoked", code.facts, today);
  return standing(code.facts, register, today);
}

/**
 * Find how a genuine certificate stands. What was signed on a day was not signed later than today, so
 * a device whose clock is behind that is not believed.
 * @param {Facts} facts
 * @param {Register | null} register
 * @param {string} today
 * @returns {Verdict}
 */
function standing(facts, register, today) {
  const day = [today, facts.from, register ? register.updated_on : ""].reduce((one, other) => (one > other ? one : other));
  const byDates = facts.to !== null && day > facts.to ? "expired" : "valid";
  if (!register) return said(byDates, facts, day);
  const entry = register.certificates.find((one) => one.number === facts.number);
  if (!entry || entry.hotel !== facts.hotel || entry.valid_from !== facts.from) return said("unknown", facts, day);
  if (entry.status === "revoked") return said("revoked", facts, day);
  const until = entry.valid_until;
  const isOver = until !== null && day > until;
  return { ...said(isOver ? "expired" : byDates, facts, day), until: isOver ? until : facts.to };
}

/**
 * @param {Answer} answer
 * @param {Facts | null} facts
 * @param {string} day
 * @returns {Verdict}
 */
function said(answer, facts, day) {
  return { answer, facts, until: facts ? facts.to : null, day };
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
