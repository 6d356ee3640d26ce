// Keyboard of the moderation desk: j and k move, s shows, h chooses why not, x ticks. The page works without.

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select");
const rows = () => [...document.querySelectorAll(".consult-comment")];
const here = () => document.querySelector(".consult-comment.here");

function move(step) {
  const all = rows();
  if (!all.length) return;
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(here()) + step))];
  all.forEach((row) => row.classList.toggle("here", row === next));
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  s: () => here()?.querySelector("[data-show]")?.click(),
  h: () => here()?.querySelector("[data-reason]")?.focus(),
  x: () => here()?.querySelector("input[type=checkbox]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest(".consult-comment");
  if (row) rows().forEach((each) => each.classList.toggle("here", each === row));
});

move(1);
