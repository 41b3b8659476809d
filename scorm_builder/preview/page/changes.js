/** News from the server: it holds each request back until the course or the statements change. */

const RETRY_MS = 1_500;

/**
 * Watch for ever; each request is told once.
 *
 * @param {{onState: (state: PreviewState) => void, onGone: (words?: string) => void}} port
 */
export function watchChanges({ onState, onGone }) {
  let revision = 0;
  let seen = 0;

  /** @param {number} known revision; the server answers at once if it has another */
  async function ask(known) {
    const answer = await fetch(`/changes?revision=${known}&seen=${seen}`, { cache: "no-store" });
    if (!answer.ok) {
      onGone(await answer.text());
      return false;
    }
    /** @type {PreviewState} */
    const state = await answer.json();
    // A server that was started anew has forgotten the requests of the old one.
    if (seen > 0 && revision > 0 && state.revision > revision + 1_000) seen = 0;
    revision = state.revision;
    const requests = state.requests.filter(({ number }) => number > seen);
    seen = requests.at(-1)?.number ?? seen;
    onState({ ...state, requests });
    return true;
  }

  async function watch() {
    for (;;) {
      try {
        if (!(await ask(revision))) await pause();
      } catch {
        onGone();
        await pause();
      }
    }
  }

  void watch();
  return {
    /** Tell what is new at once, so that what comes next stands behind it. */
    async now() {
      await ask(0);
    },
  };
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, RETRY_MS));
}
