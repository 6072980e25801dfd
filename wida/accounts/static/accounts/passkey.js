// Passkeys: asks the browser for one, or to use one, and sends what it says with the form. Nothing else needs a script.

const credential = document.getElementById("passkey_credential");
const form = credential.form;
const make = credential.dataset.passkeyCreate;
const use = form.dataset.passkeyGet;

form.addEventListener("submit", async (event) => {
  if (credential.value) return;
  event.preventDefault();
  try {
    const made = make
      ? await webauthnJSON.create(JSON.parse(make).creation_options)
      : await webauthnJSON.get(JSON.parse(use).request_options);
    credential.value = JSON.stringify(made);
  } catch {
    credential.value = "{}"; // stopped or refused: the server says what to do next
  }
  form.submit();
});
