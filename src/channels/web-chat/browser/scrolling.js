/** The part of the page that scrolls. New lines move it only for who is at its end. */

const scroll = document.getElementById("scroll");
const NEAR = 80;
const ROOM_ABOVE = 12;

export function isAtEnd() {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
}

export function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
}

/** As far down as the first line of a message allows: a long answer is read from its start. */
export function toStartOf(article) {
  toEnd();
  const above = scroll.getBoundingClientRect().top - article.getBoundingClientRect().top;
  if (above > 0) scroll.scrollTop -= above + ROOM_ABOVE;
}
