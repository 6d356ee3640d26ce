// Keyboard and selection of the queue: j and k move, Enter opens, c claims, x ticks. The table works without.

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select");
const rows = () => [...document.querySelectorAll(".queue tbody tr")];
const here = () => document.querySelector(".queue tr.here");

function go(next) {
  rows().forEach((row) => row.classList.toggle("here", row === next));
  next.querySelector("a.open").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const now = all.indexOf(here());
  go(all[Math.min(all.length - 1, Math.max(0, now + step))]);
}

// An answer from the server replaces the table: the keyboard stays at its row, or where that row was.
let place = null;
const target = (row) => row.querySelector("a.open").href;

document.addEventListener("htmx:beforeRequest", () => {
  const row = document.activeElement?.closest(".queue tbody tr");
  place = row && { at: rows().indexOf(row), target: target(row) };
});
document.addEventListener("htmx:afterSettle", () => {
  if (!place || here()) return;
  const all = rows();
  const next = all.find((row) => target(row) === place.target) ?? all[Math.min(place.at, all.length - 1)];
  place = null;
  if (next) go(next);
  else document.getElementById("main")?.focus();
});

const keys = {
  j: () => move(1),
  k: () => move(-1),
  Enter: () => here()?.querySelector("a.open").click(),
  c: () => here()?.querySelector("[data-claim]")?.click(),
  x: () => here()?.querySelector(".pick input")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest(".queue tbody tr");
  if (row) rows().forEach((each) => each.classList.toggle("here", each === row));
});

function count() {
  const bar = document.querySelector(".selection");
  if (!bar) return;
  const boxes = [...document.querySelectorAll(".queue tbody .pick input")];
  const picked = boxes.filter((box) => box.checked).length;
  bar.hidden = picked === 0;
  bar.querySelector("[data-picked]").textContent = picked;
  const all = document.querySelector("[data-pick-all]");
  if (all) {
    all.checked = picked > 0 && picked === boxes.length;
    all.indeterminate = picked > 0 && picked < boxes.length;
  }
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) {
    document.querySelectorAll(".queue tbody .pick input").forEach((box) => {
      box.checked = event.target.checked;
    });
  }
  count();
});
document.addEventListener("htmx:afterSettle", count);
count();
