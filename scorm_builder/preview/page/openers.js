/** Opening a package as its standard wants it: beside an API, by a launch address, or as a site. */

import { familyOf } from "./settings.js";

/** Prefix of what the player keeps in the browser's storages. */
const PLAYERS = "noroom ";

/**
 * @param {object} port
 * @param {ReturnType<typeof import("./simulated_lms.js").createSimulatedLms>} port.lms
 * @param {ReturnType<typeof import("./data_panel.js").createDataPanel>} port.data
 * @param {ReturnType<typeof import("./codes_panel.js").createCodesPanel>} port.codes
 */
export function createOpeners({ lms, data, codes }) {
  /** @type {() => Promise<void>} */
  let refresh = async () => undefined;
  /** A server that is gone is told by who watches the changes. */
  const refreshQuietly = () => void refresh().catch(() => undefined);
  addEventListener("storage", refreshQuietly);

  /** @type {Record<StandardFamily, (settings: LaunchSettings, built: BuildAnswer & {url: string}, course: string, anew: boolean) => Promise<string>>} */
  const openers = {
    async scorm(settings, { url }, course, anew) {
      refresh = async () => undefined;
      lms.begin(settings, course, anew);
      return url;
    },
    cmi5: launched,
    xapi: launched,
    async web(_settings, built, _course, anew) {
      if (anew) forget(window.localStorage);
      refresh = async () => data.showDevice(records());
      codes.show(built.codes);
      await refresh();
      return built.url;
    },
  };

  /**
   * @param {LaunchSettings} settings
   * @param {BuildAnswer & {url: string}} built
   * @param {string} _course
   * @param {boolean} anew
   */
  async function launched({ standard, learner, language, mode, mastery }, { path, url }, _course, anew) {
    const answer = await post("/launch", { path, standard, learner, language, mode, mastery, anew });
    /** @type {{launch: string, query: string}} */
    const { launch, query } = await answer.json();
    refresh = async () => data.showHeld(await (await fetch(`/held?launch=${launch}`)).json());
    await refresh();
    return `${url}?${query}`;
  }

  return {
    /**
     * Give the address to show. What a closed window would forget is forgotten.
     *
     * @param {LaunchSettings} settings
     * @param {BuildAnswer & {url: string}} built
     * @param {string} course
     * @param {boolean} anew forget the attempt
     */
    open(settings, built, course, anew) {
      forget(sessionStorage);
      return openers[familyOf(settings.standard)](settings, built, course, anew);
    },

    /** Something was sent, so what is held may have changed. */
    refresh: refreshQuietly,
  };
}

/**
 * @param {string} path
 * @param {object} body
 */
export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

/** @param {Storage} storage */
function forget(storage) {
  for (const name of Object.keys(storage)) if (name.startsWith(PLAYERS)) storage.removeItem(name);
}

/** @returns {[string, string][]} learner and what is kept, as JSON */
function records() {
  return Object.entries(window.localStorage).flatMap(([name, text]) => {
    const [before, learner] = name.split(" learner ");
    return before?.startsWith(PLAYERS) && learner ? [/** @type {[string, string]} */ ([learner, text])] : [];
  });
}
