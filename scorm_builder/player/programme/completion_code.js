/**
 * The completion code: what a learner writes down when no network path to the programme was open.
 *
 * docs/contracts.md section 10; the twin that reads it is programme/completion_code.py, and
 * tests/vectors/completion_code.json binds the two.
 */

import { checkSymbol, grouped, toSymbols } from "../encoding/crockford.js";
import { sha256, utf8Bytes } from "../encoding/hashes.js";
import { BASE32 } from "./pseudonym.js";

const DAY_MS = 86_400_000;
const DAY_ZERO = Date.UTC(2025, 11, 31) / DAY_MS;
const LAST_DAY = 0xfff;
/** Stands for every number of a version that has no place in a code. */
const UNKNOWN_NUMBER = 31;

/**
 * Sixteen symbols in groups of four; of the four variants the first without a sign such as "$".
 *
 * @param {{learner: string, time: number, version: string, course: string}} completion pseudonym,
 *   milliseconds since 1970, version of the course, IRI of the course
 */
export function completionCode({ learner, time, version, course }) {
  const who = Array.from(learner.slice(0, 8), (letter) => toSymbols(BASE32.indexOf(letter), 1)).join("");
  const details = [dayNumber(time), ...versionNumbers(version)].reduce((sum, number) => sum * 32 + number) * 64 + courseMark(course);
  let code = "";
  for (let variant = 0; variant < 4 && !/^[0-9A-TV-Z]+$/.test(code); variant += 1) {
    const symbols = who + toSymbols(details * 4 + variant, 7);
    code = symbols + checkSymbol(symbols);
  }
  return grouped(code, 4);
}

/** @param {number} time */
function dayNumber(time) {
  const day = Math.floor(time / DAY_MS) - DAY_ZERO;
  return day > 0 && day <= LAST_DAY ? day : 0;
}

/** @param {string} version */
function versionNumbers(version) {
  const numbers = /^\d+\.\d+\.\d+$/.test(version) ? version.split(".").map(Number) : [UNKNOWN_NUMBER];
  return Math.max(...numbers) < UNKNOWN_NUMBER ? numbers : [UNKNOWN_NUMBER, UNKNOWN_NUMBER, UNKNOWN_NUMBER];
}

/** @param {string} iri */
function courseMark(iri) {
  return (sha256(utf8Bytes(iri))[0] ?? 0) >> 2;
}
