/** The same attempt in another window of this browser: the two tell each other. */


/**
 * @param {ReturnType<typeof import("./meeting.js").createMeeting>} meeting
 */
export function joinWindows(meeting) {
  const attempt = meeting.attempt();
  const channel = attempt && open(`noroom ${attempt}`);
  if (!channel) return;
  const say = (/** @type {object} */ more) => channel.postMessage({ text: meeting.meet(""), ...more });

  channel.onmessage = ({ data }) => {
    const { text, arrives } = Object(data);
    meeting.meet(String(text));
    if (arrives) say({});
  };
  meeting.listen({
    share: (text) => say({ text }),
    end() {
      say({});
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
