/**
 * Telling a reload from a farewell: both are `pagehide`, and a session that said `terminated` is
 * over for good.
 */

const KEYS_MS = 3_000;

/**
 * A question to ask while the page goes away. A reload is known by its keys, or where the browser
 * has the Navigation API and the reload came from a script; any other one looks like a farewell.
 *
 * @param {Window & typeof globalThis} own
 * @returns {() => boolean}
 */
export function watchReload(own) {
  let reloading = -KEYS_MS;
  const notice = () => {
    reloading = performance.now();
  };
  own.addEventListener("keydown", (event) => {
    const withR = event.key.toLowerCase() === "r" && (event.ctrlKey || event.metaKey);
    if (event.key === "F5" || withR) notice();
  });
  /** @type {{navigation?: EventTarget}} */ (own).navigation?.addEventListener("navigate", (event) => {
    if ("navigationType" in event && event.navigationType === "reload") notice();
  });
  return () => performance.now() - reloading < KEYS_MS;
}
