import type { Article } from "./data.ts";

/**
 * So many clauses out of articles: each article is cut at its numbered items, and the clauses are repeated with a few
 * words left out, always the same ones, until there are enough.
 */
export function* clauses(articles: Article[], count: number): Generator<Article> {
  const own = articles.flatMap(({ id, title, text }) =>
    text
      .split(/\n(?=\s*(?:\d+\.|[a-zđ]\)))/u)
      .filter((part) => part.trim().length > 20)
      .map((part, i) => ({ id: `${id}/${i}`, title, text: part })),
  );
  for (let i = 0; i < count && own.length > 0; i++) {
    const { id, title, text } = own[i % own.length] as Article;
    const round = Math.floor(i / own.length);
    yield round === 0 ? { id, title, text } : { id: `${id}~${round}`, title, text: perturbed(text, i) };
  }
}

/** Drops every twelfth word, beginning where the seed says. */
function perturbed(text: string, seed: number): string {
  return text
    .split(" ")
    .filter((_, i) => (i + seed) % 12 !== 0)
    .join(" ");
}
