/** Draws the lines of the conversation. Text goes in as text, never as markup. */

const WHO = { member: "Bà con", bot: "Trợ lý tự động", staff: "Cán bộ" };
const STANDS_OUT = /(KN-[2-9A-HJ-NP-Z]{6}\b|https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/g;
const CLOCK = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh",
  hour: "2-digit",
  minute: "2-digit",
});
const DAY = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh",
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
});

/** One message. `onChoose` is called with the choice that was tapped. */
export function drawMessage({ from, text, choices = [], sentAt }, onChoose) {
  const article = make("article", `message from-${from}`);
  const bubble = make("div", "bubble");
  bubble.append(make("p", "who", WHO[from]), ...text.split("\n").map(drawLine));
  article.append(bubble);
  if (choices.length > 0) article.append(drawChoices(choices, onChoose));
  const foot = make("p", "foot");
  if (sentAt) foot.append(drawTime(new Date(sentAt)));
  article.append(foot);
  return article;
}

/** A line between two days. */
export function drawDay(sentAt) {
  return make("p", "day", dayOf(sentAt));
}

export function dayOf(sentAt) {
  return DAY.format(new Date(sentAt));
}

/** What stands below a message that is not sent yet. */
export function drawFoot(article, note, button) {
  const foot = article.querySelector(".foot");
  foot.replaceChildren(make("span", "", note));
  if (!button) return;
  const action = make("button", "again", button.label);
  action.type = "button";
  action.addEventListener("click", button.onClick);
  foot.append(" ", action);
}

/** Only the choices of the newest message may be tapped; of older ones the taken choice stays marked. */
export function closeOldChoices(log) {
  const messages = [...log.querySelectorAll(".message")];
  messages.forEach((message, i) => {
    const next = messages[i + 1];
    for (const button of message.querySelectorAll(".choices button")) {
      button.disabled = next !== undefined;
      button.classList.toggle("taken", next?.dataset.text === button.textContent);
    }
  });
}

function drawLine(line) {
  if (line.trim() === "") return make("div", "gap");
  const [, item] = /^\s*[-•–]\s+(.*)/.exec(line) ?? [];
  const p = make("p", item ? "item" : /^\s*(?:căn cứ|cũng theo): /i.test(line) ? "basis" : "");
  (item ?? line).split(STANDS_OUT).forEach((piece, i) => {
    p.append(i % 2 === 0 ? piece : make("span", piece.startsWith("KN-") ? "code" : "address", piece));
  });
  return p;
}

function drawChoices(choices, onChoose) {
  const group = make("div", "choices");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Chọn một câu trả lời");
  for (const choice of choices) {
    const button = make("button", "", choice);
    button.type = "button";
    button.addEventListener("click", () => onChoose(choice));
    group.append(button);
  }
  return group;
}

function drawTime(date) {
  const time = make("time", "", CLOCK.format(date));
  time.dateTime = date.toISOString();
  return time;
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}
