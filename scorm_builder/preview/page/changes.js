/** News from the server: it holds each request back until the course or the statements change. */

const RETRY_MS = 1_500;

/**
 * @param {{onState: (state: PreviewState) => void, onGone: (words?: string) => void}} port
 */
export async function watchChanges({ onState, onGone }) {
  let revision = 0;
  let seen = 0;
  for (;;) {
    try {
      const answer = await fetch(`/changes?revision=${revision}&seen=${seen}`, { cache: "no-store" });
      if (!answer.ok) {
        onGone(await answer.text());
        await pause();
        continue;
      }
      /** @type {PreviewState} */
      const state = await answer.json();
      // A server that was started anew has forgotten the requests of the old one.
      if (seen > 0 && revision > 0 && state.revision > revision + 1_000) seen = 0;
      revision = state.revision;
      seen = state.requests.at(-1)?.number ?? seen;
      onState(state);
    } catch {
      onGone();
      await pause();
    }
  }
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, RETRY_MS));
}
