// Gives each rich text field the name that its panel shows.
const nameless = ".public-DraftEditor-content:not([aria-label])";

function giveNames() {
  for (const field of document.querySelectorAll(nameless)) {
    const heading = field.closest(".w-panel")?.querySelector(".w-panel__heading");
    if (heading) field.setAttribute("aria-label", heading.textContent.replace("*", "").trim());
  }
}

new MutationObserver(giveNames).observe(document.body, { childList: true, subtree: true });
giveNames();
