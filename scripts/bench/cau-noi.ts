import { createLexical } from "../../src/retrieval/lexical.ts";
import { trainRestore } from "../../src/text/restore.ts";
import { syllables } from "../../src/text/syllables.ts";
import type { System } from "./system.ts";

/** The index and the restorer of the product, as its retriever uses them. */
export const cauNoi: System = {
  name: "cau-noi",
  about: "âm tiết và cặp âm tiết, khôi phục dấu, so gần từng dòng",
  async load() {
    return async (articles) => {
      const restore = await trainRestore(textsOf(articles));
      const index = await createLexical(articles);
      const ids = articles.map(({ id }) => id);
      return {
        search: (question, limit) =>
          index.search(restore(syllables(question)).flat(), limit).map(({ entry }) => ids[entry] as string),
      };
    };
  },
};

function* textsOf(articles: { title: string; text: string }[]): Generator<string> {
  for (const { title, text } of articles) yield `${title}\n${text}`;
}
