// The year's view: a day changes by mouse or keyboard, and the lines below it are what is sent. Without this the lines alone do.

const root = document.querySelector("[data-calendar]");
const days = [...(root?.querySelectorAll("button[data-day]") ?? [])];
const lines = document.getElementById("days");
const name = document.getElementById("name");
const WORDS = { rest: "放假", work: "上班", weekend: "周末", day: "" };
const KINDS = ["rest", "work", "weekend", "day"];

const kindOf = (day) => KINDS.find((kind) => day.classList.contains(kind));
const onWeekend = (day) => /周[六日]$/.test(day.dataset.spoken);

function mark(day, kind, called) {
  day.classList.remove(...KINDS);
  day.classList.add(kind);
  day.dataset.name = kind === "rest" || kind === "work" ? called : "";
  day.setAttribute("aria-label", [day.dataset.spoken, WORDS[kind], day.dataset.name].filter(Boolean).join(" "));
}

// A working day cannot become a make-up day, so it knows two states; a weekend knows three.
function turn(day) {
  const round = onWeekend(day)
    ? { weekend: "rest", rest: "work", work: "weekend" }
    : { day: "rest", rest: "day", work: "day" };
  const next = round[kindOf(day)];
  mark(day, next, kindOf(day) === "rest" ? day.dataset.name : name.value);
  write();
}

function write() {
  lines.value = days
    .filter((day) => ["rest", "work"].includes(kindOf(day)))
    .map((day) => `${day.dataset.day},${kindOf(day) === "work" ? "班" : "休"},${day.dataset.name}`)
    .join("\n");
}

function read() {
  const wanted = new Map(
    lines.value
      .split("\n")
      .map((line) => line.split(/[,，\t]/).map((cell) => cell.trim()))
      .map(([day, kind, called]) => [day, [kind, called ?? ""]]),
  );
  for (const day of days) {
    const [kind, called] = wanted.get(day.dataset.day) ?? ["", ""];
    mark(day, kind === "班" ? "work" : kind === "休" ? "rest" : onWeekend(day) ? "weekend" : "day", called);
  }
}

function go(from, step) {
  const next = days[Math.min(days.length - 1, Math.max(0, days.indexOf(from) + step))];
  days.forEach((day) => (day.tabIndex = day === next ? 0 : -1));
  next.focus();
}

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -366, End: 366 };

if (days.length) {
  root.querySelectorAll("[data-scripted]").forEach((part) => (part.hidden = false));
  days[0].tabIndex = 0;
  root.addEventListener("click", (event) => {
    const day = event.target.closest("button[data-day]");
    if (!day) return;
    days.forEach((each) => (each.tabIndex = each === day ? 0 : -1));
    turn(day);
  });
  root.addEventListener("keydown", (event) => {
    const day = event.target.closest("button[data-day]");
    if (!day || !(event.key in STEPS)) return;
    event.preventDefault();
    go(day, STEPS[event.key]);
  });
  lines.addEventListener("change", read);
}
