/** Checks of values: each gives the error code that a value deserves, "0" when it is right. */

/**
 * @typedef {(value: string) => string} Check
 */

/**
 * @param {RegExp} pattern
 * @param {string} code
 * @returns {Check}
 */
export const matches = (pattern, code) => (value) => (pattern.test(value) ? "0" : code);

/**
 * @param {number} most characters
 * @param {string} code
 * @returns {Check}
 */
export const text = (most, code) => (value) => ([...value].length <= most ? "0" : code);

/**
 * @param {string[]} words
 * @param {string} code
 * @returns {Check}
 */
export const oneOf = (words, code) => (value) => (words.includes(value) ? "0" : code);

/**
 * A decimal number; the type is judged before the range.
 *
 * @param {number} low
 * @param {number} high
 * @param {string} typeCode
 * @param {string} rangeCode
 * @returns {Check}
 */
export const decimalBetween = (low, high, typeCode, rangeCode) => (value) => {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return typeCode;
  return Number(value) >= low && Number(value) <= high ? "0" : rangeCode;
};

/**
 * @param {Check} check
 * @returns {Check}
 */
export const orBlank = (check) => (value) => (value === "" ? "0" : check(value));

/** @param {Check} check @returns {ElementRule} */
export const both = (check) => ({ access: "both", check });

/** @param {Check} check @returns {ElementRule} */
export const writeOnly = (check) => ({ access: "write", check });

/** @returns {ElementRule} */
export const readOnly = () => ({ access: "read", check: () => "0" });
