/** Values as the SCORM data models spell them: times and decimals, never in the local format. */

const MAX_CENTISECONDS = 24 * 3600 * 100;

/**
 * Seconds as CMITimespan `HHHH:MM:SS.SS`, such as "0000:12:30.00"; at most a day.
 *
 * Spec: SCORM 1.2 RTE section 3.4.2.1.1.
 *
 * @param {number} seconds
 */
export function timespan(seconds) {
  const { hours, minutes, rest } = split(seconds);
  const whole = String(hours).padStart(4, "0");
  return `${whole}:${String(minutes).padStart(2, "0")}:${(rest / 100).toFixed(2).padStart(5, "0")}`;
}

/**
 * Seconds as timeinterval(second,10,2), such as "PT0H12M30.5S"; at most a day.
 *
 * Spec: SCORM 2004 RTE section 4.1.1.7.
 *
 * @param {number} seconds
 */
export function timeinterval(seconds) {
  const { hours, minutes, rest } = split(seconds);
  return `PT${hours}H${minutes}M${decimal(rest / 100, 2)}S`;
}

/**
 * A number with a point, at most `places` places, no exponent and no trailing zeros.
 *
 * @param {number} value
 * @param {number} places
 */
export function decimal(value, places) {
  const text = value.toFixed(places);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/**
 * A number as a share of `whole`; null where there is no number from 0 to `whole`.
 *
 * @param {string} text
 * @param {number} whole
 */
export function share(text, whole) {
  const value = text.trim() === "" ? NaN : Number(text) / whole;
  return value >= 0 && value <= 1 ? value : null;
}

/**
 * Hours, minutes and centiseconds. Rounded before it is split, or 59.999 s would be ":60.00".
 *
 * @param {number} seconds
 */
function split(seconds) {
  const all = Math.min(Math.max(Math.round(seconds * 100), 0), MAX_CENTISECONDS);
  return { hours: Math.floor(all / 360000), minutes: Math.floor(all / 6000) % 60, rest: all % 6000 };
}
