import type { Article } from "./article.ts";
import { PETITION_ARTICLES } from "./petition-articles.ts";
import { SERVICE_ARTICLES } from "./service-articles.ts";

export const ARTICLES: readonly Article[] = [...PETITION_ARTICLES, ...SERVICE_ARTICLES];

const HELP = "/console/help";

/** Where an article is read. */
export function articleAddress({ slug }: Pick<Article, "slug">): string {
  return `${HELP}/${slug}`;
}

/** The help that fits a page: the article that explains it, or the list of all. */
export function helpFor(path: string): string {
  const article = ARTICLES.find(({ explains }) => explains.some((start) => path.startsWith(start)));
  return article ? articleAddress(article) : HELP;
}
