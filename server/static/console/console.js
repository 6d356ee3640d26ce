// Small conveniences on every console page. Every page works without them.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    document.querySelectorAll("details[data-closes][open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    return;
  }
  if (typing(event.target)) return;
  const target = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === event.key);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea")) {
    target.focus();
    target.select();
  } else {
    target.click();
  }
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details[data-closes][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  if (event.target.closest("[data-print]")) window.print();
});

// What was refused is read out and in sight.
const tell = (root) => root.querySelector("[data-focus]")?.focus();
document.addEventListener("htmx:afterSettle", (event) => tell(event.target));
document.addEventListener("htmx:sendError", () => {
  const list = document.getElementById("notices");
  const entry = document.createElement("div");
  entry.className = "notice error";
  entry.setAttribute("role", "alert");
  entry.textContent = "网络连接不上，这次操作没有提交，请稍后再试。";
  list?.replaceChildren(entry);
});
tell(document);

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "get" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () =>
  document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent),
);
