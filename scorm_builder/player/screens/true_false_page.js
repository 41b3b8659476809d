/** Statements to judge, one after the other. */

import { richText } from "../shell/dom.js";
import { judgeCards } from "./judge_cards.js";

const STATEMENT_KEYS = { counter: "statement_counter", next: "statement_next", hint: "statement_hint", end: "next" };

/** @param {import("./view.js").View} view */
export function renderTrueFalse(view) {
  const { page, text, session, memory } = view;
  const statements = page.statements ?? [];
  const answered = session.progress().statements;
  const left = statements.filter(({ key }) => !answered.includes(key));
  const isNew = !session.progress().seen.includes(page.key) && left.length > 0;
  const order = (memory.order ??= (isNew ? left : statements).map(({ id }) => id));
  const asked = order.flatMap((id) => statements.filter((one) => one.id === id));
  judgeCards(view, {
    cards: asked.map((one) => ({ ...one, right: String(one.answer) })),
    buttons: ["true", "false"].map((value) => ({ value, label: text(value === "true" ? "is_true" : "not_true") })),
    asked: text("statement_question"),
    keys: STATEMENT_KEYS,
    intro: [richText(page.html)],
    onAnswer({ id }) {
      const key = statements.find((one) => one.id === id)?.key ?? "";
      session.dispatch({ type: "statement_answered", key });
      const done = session.progress().statements;
      if (statements.every((one) => done.includes(one.key))) session.dispatch({ type: "page_answered", key: page.key });
    },
    onEnd: view.goOn,
  });
}
