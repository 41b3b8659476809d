/** The dialogs that every screen offers: help for yourself, the parts of the course, its languages. */

import { isHere } from "./country.js";
import { element, icon, pause } from "./dom.js";
import { createLanguageList } from "./language_list.js";

/**
 * A dialog with a heading and a close button; Escape closes it and focus returns.
 *
 * @param {string} title
 * @param {Words} text
 * @param {...Node} content
 */
export function createDialog(title, text, ...content) {
  const heading = element("h2", { class: "dialog-title", tabindex: "-1" }, title);
  const close = element("button", { type: "button", class: "button quiet", click: () => dialog.close() }, text("close"));
  const dialog = element("dialog", { class: "dialog", "aria-label": title }, heading, ...content, close);
  return {
    node: dialog,
    open() {
      dialog.showModal();
      heading.focus();
    },
    close: () => dialog.close(),
  };
}

/**
 * @param {HelpContact[]} contacts
 * @param {Words} text
 * @param {() => void} leave the way out stays at hand, since a dialog covers the one above the page
 */
export function createHelpDialog(contacts, text, leave) {
  const list = element("ul", { class: "contacts" }, ...contacts.filter(({ country }) => isHere(country)).map(contactItem));
  const away = element("button", { type: "button", class: "button quiet leave-here", click: leave }, icon("leave"), text("leave"));
  return createDialog(text("help_title"), text, element("p", {}, text("help_intro")), list, away);
}

/** @param {HelpContact} contact */
function contactItem(contact) {
  return element(
    "li",
    { class: "contact" },
    element("span", { class: "contact-name" }, contact.name),
    element(
      "a",
      { class: "contact-number", href: contact.href, target: "_blank", rel: "noopener" },
      icon(contact.href.startsWith("tel:") ? "phone" : "team"),
      element("bdi", { dir: "ltr" }, contact.number),
    ),
    contact.note ? element("span", { class: "contact-note" }, contact.note) : null,
  );
}

/**
 * The languages of the package; the dialog stays open while the chosen one is on its way.
 *
 * @param {LanguageChoice[]} languages
 * @param {Course} course
 * @param {Words} text
 * @param {(language: LanguageChoice) => Promise<boolean>} choose
 */
export function createLanguageDialog(languages, course, text, choose) {
  const list = createLanguageList(languages, course.course.language, choose);
  return createDialog(text("language"), text, list.node);
}

/**
 * The parts of the course, with a way back to each that is open.
 *
 * @param {Course} course
 * @param {Words} text
 * @param {{block: (blockNumber: number) => void, role: () => void, notes: () => Node[]}} port
 *   `notes`: what else is shown whenever the dialog opens
 */
export function createPartsDialog(course, text, port) {
  const list = element("ol", { class: "parts" });
  const { version, build } = course.course;
  const imprint = element("p", { class: "imprint" }, text("version", { version, build }));
  const own = element("div", { class: "own-notes" });
  const role = element("p", { class: "role-now", hidden: true });
  const dialog = createDialog(text("parts_title"), text, list, role, own, imprint);

  /** @type {(block: Block, index: number, here: number, furthest: number) => HTMLElement} */
  const item = (block, index, here, furthest) => {
    const number = index + 1;
    const key = number === here ? "part_here" : number < furthest ? "part_seen" : number === furthest ? "part_open" : "part_later";
    return element(
      "li",
      { class: `part accent-${index % 5}` },
      element(
        "button",
        {
          type: "button",
          class: "part-button",
          disabled: number > furthest,
          "aria-current": number === here && "step",
          click: () => {
            dialog.close();
            port.block(number);
          },
        },
        element("span", { class: "part-number", "aria-hidden": "true" }, String(number)),
        element("span", { class: "part-title" }, block.title),
        pause(),
        element("span", { class: "part-state" }, text(key)),
      ),
    );
  };

  /** @param {Pick<Progress, "role" | "profile">} learner */
  const showRole = ({ role: key, profile }) => {
    const whom = course.profiles?.find((one) => one.key === profile);
    const work = course.roles?.choices.find((choice) => choice.key === key);
    const chosen = work && whom?.roles?.length === 1 ? whom : work;
    const change = () => {
      dialog.close();
      port.role();
    };
    role.hidden = !chosen;
    role.replaceChildren(
      text("role_now", { role: chosen?.title ?? "" }),
      element("button", { type: "button", class: "button quiet", click: change }, text("role_change")),
    );
  };

  return {
    node: dialog.node,
    /**
     * @param {number} here number of the block that is open
     * @param {number} furthest number of the last block that may be opened
     * @param {Pick<Progress, "role" | "profile">} learner the keys of what was chosen
     */
    open(here, furthest, learner) {
      own.replaceChildren(...port.notes());
      showRole(learner);
      list.replaceChildren(...course.blocks.map((block, index) => item(block, index, here, furthest)));
      dialog.open();
    },
  };
}
