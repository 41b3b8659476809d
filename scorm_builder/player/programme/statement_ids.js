/**
 * Ids of statements, which a replay cannot change.
 *
 * docs/contracts.md section 3; the twin is programme/statement_ids.py, and tests/vectors/statement_id.json
 * binds the two.
 */

import { sha1, utf8Bytes } from "../encoding/hashes.js";
import { formatUuid } from "../encoding/uuid.js";

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

/** @param {string} uuid */
function uuidBytes(uuid) {
  return (uuid.replace(/-/g, "").match(/../g) ?? []).map((pair) => parseInt(pair, 16));
}
