/**
 * Progress <-> the text that the LMS keeps in `suspend_data`.
 *
 * Only characters of `A-Z a-z 0-9 - _ . , : ~` are written, so that no LMS mangles them. Fields are
 * separated by ".", items by ",", parts of an item by ":". Pages, statements and questions stand as
 * their 4-character keys, one after the other, never as positions: a course that was published
 * anew keeps what it still has and drops the rest.
 *
 * | # | field        | example                   | meaning                                             |
 * |---|--------------|---------------------------|-----------------------------------------------------|
 * | 0 | format       | nr1                       | this table                                          |
 * | 1 | course       | q7Zk                      | first 4 characters of base64url SHA-256 "course:id" |
 * | 2 | registration | 3f2504e04f8941d39a0c0305… | UUID, 32 hexadecimal digits                         |
 * | 3 | session      | 2                         | number of sessions begun, base 36                   |
 * | 4 | bookmark     | Ab3d:fD3k                 | key of the page that was open [: of the role]       |
 * | 5 | done         | 0                         | 1: finished (no check) or passed                    |
 * | 6 | seen         | Ab3dxY_1                  | keys of pages                                       |
 * | 7 | statements   | Qq-2                      | keys of answered true/not true statements           |
 * | 8 | check        | 1:aaaabbbbcccc:aaaa:bbbb  | failed tries : drawn : right : wrong in this try    |
 * | 9 | origins      | nl:1~2e_0~2e_0            | language : version [: hotel [: guest]], of the facts |
 * | 10 | facts       | i2:mi9z3k01:0,f1:mi9z40aa:0 | verb letter and n : time in ms : origin [: right : drawn] |
 * | 11 | language    | nl                        | tag of the language that is shown                   |
 * | 12 | choices     | h1MENF,pQb7_              | letter and key; h: the hotel, "-" none of the list; p: the profile |
 * | 13 | checksum    | 1x8c0qk                   | FNV-1a (32 bits) of all before it, base 36          |
 *
 * Text of older versions ends before field 11 or 12, and is read as well.
 *
 * Numbers are base 36. Verb letters: i initialized, c completed, p passed, f failed, s suspended,
 * t terminated; a capital for a fact that the LRS refused. Last among the facts may stand `x` and the
 * number of facts that were refused and given up. In a version, a character outside `A-Za-z0-9-` is `~`, its code in hexadecimal, `_`.
 *
 * A whole example, after the first page of a Dutch course:
 * `nr1.q7Zk.3f2504e04f8941d39a0c0305e82c3301.1.Ab3d.0.Ab3d..0:::.nl:1~2e_0~2e_0.i1:mi9z3k01:0.nl..1x8c0qk`
 *
 * Length: 89 + 5 for a role + 6 for a profile + 4 x (pages + statements) + 12 x draw at most + 15 per fact + 26 per origin; for
 * 70 pages, 60 statements, 12 questions drawn and 16 facts below 1,200 characters.
 */

import { keysOf } from "./course_map.js";
import { emptyProgress } from "./course_state.js";
import { knownProfile, knownRole } from "./roles.js";
import { sha256, utf8Bytes } from "../encoding/hashes.js";

const FORMAT = "nr1";
/** No learner counts further. */
const MAX_COUNT = 9_999;
/** After it a year has more than the four digits of a timestamp. */
const MAX_TIME = Date.UTC(9999, 0);
/** Without the checksum; what an older player has left out is "". */
const FEWEST_FIELDS = 11;
const LANGUAGE_FIELD = 11;
const CHOICES_FIELD = 12;
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** @type {Verb[]} */
const STORED_VERBS = ["initialized", "completed", "passed", "failed", "suspended", "terminated"];

/**
 * @param {Course} course
 * @param {Progress} progress
 * @returns {string}
 */
export function encode(course, progress) {
  const { check } = progress;
  const origins = [...new Set(progress.facts.map(originOf))];
  const refused = progress.refused > 0 ? [`x${progress.refused.toString(36)}`] : [];
  const fields = [
    FORMAT,
    courseKey(course.course.id),
    progress.registration.replace(/-/g, ""),
    progress.session.toString(36),
    progress.role ? `${progress.bookmark}:${progress.role}` : progress.bookmark,
    progress.done ? "1" : "0",
    progress.seen.join(""),
    progress.statements.join(""),
    [check.failedTries.toString(36), ...[check.drawn, check.right, check.wrong].map((keys) => keys.join(""))].join(":"),
    origins.join(","),
    [...progress.facts.map((fact) => encodeFact(fact, origins)), ...refused].join(","),
    course.course.language,
    [progress.hotel && `h${progress.hotel}`, progress.profile && `p${progress.profile}`].filter(Boolean).join(","),
  ];
  const text = fields.join(".");
  return `${text}.${checksum(text)}`;
}

/**
 * The progress that the text holds; null for text that is foreign, cut or damaged. Never throws.
 *
 * @param {Course} course
 * @param {string} text
 * @returns {Progress | null}
 */
export function decode(course, text) {
  const fields = wholeFields(text);
  if (!fields) return null;
  const [, owner, registration = "", session = "", place = "", done, seen = "", statements = ""] = fields;
  if (owner !== courseKey(course.course.id)) return null;
  const keys = keysOf(course);
  const [bookmark = "", chosen = ""] = place.split(":");
  const role = knownRole(course, chosen);
  return {
    ...emptyProgress(),
    // An LRS refuses what is no UUID; without one the attempt gets a new one.
    registration: /^[0-9a-f]{32}$/.test(registration) ? registration.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") : "",
    session: countOf(session),
    bookmark,
    role,
    done: done === "1",
    // Who chose a role that is no longer there is asked again.
    seen: splitKeys(seen, role ? keys.pages : keys.pages.filter((key) => !keys.rolePages.includes(key))),
    statements: splitKeys(statements, keys.statements),
    check: decodeCheck(fields[8] ?? "", keys.questions),
    facts: decodeFacts(fields[10] ?? "", (fields[9] ?? "").split(",")),
    refused: countOf(/(?:^|,)x([0-9a-z]+)$/.exec(fields[10] ?? "")?.[1] ?? ""),
    hotel: /(?:^|,)h([0-9A-Z-]{1,5})(?:,|$)/.exec(fields[CHOICES_FIELD] ?? "")?.[1] ?? "",
    profile: knownProfile(course, /(?:^|,)p([\w-]{4})(?:,|$)/.exec(fields[CHOICES_FIELD] ?? "")?.[1]),
  };
}

/**
 * The language that the learner was last shown; "" for none, and for text of anybody else.
 *
 * @param {string} text
 */
export function languageIn(text) {
  return wholeFields(text)?.[LANGUAGE_FIELD] ?? "";
}

/**
 * The fields before the checksum; null for text that is not whole or not ours.
 *
 * @param {string} text
 */
function wholeFields(text) {
  const fields = text.split(".");
  const sum = fields.pop() ?? "";
  const isWhole = fields.length >= FEWEST_FIELDS && fields[0] === FORMAT && sum === checksum(fields.join("."));
  return isWhole ? fields : null;
}

/**
 * @param {string} text
 * @param {string[]} known
 * @returns {CheckProgress}
 */
function decodeCheck(text, known) {
  const [tries = "", drawn = "", right = "", wrong = ""] = text.split(":");
  return {
    failedTries: countOf(tries),
    drawn: splitKeys(drawn, known),
    right: splitKeys(right, known),
    wrong: splitKeys(wrong, known),
  };
}

/**
 * @param {Fact} fact
 * @param {string[]} origins
 */
function encodeFact(fact, origins) {
  const numbers = [fact.time, origins.indexOf(originOf(fact)), ...(fact.draw ? [fact.right, fact.draw] : [])];
  const letter = fact.verb.charAt(0);
  return [`${fact.refused ? letter.toUpperCase() : letter}${fact.n.toString(36)}`, ...numbers.map((number) => number.toString(36))].join(":");
}

/**
 * @param {string} text
 * @param {string[]} origins
 * @returns {Fact[]}
 */
function decodeFacts(text, origins) {
  return text.split(",").flatMap((item) => {
    const [name = "", ...numbers] = item.split(":");
    const [time = "", origin = "", right = "", drawn = ""] = numbers;
    const [ms, draw] = [parseInt(time, 36), countOf(drawn)];
    const letter = name.charAt(0).toLowerCase();
    const verb = STORED_VERBS.find((candidate) => candidate.startsWith(letter));
    const n = parseInt(name.slice(1), 36);
    const [language, version, hotel = "", guest] = (origins[countOf(origin)] ?? "").split(":");
    if (!verb || !language || version === undefined || !(n >= 0 && n <= MAX_COUNT + 1) || Number.isNaN(ms)) return [];
    const refused = !name.startsWith(letter);
    return [{ verb, n, time: Math.min(ms, MAX_TIME), language, version: unescapeVersion(version), right: Math.min(countOf(right), draw), draw, hotel, refused, ...(guest && { guest }) }];
  });
}

/** @param {Fact} fact */
function originOf(fact) {
  const version = fact.version.replace(/[^A-Za-z0-9-]/g, (sign) => `~${sign.charCodeAt(0).toString(16)}_`);
  const guest = fact.guest ? `:${fact.guest}` : "";
  return `${fact.language}:${version}${(fact.hotel || guest) && `:${fact.hotel}`}${guest}`;
}

/** @param {string} text */
function unescapeVersion(text) {
  return text.replace(/~([0-9a-f]+)_/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
}

/**
 * @param {string} text
 * @param {string[]} known keys of things that no longer exist are left out
 */
function splitKeys(text, known) {
  return [...new Set(text.match(/.{4}/g))].filter((key) => known.includes(key));
}

/** @param {string} text base 36 */
function countOf(text) {
  return Math.min(Math.max(parseInt(text, 36) || 0, 0), MAX_COUNT);
}

/** @param {string} id */
function courseKey(id) {
  const [a = 0, b = 0, c = 0] = sha256(utf8Bytes(`course:${id}`));
  const bits = (a << 16) | (b << 8) | c;
  return [18, 12, 6, 0].map((shift) => BASE64URL[(bits >> shift) & 63]).join("");
}

/** @param {string} text */
function checksum(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
