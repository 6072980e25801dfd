// Small comforts. Every page works without this file.
const root = document.documentElement;
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

root.classList.add("js");
focusOnFault();
tabsBehindOneButton();
sidesOpenWhereThereIsRoom();
menusThatClose();
shortcuts();
warningForUnsavedWords();
progressOfUploads();

/** The summary of faults is read first. */
function focusOnFault() {
  document.getElementById("error-summary")?.focus();
}

/** Below 64rem the ten tabs hide behind a button that names the current one. */
function tabsBehindOneButton() {
  for (const tabs of all("[data-tabs]")) {
    const button = tabs.querySelector("button");
    button.addEventListener("click", () => {
      button.setAttribute("aria-expanded", String(tabs.classList.toggle("tabs--open")));
    });
  }
}

/** "On this page" and the like are open beside the text, and folded above it on a phone. */
function sidesOpenWhereThereIsRoom() {
  const narrow = matchMedia("(max-width: 63.99rem)");
  const fit = () => {
    for (const side of all("details[data-side]")) {
      side.open = !narrow.matches;
      side.querySelector("summary").tabIndex = narrow.matches ? 0 : -1;
    }
  };
  fit();
  narrow.addEventListener("change", fit);
}

/** A menu closes with Escape, by a click beside it, and when the focus leaves it. */
function menusThatClose() {
  const open = () => all("details[data-menu][open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  for (const kind of ["click", "focusin"]) {
    document.addEventListener(kind, (event) => {
      for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
    });
  }
}

/** Ctrl+K (or Command+K) goes to the search box. */
function shortcuts() {
  document.addEventListener("keydown", (event) => {
    const search = document.getElementById("search");
    if (!search || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}

/** The browser asks before it throws away what was typed and not sent. A saved draft ends the question. */
function warningForUnsavedWords() {
  let unsaved = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) unsaved = true;
  });
  document.addEventListener("submit", () => (unsaved = false));
  document.addEventListener("wida:saved", () => (unsaved = false));
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}

/** A form with files shows how far they are; the answer then takes the place of the page, as without script. */
function progressOfUploads() {
  for (const form of all("form[data-progress]")) {
    form.addEventListener("submit", (event) => {
      const files = all("input[type=file]", form).flatMap((input) => [...input.files]);
      if (!files.length) return;
      event.preventDefault();
      send(form, event.submitter, showProgress(form));
    });
  }
}

function showProgress(form) {
  form.querySelector(".upload")?.remove();
  const box = document.createElement("div");
  box.className = "upload";
  const bar = document.createElement("progress");
  bar.max = 100;
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  bar.setAttribute("aria-label", form.dataset.progress || "");
  box.append(bar, words);
  form.append(box);
  box.scrollIntoView({ block: "nearest" });
  return (percent) => {
    bar.value = percent;
    // Announced in steps of a quarter: a screen reader should not count to a hundred.
    const step = `${Math.floor(percent / 25) * 25} %`;
    if (words.textContent !== step) words.textContent = step;
  };
}

function send(form, submitter, tell) {
  const data = new FormData(form, submitter);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) tell((100 * event.loaded) / event.total);
  });
  request.addEventListener("load", () => {
    if (request.status < 400 && request.responseURL) return location.assign(request.responseURL);
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    document.title = answer.title;
    document.querySelector("main").replaceWith(answer.querySelector("main"));
    focusOnFault();
    progressOfUploads();
  });
  // Without an answer the plain way is tried: the browser then says itself what is wrong.
  request.addEventListener("error", () => form.submit());
  request.send(data);
}
