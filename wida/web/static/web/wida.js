// Small comforts. Every page works without this file.
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const narrow = matchMedia("(max-width: 63.99rem)");

document.documentElement.classList.add("js");
menusThatClose();
shortcuts();
warningForUnsavedWords();
narrow.addEventListener("change", sidesOpenWhereThereIsRoom);
dress();

/** What has to be done for each page that comes to stand in this window. */
function dress() {
  tabsBehindOneButton();
  sidesOpenWhereThereIsRoom();
  progressOfUploads();
  document.getElementById("error-summary")?.focus(); // the faults are read first
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
  for (const side of all("details[data-side]")) {
    side.open = !narrow.matches;
    side.querySelector("summary").tabIndex = narrow.matches ? 0 : -1;
  }
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
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-guard]") && !event.defaultPrevented) unsaved = false;
  });
  document.addEventListener("wida:saved", () => (unsaved = false));
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}

/** A form with files shows how far they are. The answer takes the place of the page, as it does without script. */
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
  bar.setAttribute("aria-label", form.dataset.progress);
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  box.append(bar, words);
  form.append(box);
  box.scrollIntoView({ block: "nearest" });
  return (percent) => {
    bar.value = percent;
    // Said in steps of a quarter: a screen reader should not count to a hundred.
    const step = `${form.dataset.progress}: ${Math.floor(percent / 25) * 25} %`;
    if (words.textContent !== step) words.textContent = step;
  };
}

function send(form, submitter, tell) {
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) tell((100 * event.loaded) / event.total);
  });
  request.addEventListener("load", () => {
    // The redirect was followed already: loading its page again would count as a second look at the dossier.
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    if (request.responseURL !== form.action) {
      history.pushState(null, "", request.responseURL);
      addEventListener("popstate", () => location.reload(), { once: true });
    }
    document.title = answer.title;
    document.body.replaceWith(answer.body);
    scrollTo(0, 0);
    dress();
  });
  // Without an answer the plain way is tried: the browser then says itself what is wrong.
  request.addEventListener("error", () => form.submit());
  request.send(new FormData(form, submitter));
}
