/**
 * Codes that people read from paper and type: Crockford's base32 with a check symbol (modulo 37).
 *
 * Any one symbol that is wrong, and any two neighbours that are swapped, are noticed. The twin is
 * programme/crockford.py, and tests/vectors/crockford.json binds the two.
 */

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECK_SYMBOLS = `${SYMBOLS}*~$=U`;

/** What keyboards and PDFs make of a hyphen, and other signs that only part a code. */
const BETWEEN = /[ \t\r\n\u2010-\u2014\u2212_.,:/-]/g;

/** Latin, Cyrillic, Greek and Arabic signs, and behind each pair's first half what it is taken for. */
const ALIKE = "OОΟILİІΙАВСЕНКМРТХУ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹";
const TAKEN_FOR = "00011111ABCEHKMPTXY01234567890123456789";

/**
 * A number below 32^length and 2^53 with exactly `length` symbols, the highest first.
 *
 * @param {number} number
 * @param {number} length
 */
export function toSymbols(number, length) {
  let symbols = "";
  for (let rest = number; symbols.length < length; rest = Math.floor(rest / 32)) symbols = (SYMBOLS[rest % 32] ?? "") + symbols;
  return symbols;
}

/**
 * The symbol that goes behind canonical symbols: their number modulo 37.
 *
 * @param {string} symbols
 */
export function checkSymbol(symbols) {
  const rest = Array.from(symbols).reduce((sum, symbol) => (sum * 32 + SYMBOLS.indexOf(symbol)) % 37, 0);
  return CHECK_SYMBOLS[rest] ?? "";
}

/**
 * What was typed, brought to canonical symbols as far as that can be guessed.
 *
 * Case, blanks, hyphens and dots do not matter; O is 0, I and L are 1; letters of other alphabets
 * that look the same and Arabic digits are taken for their Latin twins.
 *
 * @param {string} text
 */
export function cleanCode(text) {
  const upper = text.normalize("NFKC").toUpperCase().replace(BETWEEN, "");
  return Array.from(upper, (sign) => TAKEN_FOR[ALIKE.indexOf(sign)] ?? sign).join("");
}

/**
 * The symbols before the check symbol, canonical; null for text with a typing mistake.
 *
 * @param {string} text
 */
export function readChecked(text) {
  const typed = cleanCode(text);
  const symbols = typed.slice(0, -1);
  const isPlain = symbols !== "" && Array.from(symbols).every((symbol) => SYMBOLS.includes(symbol));
  return isPlain && typed.endsWith(checkSymbol(symbols)) ? symbols : null;
}

/**
 * A code as people read it: groups of `size` symbols with hyphens between.
 *
 * @param {string} code
 * @param {number} size
 */
export function grouped(code, size) {
  return (code.match(new RegExp(`.{1,${size}}`, "g")) ?? []).join("-");
}
