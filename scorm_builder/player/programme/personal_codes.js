/**
 * The codes of a hotel without an LMS: one for the hotel, one for each person (docs/contracts.md
 * section 9). The twin is programme/personal_codes.py, and tests/vectors/personal_codes.json binds
 * the two.
 */

import { readChecked } from "../encoding/crockford.js";
import { pseudonym } from "./pseudonym.js";

const HOTEL_SYMBOLS = 5;
const PERSONAL_SYMBOLS = 8;

/**
 * The hotel whose code was typed.
 *
 * @param {string} typed
 * @param {Hotel[]} hotels
 * @returns {Hotel | "mistyped" | "unknown"}
 */
export function readHotel(typed, hotels) {
  const code = readChecked(typed);
  if (code?.length !== HOTEL_SYMBOLS) return "mistyped";
  return hotels.find((hotel) => hotel.code === code) ?? "unknown";
}

/**
 * The personal code that was typed, without its check symbol; null for a typing mistake.
 *
 * @param {string} typed
 */
export function readPersonal(typed) {
  const code = readChecked(typed);
  return code?.length === PERSONAL_SYMBOLS ? code : null;
}

/**
 * The pseudonym of who holds a personal code; both codes without check symbol.
 *
 * @param {string} hotel
 * @param {string} personal
 * @param {string} salt
 */
export function codePseudonym(hotel, personal, salt) {
  return pseudonym(`web/${hotel}/${personal}`, salt);
}
