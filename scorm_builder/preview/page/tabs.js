/** The tabs at the right, by the ARIA pattern: arrows move, Home and End go to the ends. */

/** @typedef {ReturnType<typeof createTabs>} Tabs */

export function createTabs() {
  const tabs = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[role="tab"]')]);

  /** @param {HTMLElement} chosen */
  function show(chosen) {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      if (panel) panel.hidden = !isChosen;
      if (isChosen) panel?.dispatchEvent(new Event("shown"));
    }
  }

  for (const tab of tabs) {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      const shown = tabs.filter((one) => !one.hidden);
      const at = shown.indexOf(tab);
      const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
      if (!(event.key in steps)) return;
      const next = shown.at(steps[/** @type {keyof typeof steps} */ (event.key)] % shown.length);
      event.preventDefault();
      next?.focus();
      if (next) show(next);
    });
  }
  if (tabs[0]) show(tabs[0]);

  return {
    /** @param {string} panel id of the panel to show */
    select(panel) {
      const tab = tabs.find((one) => one.getAttribute("aria-controls") === panel);
      if (tab) show(tab);
    },

    /** Leave a tab that this standard does not have. */
    settle() {
      const chosen = tabs.find((tab) => tab.tabIndex === 0);
      if (chosen?.hidden && tabs[0]) show(tabs[0]);
    },

    /** Id of the panel that is shown. */
    selected: () => tabs.find((tab) => tab.tabIndex === 0)?.getAttribute("aria-controls") ?? "",
  };
}
