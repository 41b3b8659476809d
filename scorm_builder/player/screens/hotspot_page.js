/**
 * A scene to look around in. Things are tapped in the picture or chosen from the list, as the
 * learner likes: both hold the same buttons in the same order, and say the same.
 */

import { element, giveFocus, icon, pause, pictureElement, richText } from "../shell/dom.js";
import { listOf } from "../loading/messages.js";
import { choose, EMPTY_SEARCH, signalsOf, stillToFind } from "../state/scene_search.js";
import { createSwitch } from "./switch.js";
import { createFeedback, reveal, wordsOf } from "./view.js";

const VERDICTS = { weak: "signal_weak", medium: "signal_medium", strong: "signal_strong", none: "signal_none" };

/** @param {import("./view.js").View} view */
export function renderHotspot(view) {
  const { page, text, session, memory } = view;
  const things = page.objects ?? [];
  const needed = page.needed ?? 0;
  const total = things.filter((thing) => thing.signal).length;
  let search = (memory.chosen ?? []).reduce(choose, EMPTY_SEARCH);
  let finished = session.progress().seen.includes(page.key);

  const buttons = things.map((thing) => createThing(view, thing, () => look(thing)));
  const scene = createScene(page.scene, buttons.map(({ spot }) => spot));
  const list = element("ul", { class: "things" }, ...buttons.map(({ row }) => row));
  const said = element("div", { class: "said" });
  const found = element("ul", { class: "found" });
  const counter = element("p", { class: "counter", tabindex: "-1" });
  const rest = element("button", { type: "button", class: "button quiet rest", click: showRest }, text("scene_rest"));
  const end = element("div", {});
  if (page.html) view.body.append(richText(page.html));
  view.body.append(richText(page.question ?? "", "question"), createSides(view, scene, list), scene, list, said, end, counter, found, rest);
  show();
  const last = things.find((thing) => thing.id === memory.question);
  if (memory.answered) showRest();
  else if (last) look(last);

  /** @param {SceneObject} thing */
  function look(thing) {
    search = choose(search, thing.id);
    memory.chosen = [...search.chosen];
    memory.question = thing.id;
    const words = show();
    const box = createFeedback(view, Boolean(thing.signal), [thing.html], { title: text(VERDICTS[thing.signal?.strength ?? "none"]) });
    box.append(...innocentOf(view, thing));
    box.prepend(element("p", { class: "thing-name" }, thing.title));
    said.replaceChildren(box);
    view.announce([wordsOf(box), ...words].join(" "));
    reveal(end.hasChildNodes() ? end : box);
  }

  function showRest() {
    memory.answered = true;
    const { missing } = signalsOf(things, search);
    search = { ...search, shown: true };
    const heading = element("h2", { tabindex: "-1" }, text("scene_rest_title"));
    const cards = missing.map((thing) =>
      element("div", { class: "rest-thing" }, element("h3", {}, thing.title), richText(thing.html), ...innocentOf(view, thing)),
    );
    said.replaceChildren(heading, ...cards);
    view.announce(show().join(" "));
    giveFocus(heading);
  }

  /** Bring the screen up to date; gives what is new for who does not see it. */
  function show() {
    const signals = signalsOf(things, search);
    const left = stillToFind(things, search, needed);
    for (const button of buttons) button.mark(search);
    counter.textContent = text("scene_found", { n: signals.found.length, m: total });
    found.replaceChildren(...signals.found.map((thing) => element("li", {}, icon("check"), thing.title)));
    rest.hidden = search.shown || signals.missing.length === 0;
    if (left === 0 && !end.hasChildNodes()) finish();
    view.setNext({ label: text("next"), act: view.goOn, hint: finished ? null : text("scene_hint", { n: left }) });
    return [end.textContent, counter.textContent].filter(Boolean);
  }

  function finish() {
    finished = true;
    end.append(richText(page.feedback ?? "", "scene-end"));
    session.dispatch({ type: "page_answered", key: page.key });
  }
}

/**
 * The picture with a button over each thing. It is never mirrored: what is at its left stays there.
 *
 * @param {Picture | undefined} picture
 * @param {HTMLElement[]} spots
 */
function createScene(picture, spots) {
  const image = picture ? pictureElement(picture, "scene-picture") : null;
  return element("div", { class: "scene-view", dir: "ltr" }, image, ...spots);
}

/**
 * Two buttons: see the scene as a picture, or as a list.
 *
 * @param {import("./view.js").View} view
 * @param {HTMLElement} scene
 * @param {HTMLElement} list
 */
function createSides({ text, memory }, scene, list) {
  const act = (/** @type {boolean} */ asList) => {
    memory.way = asList ? "list" : "picture";
    scene.hidden = asList;
    list.hidden = !asList;
  };
  const asList = memory.way === "list";
  act(asList);
  const sides = [
    { label: text("scene_picture"), act: () => act(false) },
    { label: text("scene_list"), act: () => act(true) },
  ];
  return createSwitch(text("scene_as"), sides, asList ? 1 : 0).node;
}

/**
 * One thing, as a button in the picture (`spot`) and as a row of the list.
 *
 * @param {import("./view.js").View} view
 * @param {SceneObject} thing
 * @param {() => void} act
 */
function createThing(view, thing, act) {
  const spot = element("button", { type: "button", class: "spot", "data-thing": thing.id, click: act });
  const inList = element("button", { type: "button", class: "thing", "data-thing": thing.id, click: act });
  const known = view.text(thing.signal ? "scene_is_signal" : "scene_no_signal");
  ["x", "y", "w", "h"].forEach((name, index) => spot.style.setProperty(`--${name}`, `${thing.box[index]}%`));

  return {
    spot,
    row: element("li", {}, inList),
    /** @param {import("../state/scene_search.js").Search} search */
    mark(search) {
      const chosen = search.chosen.includes(thing.id) || (search.shown && thing.signal !== null);
      const kind = chosen ? (thing.signal ? "is-signal" : "is-innocent") : "";
      const words = chosen ? `${thing.title}, ${known}` : thing.title;
      spot.className = `spot ${kind}`.trim();
      spot.replaceChildren(...(kind === "is-signal" ? [icon("check")] : []), element("span", { class: "only-read" }, words));
      inList.className = `thing ${kind}`.trim();
      inList.replaceChildren(thing.title, ...(chosen ? [pause(), element("span", { class: "thing-state" }, known)] : []));
    },
  };
}

/**
 * What a signal may be instead, as one sentence.
 *
 * @param {import("./view.js").View} view
 * @param {SceneObject} thing
 * @returns {HTMLElement[]}
 */
function innocentOf({ course, text }, thing) {
  if (!thing.signal) return [];
  const list = listOf(course.course.language, thing.signal.innocent);
  return [element("p", { class: "innocent" }, text("innocent", { list }))];
}
