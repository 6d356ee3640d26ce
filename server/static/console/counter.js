// Enter does the primary act of a counter, unless something in focus has its own use of it.

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("a, button, summary, input, select, textarea")) return;
  const button = document.querySelector("[data-enter]");
  if (!button) return;
  event.preventDefault();
  button.click();
});
