// Puts the words of a chosen reply template into the answer, to be changed there. Copying by hand works without.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (!button) return;
  const field = document.getElementById(button.dataset.fill);
  field.value = button.dataset.words;
  field.focus();
});
