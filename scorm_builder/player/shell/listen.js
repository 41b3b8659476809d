/**
 * Listening to a page: the author's recording where there is one, else a voice of the learner's own
 * device. Never by itself, and never by a voice that would send the text to a server.
 */

import { element, icon } from "./dom.js";

/** What is read out of a screen, in its order. */
const READ = "h1, h2, h3, .rich, .inline-text, .feedback-title, .feedback-note, .innocent, .thing-name";

/** Drawn here and not beside the other icons, which the first screen waits for. */
const SOUND = "M4.5 9.5v5H8l5 4.5V5L8 9.5H4.5ZM16 9a4 4 0 0 1 0 6M18.5 6.5a7.5 7.5 0 0 1 0 11";

/**
 * The voice for a language: on the device, of the same region if possible.
 *
 * @param {readonly SpeechSynthesisVoice[]} voices
 * @param {string} language
 * @returns {SpeechSynthesisVoice | null}
 */
export function voiceFor(voices, language) {
  const parts = (/** @type {string} */ tag) => tag.toLowerCase().split(/[-_]/);
  const onDevice = voices.filter((voice) => voice.localService);
  const same = onDevice.find((voice) => parts(voice.lang).join() === parts(language).join());
  return same ?? onDevice.find((voice) => parts(voice.lang)[0] === parts(language)[0]) ?? null;
}

/**
 * Put a button before the page that plays or reads it; hidden as long as there is nothing to hear.
 * A recording is named by `data-audio` on what it belongs to.
 *
 * @param {Pick<import("../screens/view.js").View, "body" | "course" | "text">} view
 */
export function addListening({ body, course, text }) {
  const speech = window.speechSynthesis;
  const language = course.course.language;
  const sheet = /** @type {HTMLElement} */ (body.parentElement);
  const label = element("span", {});
  const button = element("button", { type: "button", class: "listen", click: toggle }, icon("parts"), label);
  button.querySelector("path")?.setAttribute("d", SOUND);
  /** @type {(() => void) | null} */
  let stop = null;
  const watcher = new MutationObserver(update);
  watcher.observe(document.body, { childList: true, subtree: true });
  speech?.addEventListener?.("voiceschanged", update);
  addEventListener("pagehide", () => stop?.());
  body.before(button);
  update();

  /** What a recording belongs to: the card that is open, else the page. */
  function recorded() {
    return /** @type {HTMLElement[]} */ ([...sheet.querySelectorAll("[data-audio]")]).at(-1);
  }

  function update() {
    if (!button.isConnected) {
      stop?.();
      watcher.disconnect();
      speech?.removeEventListener?.("voiceschanged", update);
      return;
    }
    button.hidden = !recorded() && !voiceFor(speech?.getVoices() ?? [], language);
    setLabel();
  }

  function setLabel() {
    const words = text(stop === null ? "listen" : "listen_stop");
    // The watcher sees this change too: a label that is right already must not be set again.
    if (label.textContent !== words) label.textContent = words;
  }

  function toggle() {
    if (stop) return stop();
    const owner = recorded();
    stop = owner ? play(owner) : read();
    setLabel();
  }

  function ended() {
    stop = null;
    setLabel();
  }

  /** @param {HTMLElement} owner */
  function play(owner) {
    // A player that leaves the document pauses by itself: the page before falls silent.
    const player = element("audio", { src: owner.dataset["audio"], pause: end, ended: end, error: fail });
    owner.append(player);
    player.play().catch(() => undefined);
    return () => player.pause();

    function end() {
      player.remove();
      ended();
    }

    function fail() {
      delete owner.dataset["audio"];
      end();
      update();
    }
  }

  function read() {
    const voice = voiceFor(speech.getVoices(), language);
    const parts = [...sheet.querySelectorAll(READ)].filter((part) => part.checkVisibility?.() ?? true);
    const outer = parts.filter((part) => !part.parentElement?.closest(READ));
    const leaving = new MutationObserver(() => outer.every((part) => part.isConnected) || end());
    leaving.observe(document.body, { childList: true, subtree: true });
    speech.cancel();
    outer.forEach((part, index) => {
      const said = new SpeechSynthesisUtterance(part.textContent ?? "");
      said.voice = voice;
      said.lang = voice?.lang ?? language;
      if (index === outer.length - 1) said.addEventListener("end", end);
      speech.speak(said);
    });
    return end;

    function end() {
      leaving.disconnect();
      speech.cancel();
      if (stop === end) ended();
    }
  }
}
