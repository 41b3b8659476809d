/**
 * Two windows, or two devices, of one learner in one attempt: neither may undo what the other did.
 *
 * What another one wrote arrives from the LMS (Runtime.onForeign) or from the other window itself
 * (other_windows.js), as suspend data.
 */

import { decode, encode } from "../state/suspend_data.js";

/**
 * @param {{attempt: () => string, course: () => Course, progress: () => Progress, unsettled: (facts: Fact[]) => Fact[],
 *   dispatch: (event: import("../state/course_state.js").ProgressEvent) => void}} port
 */
export function createMeeting({ attempt, course, progress, unsettled, dispatch }) {
  /** @type {{share(text: string): void, end(): void}} */
  let listener = { share: () => undefined, end: () => undefined };
  return {
    /** Names the attempt among windows; "" where nothing is recorded. */
    attempt,

    /** @param {string} text what is about to be saved */
    share: (text) => listener.share(text),

    /** The session is over. */
    end: () => listener.end(),

    /** @param {typeof listener} hears of what is saved, and of the end */
    listen: (hears) => void (listener = hears),

    /**
     * Take in what was done elsewhere in the same attempt.
     *
     * @param {string} text suspend data, or anything else that stood there
     * @returns {string} suspend data with what both have done
     */
    meet(text) {
      const other = decode(course(), text);
      if (other && other.registration === progress().registration) {
        dispatch({ type: "met", other: { ...other, facts: unsettled(other.facts) } });
      }
      return encode(course(), progress());
    },
  };
}
