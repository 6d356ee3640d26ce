// Says before a session ends that it will, and lets work go on. Nothing here traps the focus or moves the page.

const box = document.getElementById("session");
const WARN = 5 * 60 * 1000; // this long before the end
const SIGN = 4 * 60 * 1000; // whoever types without sending anything is at work: told this often at most

let deadline = 0;
let atMost = 0;
let signed = Date.now();
let shown = "";

const learn = (state) => {
  deadline = Date.now() + state.left * 1000;
  atMost = Date.now() + state.at_most * 1000;
};
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const here = () => location.pathname + location.search;

async function ask(method) {
  const headers = { Accept: "application/json" };
  if (method === "POST") headers["X-CSRFToken"] = token();
  try {
    const answer = await fetch(box.dataset.url, { method, headers, credentials: "same-origin" });
    if (answer.ok) {
      const state = await answer.json();
      // Another person logged in here meanwhile: this page's person is not logged in any more.
      if (state.person === box.dataset.person) learn(state);
      else deadline = 0;
    } else if (answer.status === 401) {
      deadline = 0;
    } else if (answer.status === 403 && method === "POST") {
      return ask("GET"); // a new log-in in another tab changed the token, not who is at work
    }
  } catch {
    // Without a network nothing is known: the page goes on as it was.
  }
  show();
}

function show() {
  const left = deadline - Date.now();
  const last = atMost - Date.now() <= left + 1000;
  const kind = left <= 0 ? "over" : left <= WARN ? (last ? "last" : "soon") : "";
  const minutes = `${Math.max(1, Math.ceil(left / 60000))} 分钟`;
  box.querySelectorAll("[data-minutes]").forEach((place) => {
    if (place.textContent !== minutes) place.textContent = minutes;
  });
  if (kind === shown) return;
  shown = kind;
  for (const name of ["soon", "last", "over"]) box.querySelector(`[data-${name}]`).hidden = name !== kind;
  box.querySelector("[data-stay]").hidden = kind !== "soon";
  const again = box.querySelector("[data-again]");
  again.hidden = kind !== "over" && kind !== "last";
  again.href = `${box.dataset.login}?next=${encodeURIComponent(here())}`;
  box.hidden = kind === "";
}

if (box) {
  learn({ left: Number(box.dataset.left), at_most: Number(box.dataset.atMost) });
  box.querySelector("[data-stay]").addEventListener("click", () => {
    signed = Date.now();
    ask("POST");
  });
  document.addEventListener("input", () => {
    if (Date.now() - signed < SIGN) return;
    signed = Date.now();
    ask("POST");
  });
  // A request that a page makes by itself is not work: it says so, and the server doesn't count it.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.triggeringEvent) event.detail.headers["X-Quiet"] = "1";
  });
  // Work in this or another tab moves the end: asked before anything is said.
  setInterval(() => {
    if (deadline - Date.now() <= WARN && shown !== "over") ask("GET");
    else show();
  }, 15000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && deadline - Date.now() <= WARN) ask("GET");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful || !event.detail.requestConfig.triggeringEvent) return;
    deadline = Math.min(Date.now() + Number(box.dataset.idle) * 1000, atMost);
    show();
  });
  show();
}
