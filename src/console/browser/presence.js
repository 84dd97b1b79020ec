/* Tells the service every 20 seconds that this petition is open, and shows who else has it open. */
const EVERY_MS = 20_000;
const form = document.querySelector("#presence");
const notice = document.querySelector("#onlookers");

const fields = (more = {}) => new URLSearchParams({ ...Object.fromEntries(new FormData(form)), ...more });

async function tell() {
  if (document.hidden) return;
  try {
    const response = await fetch(form.action, { method: "POST", body: fields() });
    if (!response.ok) return;
    const { words } = await response.json();
    if (notice.textContent.trim() !== words) notice.textContent = words;
    notice.hidden = words === "";
  } catch {
    // The next beat tries again; what the page said when it was loaded still stands.
  }
}

if (form && notice) {
  // The page before this one, should it be the same petition's, says goodbye only after this one was made.
  void tell();
  setInterval(tell, EVERY_MS);
  document.addEventListener("visibilitychange", tell);
  addEventListener("pagehide", () => navigator.sendBeacon(form.action, fields({ leaving: "1" })));
}
