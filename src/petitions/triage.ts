import type { Topic } from "../knowledge/catalog.ts";
import type { TopicId } from "../knowledge/document.ts";
import { trainClassifier } from "../text/classifier.ts";
import { fold } from "../text/fold.ts";
import { syllables } from "../text/syllables.ts";
import type { Stance } from "./petition.ts";

/** A first guess at what a petition is and what it is about; staff confirm or correct it. */
export type Triage = (content: string) => { stance: Stance; topic: TopicId };

const AGREES = /\b(dong tinh|dong thuan|dong y|nhat tri|ung ho|tan thanh|hoan nghenh|phan khoi)\b/;
const BUT = /\b(nhung|tuy nhien|song|mac du vay|rieng|chi mong|con viec)\b/;
const PROPOSES = /\b(de xuat|nen|hien ke|gop y|theo toi thi|sao khong)\b/;
const REPORTS =
  /\b(phan anh|to cao|khieu nai|buc xuc|lam kho|gay kho|phien ha|cham|tre|hu|sat lo|xuong cap|o nhiem|gia mao|ep gia|bo coc|chua thay|chua tra loi|khong ai|lam lo|hoai|tham o|khong minh bach|lan chiem|no tien)\b/;
const ASKS =
  /\b(kien nghi|de nghi|xin|mong|can|nho|yeu cau|nguyen vong|ho tro|cap|giup|dau tu|xay dung|mo lop|tao dieu kien)\b/;

/** Learns the topics from their sample phrases. */
export function createTriage(topics: Topic[], expand: (text: string) => string): Triage {
  const ids = topics.map((topic) => topic.id);
  const classify = trainClassifier(
    ids,
    topics.flatMap((topic) =>
      [topic.name, topic.description, ...topic.phrases].map((text) => ({ label: topic.id, features: features(expand(text)) })),
    ),
  );
  return (content) => {
    const chances = classify(features(expand(content)));
    const topic = ids.reduce((best, id) => (chances[id] > chances[best] ? id : best), ids[0] ?? "khac");
    return { stance: stanceOf(fold(content)), topic };
  };
}

/** Agreement with a "but" takes the stance of what follows the "but" when that asks for something. */
function stanceOf(plain: string): Stance {
  if (AGREES.test(plain)) {
    const reservation = plain.slice(BUT.exec(plain)?.index ?? plain.length);
    return REPORTS.test(reservation) || ASKS.test(reservation) || PROPOSES.test(reservation)
      ? stanceOf(reservation.replace(AGREES, ""))
      : "dong-thuan";
  }
  if (/\bde xuat\b/.test(plain)) return "de-xuat";
  if (/\b(kien nghi|de nghi|xin)\b/.test(plain)) return "kien-nghi";
  if (REPORTS.test(plain)) return "phan-anh";
  return PROPOSES.test(plain) && !ASKS.test(plain) ? "de-xuat" : "kien-nghi";
}

function features(text: string): string[] {
  const words = syllables(text).map((word) => word.plain);
  return ["*", ...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)];
}
