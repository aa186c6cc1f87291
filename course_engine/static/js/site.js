/* What a page gains with scripts; without them everything works by plain forms and links. */
"use strict";

const all = (query, root = document) => [...root.querySelectorAll(query)];
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const page = async (answer) => new DOMParser().parseFromString(await (await answer).text(), "text/html");
const make = (tag, given) => Object.assign(document.createElement(tag), given);
const isTick = (field) => /radio|checkbox/.test(field.type);
const keepers = [];

/* What is not stored yet is kept in this tab; a forbidden or full storage is no reason to stop. */
function drafts(use) {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}

/* A place whose words are read aloud. */
function voice(after) {
  const place = make("span", { className: "unseen", role: "status" });
  after?.after(place);
  return place;
}

class Keeper {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.autosave;
    this.key = `draft:${this.address}`;
    this.changed = new Map();
    this.failures = 0;
    this.spoken = 0;
    this.place = document.querySelector(`[data-save-state="${form.id}"]`);
    this.voice = voice(this.place);
    form.addEventListener("input", ({ target }) => this.note(target));
    form.addEventListener("focusout", ({ target }) => this.changed.has(target.name) && this.later(0));
    addEventListener("online", () => this.later(0));
    this.restore();
  }

  fields(name) {
    return all(`[name="${name}"]`, this.form);
  }

  values(name) {
    return new FormData(this.form).getAll(name);
  }

  note(field) {
    this.changed.set(field.name, (this.changed.get(field.name) ?? 0) + 1);
    this.stuck = false;
    this.remember();
    this.count();
    this.later(/text/.test(field.type) ? 600 : 0);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  remember() {
    const draft = [...this.changed.keys()].map((name) => [name, this.values(name)]);
    drafts((store) => (draft.length ? store.setItem(this.key, JSON.stringify(draft)) : store.removeItem(this.key)));
  }

  restore() {
    for (const [name, values] of drafts((store) => JSON.parse(store.getItem(this.key))) ?? []) {
      const fields = this.fields(name);
      if (`${this.values(name)}` === `${values}`) continue;
      fields.forEach((field, place) => {
        if (isTick(field)) field.checked = values.includes(field.value);
        else field.value = values[place] ?? "";
      });
      this.changed.set(name, 1);
    }
    this.remember();
    if (!this.changed.size) return;
    this.say("restored", "", true);
    this.later(600);
  }

  async send() {
    if (this.leaving || !this.changed.size) return;
    this.sending ??= this.deliver();
    await this.sending;
    this.sending = null;
    if (!this.changed.size || this.stuck) return;
    this.later(this.failures ? Math.min(30000, 1000 * 2 ** this.failures) : 0);
  }

  async deliver(renewed = false) {
    const sent = new Map(this.changed);
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (sent.has(name.replace(/^seen-/, "q-")) || name === "csrf_token") body.append(name, value);
    }
    if (!this.failures) this.say("saving");
    let answer;
    let told = {}; /* No answer is a failure like any other. */
    try {
      const keepalive = `${body}`.length < 60000; /* Only small requests may outlive their page. */
      answer = await fetch(this.address, { method: "POST", body, keepalive, headers: { Accept: "application/json" } });
      told = await answer.json();
    } catch {}
    if (answer?.ok && told.saved_at_text) return this.stored(sent, told);
    const status = answer?.status ?? 0;
    if (status === 400 && !renewed && (await this.renew())) return this.deliver(true);
    this.failures += 1;
    this.stuck = status > 401 && status < 500 && status !== 429;
    const what = status === 401 ? "signedOut" : this.stuck ? "refused" : "failed";
    this.say(what, told.explanation, this.failures === 1);
    if (status !== 401 || !told.sign_in) return;
    this.place?.append(" ", make("a", { href: told.sign_in, target: "_blank", textContent: this.place.dataset.signIn }));
  }

  stored(sent, told) {
    const aloud = this.failures > 0 || Date.now() - this.spoken > 60000;
    this.failures = 0;
    /* What was changed again meanwhile stays to be sent. */
    for (const [name, version] of sent) if (this.changed.get(name) === version) this.changed.delete(name);
    for (const [id, seen] of Object.entries(told.seen ?? {})) {
      this.fields(`seen-${id}`).forEach((field) => (field.value = seen));
    }
    this.remember();
    /* A coordinator may have given more time meanwhile. */
    if (told.seconds_left != null) document.querySelector("[data-seconds]")?.tell?.(told.seconds_left, told.deadline_text);
    this.say("saved", told.saved_at_text, aloud);
  }

  /* Signing in again makes a new token: a fresh copy of this page has it. */
  async renew() {
    try {
      const fresh = (await page(fetch(location.href))).querySelector("[name=csrf_token]");
      if (fresh.value === this.form.elements.csrf_token.value) return false;
      all("[name=csrf_token]").forEach((field) => (field.value = fresh.value));
      return true;
    } catch {
      return false;
    }
  }

  say(what, more = "", aloud = false) {
    if (!this.place) return;
    this.place.textContent = `${this.place.dataset[what]} ${more}`;
    this.place.classList.toggle("savestate--trouble", this.failures > 0);
    if (!aloud) return;
    this.spoken = Date.now();
    this.voice.textContent = this.place.textContent;
  }

  count() {
    const bar = document.querySelector("[data-answered]");
    if (!bar) return;
    bar.value = all(".question").filter((question) => {
      const fields = all("input:not([type=hidden]), select, textarea", question);
      return fields.some(isTick) ? fields.some((field) => field.checked) : fields.every((field) => field.value.trim());
    }).length;
    document.querySelector("[data-answered-text]").textContent = bar.value;
  }
}

/* Whoever goes on while something is being saved waits for it, three seconds at most. */
const unsaved = () => keepers.filter((keeper) => keeper.changed.size && !keeper.leaving);
const sendable = (besides) => unsaved().filter((keeper) => !keeper.stuck && keeper.form !== besides);
const settled = (waiting) => Promise.race([Promise.all(waiting.map((keeper) => keeper.send())), pause(3000)]);

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  const waiting = sendable();
  if (!link || !waiting.length || link.target || event.ctrlKey || event.metaKey) return;
  if (link.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  await settled(waiting);
  location.assign(link.href);
});

/* A form is sent once. Its button is marked and not disabled, so that its value goes along. */
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  const waiting = form.dataset.settled ? [] : sendable(form);
  if (form.dataset.sent || waiting.length || form.dataset.swap) event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  submitter?.setAttribute("aria-disabled", "true");
  if (waiting.length) {
    await settled(waiting);
    form.dataset.settled = "yes";
    delete form.dataset.sent;
    return form.requestSubmit(submitter);
  }
  if ("forget" in form.dataset) drafts((store) => store.clear());
  if (form.dataset.swap) await swap(form, submitter);
  else {
    keepers.forEach((keeper) => (keeper.leaving ||= keeper.form === form));
    await pause(8000);
  }
  release(form);
});

function release(form) {
  delete form.dataset.sent;
  all("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  keepers.forEach((keeper) => (keeper.leaving = false));
}

async function swap(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  try {
    const next = await page(fetch(form.action, { method: "POST", body }));
    const fresh = next.getElementById(form.dataset.swap);
    fresh.prepend(...all(".flashes", next));
    document.getElementById(form.dataset.swap).replaceWith(fresh);
    (fresh.querySelector("[tabindex='-1']") ?? fresh).focus();
  } catch {
    form.submit();
  }
}

addEventListener("pageshow", (event) => event.persisted && all("form[data-sent]").forEach(release));
addEventListener("beforeunload", (event) => unsaved().length && event.preventDefault());
/* Leaving a page saves it; coming back to it, from signing in again for one, tries once more. */
for (const turn of ["visibilitychange", "focus"]) addEventListener(turn, () => sendable().forEach((keeper) => keeper.send()));

function close({ key, target }) {
  for (const menu of all("details[data-menu][open]")) {
    if (key === "Escape" && menu.contains(target)) menu.querySelector("summary").focus();
    if (key === "Escape" || (!key && !menu.contains(target))) menu.open = false;
  }
}

for (const happening of ["click", "focusin", "keydown"]) document.addEventListener(happening, close);

/* How much time is left is what the server said, so a wrong clock here changes nothing. Read aloud
   when ten minutes are left, five, and one, in whole minutes. In the last seconds what is on the page is saved. */
async function countDown(box) {
  const { seconds, left: phrase, over } = box.dataset;
  const words = document.querySelector("[data-time]");
  const aloud = voice(box);
  const minutes = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay: "long" });
  const until = box.querySelector("[data-until]");
  box.tell = (more, words) => ([box.end, until.textContent] = [Date.now() + 1000 * more, words]);
  box.tell(Number(seconds), until.textContent);
  for (let left = Infinity, last; left > -2; await pause(1000)) {
    [last, left] = [left, Math.round((box.end - Date.now()) / 1000)];
    const time = left > 300 ? minutes.format(Math.ceil(left / 60)) : `${Math.floor(left / 60)}:${`${left % 60}`.padStart(2, "0")}`;
    words.textContent = left < 0 ? over : phrase.replace("{time}", time);
    if ([600, 300, 60].some((mark) => left <= mark && last > mark && last < Infinity)) aloud.textContent = phrase.replace("{time}", minutes.format(Math.ceil(left / 60)));
    if (left === -1) aloud.textContent = over;
    if (left <= 4) sendable().forEach((keeper) => keeper.later(0));
  }
  await finish(box.dataset.close);
}

/* Whatever was typed last is stored by now; the server says where to go on, and grades once. */
async function finish(address) {
  for (;; await pause(5000)) {
    const body = new URLSearchParams({ csrf_token: document.querySelector("[name=csrf_token]").value });
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (!told.go_to && !told.sign_in) continue;
      keepers.forEach((keeper) => (keeper.leaving = true));
      return location.assign(told.go_to ?? location.href);
    } catch {}
  }
}

/* Work that goes on without this page: how far it is, asked again every four seconds while it is seen. */
async function follow(box) {
  while (box && "refresh" in box.dataset) {
    await pause(4000);
    if (document.hidden || box.contains(document.activeElement)) continue;
    try {
      const fresh = (await page(fetch(location.href))).getElementById(box.id);
      box.replaceWith(fresh);
      box = fresh;
    } catch {}
  }
}

document.documentElement.classList.add("scripted");
all("[data-refresh]").forEach(follow);
for (const form of all("form[data-autosave]")) keepers.push(new Keeper(form));
all("[data-seconds]").forEach(countDown);
document.querySelector("[data-focus]")?.focus();
for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
