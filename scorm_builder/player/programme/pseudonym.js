/**
 * The pseudonym: what the programme knows of a learner instead of who they are.
 *
 * docs/contracts.md section 2; the twin is programme/pseudonym.py, and tests/vectors/pseudonym.json
 * binds the two.
 */

import { sha256, utf8Bytes } from "../encoding/hashes.js";

export const ANONYMOUS = "anonymous";

const EDGES = /^[\t-\r \u0085\u1680\u2028\u2029\ufeff]+|[\t-\r \u0085\u1680\u2028\u2029\ufeff]+$/g;
const MIN_LENGTH = 3;
export const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
const LENGTH = 32;
const SHARED_IDS = [
  ...["guest", "anonymous", "anonymous user", "student", "learner", "user", "test", "testuser", "test user"],
  ...["preview", "demo", "null", "undefined", "none", "unknown", "n/a", "not set"],
];

/**
 * 32 characters `[a-z2-7]`, or "anonymous" for ids that name nobody in particular.
 *
 * @param {string} learnerId as the LMS gives it
 * @param {string} salt public; keeps chains apart
 */
export function pseudonym(learnerId, salt) {
  const normalised = normaliseLearnerId(learnerId);
  if (Array.from(normalised).length < MIN_LENGTH || SHARED_IDS.includes(normalised)) return ANONYMOUS;
  return base32(sha256(utf8Bytes(`v1|${salt}|${normalised}`)));
}

/**
 * NFKC, trimmed, ASCII letters lowered: the spellings of one id brought together.
 *
 * @param {string} learnerId
 */
export function normaliseLearnerId(learnerId) {
  return learnerId
    .normalize("NFKC")
    .replace(EDGES, "")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * The first 32 characters of RFC 4648 base32, in lower case.
 *
 * @param {number[]} bytes at least 20
 */
function base32(bytes) {
  let text = "";
  for (let bit = 0; text.length < LENGTH; bit += 5) {
    const index = bit >> 3;
    const pair = ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0);
    text += BASE32[(pair >> (11 - (bit & 7))) & 31];
  }
  return text;
}
