// The demo's accounts: one press fills in the form and sends it.
document.querySelectorAll("[data-username]").forEach((button) => {
  button.addEventListener("click", () => {
    const form = document.querySelector("[data-login]");
    form.elements.username.value = button.dataset.username;
    form.elements.password.value = button.dataset.password;
    form.requestSubmit();
  });
});
