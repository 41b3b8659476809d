/** Facts as xAPI 1.0.3 statements. docs/contracts.md section 3. */

import { statementId } from "./statement_ids.js";

const VERBS = "http://adlnet.gov/expapi/verbs/";
const COURSE_TYPE = "http://adlnet.gov/expapi/activities/course";
const SCORM_PROFILE = "https://w3id.org/xapi/scorm";
/** No course is older, and after the year 9999 a time is no timestamp: a clock outside is wrong. */
const EARLIEST = Date.UTC(2026, 0);
const LATEST = Date.UTC(9999, 0);

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
  const hasTime = fact.time >= EARLIEST && fact.time < LATEST;
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
      ...((hotel || fact.guest) && { extensions: extensionsOf(fact, tracking, hotel) }),
    },
    // Without one the LRS puts the time at which it stored the statement (xAPI 1.0.3 Part Two, 2.4.7).
    ...(hasTime && { timestamp: new Date(fact.time).toISOString() }),
  };
}

/**
 * @param {Fact} fact
 * @param {Tracking} tracking
 * @param {string | null} hotel
 */
function extensionsOf({ guest }, { extensions, hotel: packaged }, hotel) {
  return {
    ...(hotel && { [`${extensions}hotel-source`]: packaged ? "package" : "learner" }),
    ...(guest && { [`${extensions}profile`]: guest }),
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
