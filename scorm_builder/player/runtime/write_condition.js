/**
 * The condition that a write of a document carries, so that nobody's work is written over unseen.
 *
 * xAPI 2.0 (IEEE 9274.1.1) lets an LRS refuse any write over a document that comes without one; 1.0.3
 * (Communication, section 3.1) does not for State documents. An LRS need not name the new ETag in its
 * answer to a write. Where its ETags are the SHA-1 that 1.0.3 prescribes, the new one is known all
 * the same; where not, `*` stands for whatever is there.
 */

import { sha1, utf8Bytes } from "../encoding/hashes.js";
import { isStored } from "./xapi_client.js";

/** @typedef {import("./xapi_client.js").XapiAnswer} XapiAnswer */

export function createWriteCondition() {
  /** @type {string | null} */
  let etag = null;
  let exists = false;
  let isWanted = false;
  let isHash = false;

  return {
    /**
     * The value of If-Match; null: none.
     *
     * @param {boolean} isFlying a write is under way, which makes the document if there was none
     */
    value: (isFlying) => etag ?? (isWanted && (exists || isFlying) ? "*" : null),

    /** @param {XapiAnswer} answer to a GET of the document */
    onRead(answer) {
      exists = isStored(answer.status);
      etag = exists ? answer.etag : null;
      isHash = etag !== null && etag === etagOf(answer.text);
      isWanted ||= answer.version.startsWith("2.");
    },

    /**
     * @param {XapiAnswer} answer to a PUT of the document
     * @param {string} body
     */
    onWritten(answer, body) {
      if (answer.status === 409) isWanted = true;
      if (!isStored(answer.status)) return;
      exists = true;
      etag = answer.etag ?? (isHash ? etagOf(body) : null);
    },

    /** Something may have been written whose ETag nobody knows. */
    forget() {
      etag = null;
    },
  };
}

/** @param {string} text */
function etagOf(text) {
  const hex = sha1(utf8Bytes(text)).map((byte) => byte.toString(16).padStart(2, "0"));
  return `"${hex.join("")}"`;
}
