/**
 * Facts as xAPI 1.0.3 statements, with ids that a replay cannot change.
 *
 * docs/contracts.md section 3; the twin of statementId is programme/statement_ids.py, and
 * tests/vectors/statement_id.json binds the two.
 */

import { sha1, utf8Bytes } from "./hashes.js";

const VERBS = "http://adlnet.gov/expapi/verbs/";
const COURSE_TYPE = "http://adlnet.gov/expapi/activities/course";
const SCORM_PROFILE = "https://w3id.org/xapi/scorm";

/**
 * UUIDv5(namespace, `<registration>|<verb>|<n>`).
 *
 * @param {string} namespace UUID
 * @param {string} registration UUID
 * @param {string} verb last part of its IRI
 * @param {number} n
 */
export function statementId(namespace, registration, verb, n) {
  const name = utf8Bytes(`${registration.toLowerCase()}|${verb}|${n}`);
  return formatUuid(sha1([...uuidBytes(namespace), ...name]).slice(0, 16), 5);
}

/**
 * A random UUID (version 4); `crypto.randomUUID` is missing over plain HTTP.
 *
 * @returns {string}
 */
export function randomUuid() {
  return formatUuid(Array.from(crypto.getRandomValues(new Uint8Array(16))), 4);
}

/**
 * The statement of one fact, the same byte for byte whenever it is made.
 *
 * @param {Fact} fact
 * @param {string} registration
 * @param {Course} course one that is tracked
 * @param {string} learner pseudonym
 */
export function buildStatement(fact, registration, course, learner) {
  const tracking = /** @type {Tracking} */ (course.tracking);
  const result = resultOf(fact, tracking);
  const grouping = [{ id: `${tracking.course}/version/${fact.version}` }];
  const hotel = tracking.hotel ?? chosenHotel(course, tracking, fact);
  if (hotel) grouping.push({ id: hotel });
  return {
    id: statementId(tracking.namespace, registration, fact.verb, fact.n),
    actor: { objectType: "Agent", account: { homePage: tracking.homePage, name: learner } },
    verb: { id: VERBS + fact.verb, display: { en: fact.verb } },
    object: { objectType: "Activity", id: tracking.course, definition: { type: COURSE_TYPE } },
    ...(result && { result }),
    context: {
      registration,
      platform: course.standard,
      language: fact.language,
      contextActivities: { category: [{ id: SCORM_PROFILE }], grouping },
      ...(hotel && { extensions: { [`${tracking.extensions}hotel-source`]: tracking.hotel ? "package" : "learner" } }),
    },
    timestamp: new Date(fact.time).toISOString(),
  };
}

/**
 * @param {Course} course
 * @param {Tracking} tracking
 * @param {Fact} fact
 */
function chosenHotel(course, tracking, fact) {
  const hotel = course.hotels.find(({ code }) => code === fact.hotel);
  return hotel ? tracking.hotels + hotel.id : null;
}

/**
 * @param {Fact} fact
 * @param {Tracking} tracking
 */
function resultOf(fact, tracking) {
  if (fact.verb === "failed") {
    return { success: false, extensions: { [`${tracking.extensions}try`]: fact.n } };
  }
  if (fact.verb !== "completed" && fact.verb !== "passed") return null;
  if (fact.draw === 0) return { completion: true };
  if (fact.verb === "completed") return { completion: true, success: true };
  const scaled = Number((fact.right / fact.draw).toFixed(4));
  const raw = Number((scaled * 100).toFixed(2));
  return { completion: true, success: true, score: { scaled, raw, min: 0, max: 100 } };
}

/** @param {string} uuid */
function uuidBytes(uuid) {
  return (uuid.replace(/-/g, "").match(/../g) ?? []).map((pair) => parseInt(pair, 16));
}

/**
 * @param {number[]} bytes 16
 * @param {4 | 5} version
 */
function formatUuid(bytes, version) {
  const marked = bytes.map((byte, i) => {
    if (i === 6) return (byte & 0x0f) | (version << 4);
    return i === 8 ? (byte & 0x3f) | 0x80 : byte;
  });
  const hex = marked.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
