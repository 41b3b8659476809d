/**
 * A film with its captions. Nothing of it is fetched before the learner taps; captions are on.
 * They come with the course data: browsers refuse a caption file from disk.
 */

import { element, icon, pictureElement } from "../shell/dom.js";

/**
 * @param {import("./view.js").View} view
 * @param {{onEnd: () => void, onFail: () => void}} port
 */
export function createFilm({ page, course, text, memory }, { onEnd, onFail }) {
  const { language } = course.course;
  const megabytes = Math.max((page.film?.bytes ?? 0) / 1e6, 0.1);
  const size = megabytes.toLocaleString(language, { maximumFractionDigits: 1 });
  const poster = page.cards?.[0]?.picture;
  const start = element(
    "button",
    { type: "button", class: "film-start", click: play },
    poster ? pictureElement({ src: poster.src, description: "" }, "picture") : null,
    element("span", {}, icon("next"), text("video_play", { size })),
  );
  const node = element("div", { class: "film" }, start);

  function play() {
    const video = element("video", {
      ...{ src: page.film?.src, controls: true, playsinline: true, "aria-label": page.title },
      loadedmetadata: () => void (video.currentTime = memory.seconds ?? 0),
      timeupdate: () => void (memory.seconds = video.ended ? 0 : video.currentTime),
      ended: onEnd,
      error: fail,
    });
    const captions = video.addTextTrack("captions", text("video_captions"), language);
    for (const [from, to, words] of page.film?.captions ?? []) captions.addCue(new VTTCue(from, to, words));
    captions.mode = "showing";
    node.replaceChildren(video);
    video.focus();
    // What cannot be played tells so by its error event, too.
    video.play().catch(() => undefined);
  }

  function fail() {
    node.replaceChildren(start);
    onFail();
  }

  return node;
}
