/**
 * What a package has beyond its first screen: asked for when that stands, and again until it is here.
 *
 * Whether a file is here is judged by what it leaves behind, never by its `load` event: an LMS
 * whose session has ended answers with a page to log in, and says 200.
 */

import { element } from "../shell/dom.js";

/** Pauses before the next try, in ms; the last one from then on. */
const PAUSES_MS = [1_000, 2_000, 5_000, 10_000];

/**
 * @typedef {object} LaterFile
 * @property {string} src
 * @property {() => boolean} isHere
 */

/**
 * @typedef {object} LaterPort
 * @property {LaterFile[]} files
 * @property {(src: string) => Promise<void>} fetchScript ends whether or not the script came
 * @property {(ms: number) => Promise<void>} pause may end before the time, when trying makes sense again
 */

/** @typedef {ReturnType<typeof createLater>} Later */

/** @param {LaterPort} port */
export function createLater({ files, fetchScript, pause }) {
  let missed = false;
  let arrived = 0;
  /** @type {() => void} */
  let watch = () => undefined;

  /** @param {LaterFile} file */
  async function bring(file) {
    for (let tries = 0; !file.isHere(); tries += 1) {
      if (tries > 0) {
        missed = true;
        watch();
        await pause(PAUSES_MS[tries - 1] ?? /** @type {number} */ (PAUSES_MS.at(-1)));
      }
      await fetchScript(file.src);
    }
    missed = false;
    arrived += 1;
    watch();
  }

  return {
    isComplete: () => arrived === files.length,
    /** Something did not come and is being asked for again. */
    isMissed: () => missed,
    /** @param {() => void} watcher hears of every change */
    watch: (watcher) => void (watch = watcher),
    /** Ends when everything is here. */
    start: () => Promise.all(files.map(bring)),
  };
}

/**
 * Run a script of this package.
 *
 * @param {string} src
 * @returns {Promise<void>}
 */
export function fetchScript(src) {
  return new Promise((resolve) => {
    const end = () => {
      script.remove();
      resolve();
    };
    const script = element("script", { src, load: end, error: end });
    document.head.append(script);
  });
}

/**
 * A pause that ends early when the connection is back.
 *
 * @param {number} ms
 * @returns {Promise<void>}
 */
export function pauseUntilOnline(ms) {
  return new Promise((resolve) => {
    const end = () => {
      removeEventListener("online", end);
      resolve();
    };
    addEventListener("online", end);
    setTimeout(end, ms);
  });
}
