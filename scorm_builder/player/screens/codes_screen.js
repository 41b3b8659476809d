/** The first screens of a web site: go on where somebody stopped, or the codes from the sheet. */

import { brandOf, element, icon } from "../shell/dom.js";
import { codePseudonym, readHotel, readPersonal } from "../programme/personal_codes.js";
import { ANONYMOUS } from "../programme/pseudonym.js";
import { randomUuid } from "../encoding/uuid.js";
import { createEntryFrame } from "./entry_frame.js";

const TAIL = 3;

/** @typedef {import("../runtime/web_store.js").Entrant} Entrant */

/**
 * @param {Course} course with tracking and hotels
 * @param {Words} text
 * @param {Entrant | null} last who took the course before on this device
 * @param {(() => void) | null} language back to the choice of language
 * @returns {Promise<Entrant>}
 */
export function askWho(course, text, last, language) {
  const shell = createEntryFrame(course, text, language);
  return new Promise((resolve) => {
    if (last) showLast(last);
    else showCodes(true);

    /** @param {Entrant} entrant */
    function showLast(entrant) {
      const words = entrant.tail ? text("web_last", { tail: entrant.tail }) : text("web_last_without");
      const goOn = button("primary", text("web_last_yes"), () => resolve(entrant));
      const other = button("quiet", text("web_last_no"), () => showCodes(false));
      shell.show(text("web_last_title"), [...brandOf(course.brand), element("p", {}, words), stack(goOn, other)], { quietly: true, name: "web-last" });
    }

    /** @param {boolean} quietly */
    function showCodes(quietly) {
      const { form, hotel } = codesForm(course, text, resolve);
      const without = button("quiet", text("web_without"), () => showWithout(hotel()));
      const intro = element("p", {}, text("web_intro"));
      shell.show(text("web_title"), [...brandOf(course.brand), intro, form, stack(without)], { quietly, name: "web-codes" });
    }

    /** @param {string} hotel */
    function showWithout(hotel) {
      const start = button("quiet", text("web_without_start"), () => resolve(withoutCode(hotel)));
      const back = button("primary", text("web_without_back"), () => showCodes(false));
      shell.show(text("web_without_title"), [element("p", {}, text("web_without_words")), stack(back, start)], { name: "web-without" });
    }
  });
}

/**
 * @param {string} [hotel] code
 * @returns {Entrant} with a record of its own, whoever was here before
 */
export function withoutCode(hotel = "") {
  return { id: `${ANONYMOUS} ${randomUuid()}`, learner: ANONYMOUS, hotel, tail: "" };
}

/**
 * @param {Course} course
 * @param {Words} text
 * @param {(entrant: Entrant) => void} onEntrant
 */
function codesForm(course, text, onEntrant) {
  const { tracking, hotels } = course;
  const only = tracking?.hotel ? hotels[0] : undefined;
  const hotel = codeField("hotel", text("web_hotel"), text("web_signs", { n: 6 }));
  const personal = codeField("personal", text("web_personal"), text("web_signs", { n: 9 }));
  const known = () => only ?? readHotel(hotel.input.value, hotels);
  hotel.input.addEventListener("input", () => {
    const found = readHotel(hotel.input.value, hotels);
    hotel.say(typeof found === "string" ? "" : found.name, typeof found === "string" ? "" : "is-right");
  });
  personal.input.addEventListener("input", () => personal.say("", ""));

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    const where = known();
    const who = readPersonal(personal.input.value);
    if (!who) personal.say(text("web_mistyped"), "is-wrong");
    if (typeof where === "string") hotel.say(text(where === "unknown" ? "web_hotel_unknown" : "web_mistyped"), "is-wrong");
    if (typeof where === "string") hotel.input.focus();
    else if (!who) personal.input.focus();
    else {
      const learner = codePseudonym(where.code, who, tracking?.salt ?? "");
      const typed = personal.input.value.trim().toUpperCase();
      onEntrant({ id: learner, learner, hotel: where.code, tail: typed.slice(-TAIL) });
    }
  }

  const start = element("button", { class: "button primary" }, text("web_start"), icon("next"));
  const form = element("form", { class: "entry-form", novalidate: true, submit }, only ? null : hotel.node, personal.node, start);
  return {
    form,
    hotel() {
      const found = known();
      return typeof found === "string" ? "" : found.code;
    },
  };
}

/**
 * A big field for a code, with what is known or wrong of it below.
 *
 * @param {string} name
 * @param {string} label
 * @param {string} hint
 */
function codeField(name, label, hint) {
  const ids = { id: `code-${name}`, said: `code-${name}-said` };
  const input = element("input", {
    ...{ id: ids.id, name, class: "code-input", dir: "ltr", "aria-describedby": ids.said },
    ...{ autocapitalize: "characters", autocomplete: "off", autocorrect: "off", spellcheck: "false", maxlength: "40" },
  });
  const said = element("p", { id: ids.said, class: "code-said", role: "status" }, hint);
  return {
    input,
    node: element("div", { class: "code-field" }, element("label", { class: "code-label", for: ids.id }, label), input, said),
    /** @type {(words: string, kind: "" | "is-right" | "is-wrong") => void} words "" brings the hint back */
    say(words, kind) {
      said.textContent = words || hint;
      said.className = `code-said ${kind}`;
      input.setAttribute("aria-invalid", String(kind === "is-wrong"));
    },
  };
}

/**
 * @param {"primary" | "quiet"} kind
 * @param {string} label
 * @param {() => void} act
 */
function button(kind, label, act) {
  return element("button", { type: "button", class: `button ${kind}`, click: act }, label);
}

/** @param {...Node} children */
function stack(...children) {
  return element("div", { class: "entry-actions" }, ...children);
}
