import { mend, openComposer } from "./composer.js";
import { closeOldChoices, dayOf, drawDay, drawFoot, drawMessage } from "./message.js";
import { createOutbox, fetchAfter, post } from "./outbox.js";
import { isAtEnd, toEnd, toStartOf } from "./scrolling.js";

/** Most answers are there within a moment; one that is not is asked after less and less often. */
const AT_ONCE_MS = 200;
const FAST_MS = 700;
const SLOW_MS = 4_000;
const AFTER_FAILURE_MS = 5_000;
/** So long an answer is waited for with the dots shown; after that it may take a person. */
const PATIENCE_MS = 30_000;
/** An answer may come in several messages. */
const SETTLE_MS = 3_000;
const DISCONNECTED = "Mất kết nối. Trang sẽ tự thử lại, bà con không cần gõ lại.";

const find = (id) => document.getElementById(id);
const log = find("log");

const outbox = createOutbox();
const unsent = new Map();
let newestId = 0;
let newestDay = "";
let isAwaiting = false;
let lastNews = 0;
let timer = null;
let isWorking = false;
let isCalled = false;

/** One round: send what waits, then read what is new. Rounds never overlap, so a line is never drawn twice. */
async function round() {
  if (isWorking) {
    isCalled = true;
    return;
  }
  clearTimeout(timer);
  isWorking = true;
  const fault = await exchange().catch(() => DISCONNECTED);
  isWorking = false;
  showState(fault);
  if (isCalled) {
    isCalled = false;
    void round();
  } else if (!document.hidden) {
    timer = setTimeout(round, pause(fault));
  }
}

/** Returns what stands in the way, in words, or null. Answers are read also where nothing can be sent. */
async function exchange() {
  const unsentReason = await sendWaiting();
  return (await readNew()) ?? unsentReason;
}

function pause(fault) {
  if (fault) return AFTER_FAILURE_MS;
  const silence = Date.now() - lastNews;
  if (isAwaiting && silence < FAST_MS) return AT_ONCE_MS;
  return silence < (isAwaiting ? PATIENCE_MS : SETTLE_MS) ? FAST_MS : SLOW_MS;
}

/** Returns why a message is still waiting, in words, or null. */
async function sendWaiting() {
  while (outbox.waiting.length > 0) {
    const letter = outbox.waiting[0];
    const article = unsent.get(letter.clientId);
    drawFoot(article, "đang gửi…");
    const result = await post(letter);
    if (result.later !== undefined) {
      drawFoot(article, "chưa gửi được –", { label: "thử lại", onClick: () => void round() });
      return result.later ?? DISCONNECTED;
    }
    outbox.remove(letter);
    if (result.refused === undefined) markSent(letter, article, result.id);
    else markRefused(letter, article, result.refused);
    lastNews = Date.now();
  }
  return null;
}

/** Its place in the conversation is given when it is read back; when it was read already, that line stands for it. */
function markSent(letter, article, id) {
  article.dataset.id = id;
  drawFoot(article, "đã gửi");
  if (id > newestId) return;
  unsent.delete(letter.clientId);
  article.remove();
}

function markRefused(letter, article, reason) {
  unsent.delete(letter.clientId);
  drawFoot(article, reason ?? "không gửi được –", {
    label: "sửa lại",
    onClick: () => takeBack(letter, article),
  });
}

function takeBack(letter, article) {
  article.remove();
  closeOldChoices(log);
  mend(letter.text);
}

/** Returns why nothing could be read, in words, or null. */
async function readNew() {
  for (;;) {
    const isFirst = newestId === 0;
    const messages = await fetchAfter(newestId);
    if (messages === null) return DISCONNECTED;
    if (messages.length === 0) return null;
    const wasAtEnd = isAtEnd();
    const articles = messages.map(show);
    lastNews = Date.now();
    closeOldChoices(log);
    const answer = articles.find((article) => !article.matches(".from-member"));
    if (wasAtEnd) toStartOf(isFirst ? articles.at(-1) : (answer ?? articles.at(-1)));
  }
}

function show(message) {
  const own = message.from === "member" ? ownArticle(message) : null;
  const article = drawMessage(message, send);
  article.dataset.text = message.text;
  const day = dayOf(message.sentAt);
  const fresh = day === newestDay ? [article] : [drawDay(message.sentAt), article];
  own?.remove();
  const firstUnsent = log.querySelector(".unsent");
  for (const element of fresh) log.insertBefore(element, firstUnsent);
  newestDay = day;
  newestId = message.id;
  isAwaiting = message.from === "member";
  return article;
}

/** The article that stood in for a message until the server told it; also when the answer to its sending was lost. */
function ownArticle(message) {
  for (const [clientId, article] of unsent) {
    if (article.dataset.id !== String(message.id) && article.dataset.text !== message.text) continue;
    unsent.delete(clientId);
    const letter = outbox.waiting.find((each) => each.clientId === clientId);
    if (letter) outbox.remove(letter);
    return article;
  }
  return null;
}

function send(content) {
  showUnsent(outbox.add(content));
  closeOldChoices(log);
  toEnd();
  void round();
}

function showUnsent(letter) {
  const article = drawMessage({ from: "member", text: letter.text });
  article.classList.add("unsent");
  article.dataset.text = letter.text;
  drawFoot(article, "đang gửi…");
  unsent.set(letter.clientId, article);
  log.append(article);
}

function showState(fault) {
  const isEmpty = log.childElementCount === 0;
  const isPatient = Date.now() - lastNews < PATIENCE_MS;
  const isTyping = !fault && isAwaiting && isPatient;
  const wasAtEnd = isAtEnd();
  find("welcome").hidden = !isEmpty;
  find("typing").hidden = !isTyping;
  say(fault ?? stateInWords(isTyping));
  if (wasAtEnd && !isEmpty) toEnd();
}

function stateInWords(isTyping) {
  if (isTyping) return "Trợ lý đang tìm câu trả lời…";
  if (isAwaiting) return "Tin đã đến nơi. Câu trả lời sẽ hiện ở đây, bà con có thể quay lại sau.";
  return "";
}

function say(words) {
  const status = find("status");
  if (status.textContent !== words) status.textContent = words;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-send]");
  if (button) send(button.dataset.send);
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else void round();
});
addEventListener("online", () => void round());

openComposer(send);
outbox.waiting.forEach(showUnsent);
void round();
