/** Where the member writes: grows with the text, Enter sends, Shift + Enter begins a line. */

const MAX_LENGTH = 4000;

const form = document.getElementById("composer");
const text = document.getElementById("text");
const tooLong = document.getElementById("too-long");

export function openComposer(send) {
  function submit(event) {
    event.preventDefault();
    const content = text.value.trim();
    if (content === "" || content.length > MAX_LENGTH) return text.focus();
    put("");
    send(content);
  }

  form.addEventListener("submit", submit);
  text.addEventListener("input", follow);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  form.hidden = false;
}

/** Puts a text back that could not be sent, to be mended. */
export function mend(content) {
  put(content);
  text.focus();
}

function put(content) {
  text.value = content;
  follow();
}

function follow() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
  const { length } = text.value.trim();
  tooLong.hidden = length <= MAX_LENGTH;
  tooLong.textContent = tooLong.hidden
    ? ""
    : `Tin dài ${length} ký tự, nhiều nhất là ${MAX_LENGTH}. Bà con chia thành vài tin giúp nhé.`;
}
