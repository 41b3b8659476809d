/**
 * The LMS of the preview: keeps attempts for as long as the window is open, and offers one API at a
 * time under the name that the standard gives it.
 */

import { endSession, launchValues, ruleBook } from "./lms/attempt.js";
import { createDataModel } from "./lms/data_model.js";
import { createLms } from "./lms/lms_api.js";

/** @typedef {(values: Record<string, string>, stored: Record<string, string>) => void} ShowData */

/**
 * @param {object} port
 * @param {() => Faults} port.faults
 * @param {(call: LmsCall, errors: Record<string, string>) => void} port.onCall
 * @param {ShowData} port.onData
 */
export function createSimulatedLms({ faults, onCall, onData }) {
  /** @type {import("./lms/lms_api.js").Session | null} */
  let session = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let lateTimer;
  let isLate = false;

  function offer() {
    window.API = undefined;
    window.API_1484_11 = undefined;
    if (!session || isLate || faults().apiGone) return;
    if (session.object === "API") window.API = session.api;
    else window.API_1484_11 = session.api;
  }

  return {
    /**
     * @param {LaunchSettings} settings
     * @param {string} course
     * @param {boolean} anew forget the attempt
     */
    begin(settings, course, anew) {
      const name = ["attempt", course, settings.standard, settings.learner].join(" ");
      if (anew) sessionStorage.removeItem(name);
      const book = ruleBook(settings.standard);
      /** @type {Record<string, string>} */
      let stored = JSON.parse(sessionStorage.getItem(name) ?? "{}");
      const model = createDataModel(book, launchValues(settings, stored));
      const show = () => onData(model.values(), stored);
      /** @type {LmsPort} */
      const port = {
        faults,
        onCall(call) {
          onCall(call, book.errors);
          show();
        },
        store(values) {
          stored = values;
          sessionStorage.setItem(name, JSON.stringify(values));
        },
      };
      session = createLms(book, model, port, (ended) => endSession(settings, ended));
      show();
      const { late } = faults();
      isLate = late > 0;
      clearTimeout(lateTimer);
      lateTimer = setTimeout(() => {
        isLate = false;
        offer();
      }, late);
      offer();
    },

    /** The session is over for good, whether the package said so or not. */
    end() {
      clearTimeout(lateTimer);
      session = null;
      offer();
    },

    /** A fault was switched on or off. */
    refresh: offer,
  };
}
