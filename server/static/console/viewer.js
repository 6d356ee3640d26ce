// The material viewer: + and - zoom, r turns, [ and ] go to the file before and after, 0 starts over.

const state = { zoom: 1, turn: 0 };
const typing = (target) => target.closest("input, textarea, select");
const stage = () => document.querySelector(".stage");

function show() {
  const image = stage()?.querySelector("img");
  if (!image) return;
  image.style.transform = `rotate(${state.turn}deg) scale(${state.zoom})`;
  stage().scrollTo({ left: (stage().scrollWidth - stage().clientWidth) / 2 });
  const words = document.querySelector("[data-zoom]");
  if (words) words.textContent = `${Math.round(state.zoom * 100)}%`;
}

const act = {
  in: () => (state.zoom = Math.min(4, state.zoom * 1.25)),
  out: () => (state.zoom = Math.max(0.5, state.zoom / 1.25)),
  turn: () => (state.turn = (state.turn + 90) % 360),
  reset: () => Object.assign(state, { zoom: 1, turn: 0 }),
};
const keys = { "+": "in", "=": "in", "-": "out", r: "turn", 0: "reset" };

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-view]");
  if (!button) return;
  act[button.dataset.view]();
  show();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !stage()) return;
  if (!(event.key in keys)) return;
  event.preventDefault();
  act[keys[event.key]]();
  show();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (!event.target.closest("#viewer") && event.target.id !== "viewer") return;
  act.reset();
  show();
});
