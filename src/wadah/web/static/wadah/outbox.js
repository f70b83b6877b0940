/* Weak signal: a press on +1, +10 or "all" that doesn't get through is kept on the phone and sent again, with its own
   key, so that it counts once. Without this script the form is an ordinary one. A photo goes the ordinary way. */
"use strict";
(() => {
  const STORE = "wadah-outbox";
  const box = document.querySelector("[data-outbox-told]");
  const forms = document.querySelectorAll("form[data-outbox]");
  const kept = () => JSON.parse(localStorage.getItem(STORE) || "[]");
  const keep = (letters) => localStorage.setItem(STORE, JSON.stringify(letters));
  let sending = false;

  const tell = () => {
    const count = kept().length;
    if (!box) return;
    box.hidden = count === 0;
    box.querySelector("[data-count]").textContent = count;
  };

  const send = async () => {
    if (sending) return;
    sending = true;
    let arrived = 0;
    let refused = "";
    try {
      for (let letters = kept(); letters.length; letters = kept()) {
        const [first, ...rest] = letters;
        const token = document.querySelector("[name=csrfmiddlewaretoken]");
        const body = new URLSearchParams(first.body);
        if (token) body.set("csrfmiddlewaretoken", token.value);
        const answer = await fetch(first.url, { method: "POST", body, signal: AbortSignal.timeout(15000) });
        if (answer.status >= 500 || new URL(answer.url).pathname.startsWith("/masuk")) break;
        keep(rest);
        if (answer.ok) arrived += 1;
        else refused = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main")?.innerText || "";
      }
    } catch (lost) {
      /* no signal: what is kept stays kept */
    }
    sending = false;
    tell();
    if (refused) {
      const words = document.querySelector("[data-outbox-refused]");
      words.hidden = false;
      words.append(" " + refused);
    } else if (arrived) location.reload();
  };

  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      const photo = form.querySelector("[type=file]");
      if (photo && photo.files.length) return;
      event.preventDefault();
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
      if (event.submitter?.name) body.set(event.submitter.name, event.submitter.value);
      body.set("idempotency_key", Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join(""));
      keep([...kept(), { url: form.action, body: body.toString() }]);
      if (sending || !navigator.onLine) tell();
      send();
    });
  }
  addEventListener("online", send);
  tell();
  if (kept().length) send();
})();
