/**
 * The version of xAPI in which an LRS is spoken to.
 *
 * 1.0.3, which LRSs of 2.0 take as a rule, too. One that takes 2.0 alone answers 400 and names its own
 * version (IEEE 9274.1.1); what we say is the same in both.
 */

export const VERSION_HEADER = "X-Experience-API-Version";
const FIRST = "1.0.3";
const SECOND = "2.0.0";

export function createXapiVersion() {
  let spoken = FIRST;
  return {
    current: () => spoken,

    /**
     * True when the LRS wants 2.0: from now on it is spoken, and the request is worth another try.
     *
     * @param {Response} answer
     * @param {string} asked the version of the request
     */
    changes({ status, headers }, asked) {
      if (status !== 400 || asked !== FIRST || !headers.get(VERSION_HEADER)?.startsWith("2.")) return false;
      spoken = SECOND;
      return true;
    },
  };
}
