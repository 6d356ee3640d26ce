// Gives each rich text field the name that its panel shows, and a place in the tab order that is written down:
// a long text scrolls, and what scrolls must be reached by keyboard.
const nameless = ".public-DraftEditor-content:not([aria-label])";

function giveNames() {
  for (const field of document.querySelectorAll(nameless)) {
    field.tabIndex = 0;
    const heading = field.closest(".w-panel")?.querySelector(".w-panel__heading");
    if (heading) field.setAttribute("aria-label", heading.textContent.replace("*", "").trim());
  }
}

new MutationObserver(giveNames).observe(document.body, { childList: true, subtree: true });
giveNames();
