// Keeps on the server what is typed in a form, and says truly whether it is. Without this file a button does it.
const PAUSE = 1500; // after the last key
const AT_LEAST = 4000; // while somebody types on
const PATIENCE = 10000; // for an answer
const AGAIN = [2000, 4000, 8000, 15000, 30000]; // after a failure
const REFUSED = 60000; // a refusal is recorded, so it isn't asked for with every key
const states = new WeakMap();

document.addEventListener("input", (event) => typed(event.target.form));
document.addEventListener("submit", submitted, { capture: true }); // before the guard of unsaved words looks
addEventListener("online", tryAgain);
addEventListener("pagehide", lastWords);
addEventListener("pageshow", (event) => event.persisted && all().forEach((form) => cameBack(stateOf(form))));
document.addEventListener("visibilitychange", () => (document.hidden ? lastWords() : tryAgain()));
for (const form of all()) if ("unsaved" in form.dataset) typed(form); // it came back: its words stand nowhere else

function all() {
  return [...document.querySelectorAll("form[data-draft]")];
}

/** What was typed and what was kept are counted: they are equal when every word stands on the server. */
function stateOf(form) {
  if (!states.has(form)) {
    states.set(form, { typed: 0, kept: 0, fails: 0, since: 0, notBefore: 0, timer: 0, sending: null, sent: false });
  }
  return states.get(form);
}

function typed(form) {
  if (!form?.matches("form[data-draft]")) return;
  const state = stateOf(form);
  if (state.cameBack) renewKey(form, state);
  state.typed += 1;
  state.since ||= Date.now();
  if (state.fails) return; // its own clock is running
  tell(form, "pending");
  const due = Math.min(PAUSE, Math.max(0, state.since + AT_LEAST - Date.now()));
  plan(form, state, Math.max(due, state.notBefore - Date.now()));
}

function plan(form, state, wait) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), wait);
}

/** Sends everything but files. One at a time: what is typed meanwhile goes with the next. */
async function save(form, { keepalive = false, renewed = false } = {}) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  if (state.sending && !renewed) return keepalive ? undefined : state.sending.done;
  const upTo = state.typed;
  const cancel = new AbortController();
  const patience = setTimeout(() => cancel.abort(), PATIENCE);
  state.since = 0;
  const done = fetch(address(form), {
    method: "POST",
    body: words(form),
    headers: { Accept: "application/json" },
    redirect: "manual",
    keepalive,
    signal: cancel.signal,
  })
    .then((answer) => judge(form, state, answer, upTo, renewed))
    .catch(() => fail(form, state, "offline"))
    .finally(() => {
      clearTimeout(patience);
      if (state.sending?.cancel === cancel) state.sending = null;
      if (state.typed > upTo && !state.fails && !state.sent) plan(form, state, PAUSE);
    });
  state.sending = { cancel, done };
  return done;
}

async function judge(form, state, answer, upTo, renewed) {
  if (answer.type === "opaqueredirect" || answer.status === 401) return fail(form, state, "signedOut");
  if (answer.status === 403 && !renewed) return renew(form, state);
  if (answer.status === 403 || answer.status === 404) return refused(form, state, "refused");
  const told = await answer.json();
  if (answer.status === 409 && !told.sent) return refused(form, state, "other");
  if (!answer.ok && !told.sent) throw new Error(answer.status);
  state.kept = upTo;
  state.fails = state.notBefore = 0;
  if (told.sent) return;
  const here = document.querySelector("[data-present]");
  if (here && here.textContent !== told.present) here.textContent = told.present;
  if (state.typed > upTo) return;
  tell(form, "", told.status);
  if (all().every((other) => stateOf(other).typed === stateOf(other).kept)) document.dispatchEvent(new Event("wida:saved"));
}

/** After signing in again, perhaps in another tab, the page's token is out of date. Never for somebody else. */
async function renew(form, state) {
  const answer = await fetch("/drafts/ready/", { redirect: "manual" });
  if (answer.type === "opaqueredirect") return fail(form, state, "signedOut");
  const { member, token } = await answer.json();
  if (member !== form.dataset.draft) return refused(form, state, "other");
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  return save(form, { renewed: true });
}

function fail(form, state, why) {
  if (state.sent) return;
  tell(form, why);
  plan(form, state, AGAIN[Math.min(state.fails, AGAIN.length - 1)]);
  state.fails += 1;
}

function refused(form, state, why) {
  state.notBefore = Date.now() + REFUSED;
  tell(form, why);
}

function tryAgain() {
  for (const form of all()) if (stateOf(form).fails && !stateOf(form).sending) save(form);
}

/** A tab that closes or goes to the background. */
function lastWords() {
  for (const form of all()) {
    const state = stateOf(form);
    if (state.typed > state.kept && !state.sent && Date.now() >= state.notBefore) save(form, { keepalive: true });
  }
}

/** The button keeps without leaving the page. A form that can't be reached is not sent into the void. */
async function submitted(event) {
  const form = event.target;
  if (!form.matches("form[data-draft]")) return;
  const state = stateOf(form);
  const byButton = event.submitter?.name === "draft";
  if (byButton || (state.fails && state.typed > state.kept)) {
    event.preventDefault();
    if (byButton) state.typed += 1;
    await save(form);
    if (!byButton && state.typed === state.kept) form.requestSubmit(event.submitter);
    return;
  }
  clearTimeout(state.timer);
  state.sending?.cancel.abort();
  state.sent = true;
}

/** Back on a page that was sent: sent again as it was, it counts once; with other words, it is another form. */
function cameBack(state) {
  state.cameBack = state.sent;
  state.sent = false;
}

function renewKey(form, state) {
  form.elements.form_key.value = crypto.randomUUID();
  state.cameBack = false;
}

function words(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.set("draft", "keep");
  data.set("draft_for", form.dataset.draft);
  return data;
}

function address(form) {
  return new URL(form.getAttribute("action") || location.href, location.href).pathname;
}

function tell(form, why, text) {
  const line = form.querySelector("[data-saved]");
  if (!line) return;
  const words = text ?? line.dataset[why];
  line.ariaBusy = String(why === "pending"); // what lasts a second is not read aloud
  if (line.textContent !== words) line.textContent = words;
  const login = form.querySelector("[data-login]");
  if (login) login.hidden = why !== "signedOut";
}
