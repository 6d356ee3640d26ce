// A hall's machines: the scanner's field keeps the focus, pages find home by themselves, the screen may speak.

const all = (selector) => [...document.querySelectorAll(selector)];

// clock of the machine, for decoration only
const clocks = all("[data-clock]");
const tick = () => {
  const now = new Date();
  const text = now.toLocaleTimeString("zh-CN", {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: "Asia/Shanghai",
  });
  clocks.forEach((clock) => (clock.textContent = text));
};
if (clocks.length) {
  tick();
  setInterval(tick, 5000);
}

document.querySelector("[data-focus]")?.focus();

// QR scanners type like a keyboard: whatever nobody else takes goes to their field.
const scan = document.querySelector("[data-scan]");
document.addEventListener("keydown", (event) => {
  if (!scan || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (
    event.target.closest("input, textarea, select") ||
    (event.key === " " && event.target.closest("button, a, summary"))
  )
    return;
  scan.focus();
});

// Back to the first page when nobody goes on; every touch begins the time anew.
const home = document.querySelector("[data-return]");
if (home) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.assign(home.dataset.returnTo), Number(home.dataset.return) * 1000);
  };
  ["pointerdown", "keydown"].forEach((kind) => document.addEventListener(kind, wait));
  wait();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => all("[data-sent]").forEach((form) => delete form.dataset.sent));

// voice: only after somebody asked for it, and never the only sign
const voice = document.querySelector("[data-voice]");
let speaking = false;
let spoken = new Set(all("[data-call]").map((row) => row.dataset.call));
voice?.addEventListener("click", () => {
  speaking = !speaking && "speechSynthesis" in window;
  voice.setAttribute("aria-pressed", String(speaking));
  voice.querySelector("span").textContent = speaking ? "关闭语音" : "打开语音";
  if (speaking) say("语音叫号已打开");
  else window.speechSynthesis?.cancel();
});

function say(words) {
  const utterance = new SpeechSynthesisUtterance(words);
  utterance.lang = "zh-CN";
  window.speechSynthesis.speak(utterance);
}

function announce() {
  const rows = all("[data-call]").reverse();
  rows.forEach((row) => {
    if (speaking && !spoken.has(row.dataset.call)) {
      const [number, counter] = row.dataset.call.split("|");
      say(`请${[...number].join(" ")}号，到${counter}号窗口`);
    }
  });
  spoken = new Set(rows.map((row) => row.dataset.call));
}

// the live board: left alone while nothing changed, and honest when the network is away
const offline = document.querySelector("[data-offline]");
let shown = "";
let seen = new Date();
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr || event.detail.xhr.status !== 200) return;
  const text = event.detail.xhr.responseText;
  if (text === shown) event.detail.shouldSwap = false;
  shown = text;
});
document.addEventListener("htmx:afterSwap", announce);
document.addEventListener("htmx:afterRequest", (event) => {
  if (!offline) return;
  if (event.detail.successful) seen = new Date();
  else
    offline.querySelector("[data-since]").textContent = seen.toLocaleTimeString("zh-CN", {
      hour12: false,
      timeZone: "Asia/Shanghai",
    });
  offline.hidden = event.detail.successful;
});
