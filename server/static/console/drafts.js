// Keeps what an officer has typed and not sent, so that a session that ends or a page that fails costs no words.
//
// What is typed may be about citizens. It stays in this tab's sessionStorage, which no other tab or person's window
// reads; under the key of the person and the page; until it was sent, the person logs out, somebody else logs in here,
// or the absolute end of the session, whichever comes first.
//
// A draft remembers what the server had put into each field. It is put back only where that is still so: what was
// saved meanwhile is never overwritten, the words are shown to be copied instead.

const PREFIX = "zj-draft:";
const LEFT = "zj-left";
const store = window.sessionStorage;
const session = document.getElementById("session");
const person = session?.dataset.person ?? "";
const until = Date.now() + Number(session?.dataset.atMost ?? 0) * 1000;

const keys = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));
const read = (key) => {
  try {
    return JSON.parse(store.getItem(key)) ?? {};
  } catch {
    return {};
  }
};
const write = (key, draft) => {
  try {
    store.setItem(key, JSON.stringify(draft));
  } catch {
    // A full or forbidden store: the page works as without it.
  }
};
const clear = () => keys().forEach((key) => store.removeItem(key));
const mine = () => keys().filter((key) => key.startsWith(`${PREFIX}${person}:${location.pathname}|`));

const SKIPPED = new Set(["password", "hidden", "file", "submit", "button", "reset", "image"]);
const fieldsOf = (form) =>
  [...form.elements].filter(
    (field) => field.name && !SKIPPED.has(field.type) && "value" in field && !field.hasAttribute("data-no-draft"),
  );
const ticked = (field) => field.type === "checkbox" || field.type === "radio";
const worded = (field) => field.matches("textarea, input") && !ticked(field);

const kept = (form) =>
  form instanceof HTMLFormElement &&
  form.getAttribute("method")?.toLowerCase() === "post" &&
  !form.hasAttribute("data-no-draft") &&
  form.closest("main") &&
  fieldsOf(form).length > 0;

// A form is known by its id or name; else by where it posts and what it asks. Rows added while typing change neither.
const names = new WeakMap();
function nameOf(form) {
  if (!names.has(form)) {
    const asked = new Set(fieldsOf(form).map((field) => field.name.replace(/\d+/g, "")));
    const path = new URL(form.getAttribute("action") ?? "", location.href).pathname;
    names.set(form, `${path}#${form.getAttribute("id") || form.getAttribute("name") || [...asked].join()}`);
  }
  return names.get(form);
}
function keyOf(form) {
  const alike = [...document.forms].filter((one) => kept(one) && nameOf(one) === nameOf(form));
  return `${PREFIX}${person}:${location.pathname}|${nameOf(form)}${alike.indexOf(form) || ""}`;
}

// What the server put there.
const given = (field) => {
  if (ticked(field)) return field.defaultChecked;
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value;
};
const typed = (one) => ("tick" in one ? one.tick : one.value);

function stateOf(form) {
  const seen = {};
  return fieldsOf(form).map((field) => {
    const place = (seen[field.name] = (seen[field.name] ?? -1) + 1);
    return ticked(field)
      ? { name: field.name, place, over: given(field), tick: field.checked, value: field.value }
      : { name: field.name, place, over: given(field), value: field.value, words: worded(field) };
  });
}

function labelOf(form) {
  const details = form.closest("details");
  return (details?.querySelector("summary") ?? form.querySelector("h1, h2, h3"))?.textContent.trim() ?? "";
}

function keep(form) {
  if (person && kept(form)) write(keyOf(form), { until, sent: false, label: labelOf(form), fields: stateOf(form) });
}

const find = (form, one) => {
  const named = fieldsOf(form).filter((field) => field.name === one.name);
  return "tick" in one ? named.find((field) => field.value === one.value) : named[one.place];
};

function note(form, key) {
  form.querySelector(".draft-note")?.remove();
  const line = document.createElement("p");
  line.className = "draft-note";
  line.setAttribute("role", "status");
  line.append("已恢复您没有提交的内容，请核对后提交。");
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "button small plain";
  drop.textContent = "清除";
  drop.addEventListener("click", () => {
    store.removeItem(key);
    form.reset();
    line.remove();
    fieldsOf(form)[0]?.focus();
  });
  line.append(" ", drop);
  form.prepend(line);
}

// Whether the server has put something else there since; what it gives back of the draft itself is no news.
const moved = (form, one) => {
  const field = find(form, one);
  return field && given(field) !== one.over && given(field) !== typed(one);
};

// The words of a draft that are neither what it was typed over nor what stands there now.
const unsaved = (form, draft) =>
  draft.fields
    .filter((one) => one.words && one.value.trim() && one.value !== one.over && find(form, one)?.value !== one.value)
    .map((one) => one.value);

// Puts a draft back into its form, unless that would overwrite something newer; tells which words found no place.
function restore(form, key, draft) {
  if (draft.fields.some((one) => moved(form, one))) return unsaved(form, draft);
  let changed = false;
  const left = [];
  for (const one of draft.fields) {
    const field = find(form, one);
    if (!field) {
      if (one.words && one.value.trim()) left.push(one.value);
    } else if ("tick" in one) {
      changed ||= field.checked !== one.tick;
      field.checked = one.tick;
    } else if (field.value !== one.value && (one.value || field.tagName !== "SELECT")) {
      field.value = one.value;
      changed ||= field.value === one.value;
    }
  }
  if (changed) {
    const details = form.closest("details");
    if (details) details.open = true;
    note(form, key);
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return left;
}

// Words whose form is gone, because the thing moved on meanwhile: shown, to be copied.
function showLost(lost) {
  document.getElementById("lost-drafts")?.remove();
  if (!lost.length) return;
  const box = document.createElement("section");
  box.id = "lost-drafts";
  box.className = "notice warning kept";
  box.setAttribute("aria-label", "没有提交的内容");
  const inner = document.createElement("div");
  const head = document.createElement("p");
  head.textContent = lost.some((one) => one.newer)
    ? "这里的内容后来有改动，您没有提交的文字没有填回去，可以从这里复制："
    : "这一步现在不能办理了，您没有提交的内容在这里，可以复制：";
  inner.append(head);
  for (const { label, words } of lost) {
    const area = document.createElement("textarea");
    area.readOnly = true;
    area.setAttribute("aria-label", label || "没有提交的内容");
    area.setAttribute("data-no-draft", "");
    area.value = words;
    inner.append(area);
  }
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "button small";
  drop.textContent = "不需要了，清除";
  drop.addEventListener("click", () => {
    lost.forEach(({ key }) => store.removeItem(key));
    box.remove();
    document.getElementById("main")?.focus();
  });
  inner.append(drop);
  box.append(inner);
  document.getElementById("main")?.prepend(box);
}

function restoreAll() {
  const forms = new Map([...document.forms].filter(kept).map((form) => [keyOf(form), form]));
  const lost = [];
  for (const key of mine()) {
    const draft = read(key);
    if (!draft.fields) continue;
    const form = forms.get(key);
    const words = form
      ? restore(form, key, draft)
      : draft.fields.filter((one) => one.words && one.value.trim().length > 3).map((one) => one.value);
    lost.push(...words.map((one) => ({ key, label: draft.label, words: one, newer: Boolean(form) })));
  }
  return lost;
}

function settle() {
  const status = performance.getEntriesByType("navigation")[0];
  const came = status?.type === "navigate" && (status.responseStatus ?? 200) < 400;
  const refused = document.querySelector("#notices .notice.error, .notice.error[role=alert]");
  for (const key of keys()) {
    const draft = read(key);
    const ours = person === "" || key.startsWith(`${PREFIX}${person}:`);
    if (!ours || !draft.until || draft.until < Date.now()) store.removeItem(key);
    else if (draft.sent && person && came && !refused) store.removeItem(key);
    else if (draft.sent) write(key, { ...draft, sent: false });
  }
}

settle();
window.addEventListener("storage", (event) => {
  if (event.key === LEFT) clear();
});

if (person) {
  showLost(restoreAll());

  document.addEventListener("input", (event) => {
    if (event.target.form && event.target.type !== "password") keep(event.target.form);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && kept(form) && store.getItem(keyOf(form))) keep(form);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (new URL(form.action, location.href).pathname.endsWith("/logout/")) {
      clear();
      localStorage.setItem(LEFT, String(Date.now())); // other tabs of this browser forget too
      return;
    }
    if (!kept(form) || form.hasAttribute("hx-post") || !store.getItem(keyOf(form))) return;
    keep(form);
    write(keyOf(form), { ...read(keyOf(form)), sent: true });
  });

  const asked = new WeakMap();
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt;
    if (kept(form) && event.detail.requestConfig.verb === "post") asked.set(event.detail.xhr, keyOf(form));
  });
  let done = false;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const key = asked.get(event.detail.xhr);
    done = Boolean(key) && event.detail.xhr.status < 400 && !event.detail.xhr.responseText.includes("notice error");
    if (done) store.removeItem(key);
  });
  document.addEventListener("htmx:afterSettle", () => {
    const lost = restoreAll();
    // After a success the thing has moved on: words for what is no longer possible are not needed any more.
    if (done) lost.forEach(({ key }) => store.removeItem(key));
    done = false;
  });
}
