/** The same attempt in another window of this browser: the two tell each other, and the learner is told. */

import { randomUuid } from "../encoding/uuid.js";

/**
 * @param {ReturnType<typeof import("./meeting.js").createMeeting>} meeting
 * @param {(others: boolean) => void} tell whether there is another window
 */
export function joinWindows(meeting, tell) {
  const attempt = meeting.attempt();
  const channel = attempt && open(`noroom ${attempt}`);
  if (!channel) return;
  const own = randomUuid();
  /** @type {Set<string>} */
  const others = new Set();
  const say = (/** @type {object} */ more) => channel.postMessage({ from: own, text: meeting.meet(""), ...more });

  channel.onmessage = ({ data }) => {
    const { from, text, arrives, leaves } = Object(data);
    if (leaves) others.delete(from);
    else others.add(from);
    tell(others.size > 0);
    meeting.meet(String(text));
    if (arrives) say({});
  };
  meeting.listen({
    share: (text) => say({ text }),
    end() {
      say({ leaves: true });
      channel.close();
    },
  });
  say({ arrives: true });
}

/**
 * @param {string} name
 * @returns {BroadcastChannel | null} null in a browser without, or where it is forbidden
 */
function open(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
