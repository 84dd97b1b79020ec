import { fold } from "../../src/text/fold.ts";
import { importFrom, installPeer } from "./peer-packages.ts";
import { postgres } from "./postgres.ts";
import type { System } from "./system.ts";

// biome-ignore lint/suspicious/noExplicitAny: the peers' own types are not installed with the product.
type Foreign = any;

const both = ({ title, text }: { title: string; text: string }) => `${title}\n${text}`;
const words = (text: string) => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

const flexsearch: System = {
  name: "flexsearch",
  about: "FlexSearch 0.8, ngữ cảnh sâu 2",
  async load() {
    const loaded = (await importFrom(await installPeer({ flexsearch: "0.8.212" }), "flexsearch")) as Foreign;
    return async (articles) => {
      const { Index } = loaded.default ?? loaded;
      const index = new Index({
        tokenize: "strict",
        resolution: 9,
        context: { depth: 2, resolution: 9, bidirectional: false },
        encode: (text: string) => words(fold(text)),
      });
      articles.forEach((article, i) => {
        index.add(i, both(article));
      });
      return {
        search: (question, limit) =>
          index.search(question, { limit, suggest: true }).map((at: number) => articles[at]?.id as string),
      };
    };
  },
};

function minisearch(name: string, about: string, processTerm: ((term: string) => string) | null): System {
  return {
    name,
    about,
    async load() {
      const loaded = (await importFrom(await installPeer({ minisearch: "7.2.0" }), "minisearch")) as Foreign;
      const MiniSearch = loaded.default ?? loaded;
      return async (articles) => {
        const index = new MiniSearch({ fields: ["title", "text"], ...(processTerm ? { processTerm } : {}) });
        index.addAll(articles);
        return {
          search: (question, limit) =>
            index
              .search(question)
              .slice(0, limit)
              .map((hit: { id: string }) => hit.id),
        };
      };
    },
  };
}

const orama: System = {
  name: "orama",
  about: "Orama 3.1, tách từ riêng",
  async load() {
    const { create, insertMultiple, search } = (await importFrom(
      await installPeer({ "@orama/orama": "3.1.3" }),
      "@orama/orama",
    )) as Foreign;
    return async (articles) => {
      const db = create({
        schema: { key: "string", title: "string", text: "string" },
        components: {
          tokenizer: {
            language: "english",
            normalizationCache: new Map(),
            tokenize: (text: string) => words(String(text).toLowerCase()),
          },
        },
      });
      await insertMultiple(
        db,
        articles.map(({ id, title, text }) => ({ key: id, title, text })),
      );
      return {
        async search(question, limit) {
          const found = await search(db, { term: question, limit, properties: ["title", "text"] });
          return found.hits.map((hit: { document: { key: string } }) => hit.document.key);
        },
      };
    };
  },
};

const langchain: System = {
  name: "langchain-bm25",
  about: "BM25Retriever của LangChain, chữ thường",
  async load() {
    const folder = await installPeer({ "@langchain/community": "1.1.29", "@langchain/core": "1.4.0" });
    const { BM25Retriever } = (await importFrom(folder, "@langchain/community/retrievers/bm25")) as Foreign;
    return async (articles) => {
      const docs = articles.map((article) => ({
        pageContent: both(article).toLowerCase(),
        metadata: { id: article.id },
      }));
      return {
        async search(question, limit) {
          const found = await BM25Retriever.fromDocuments(docs, { k: limit }).invoke(question.toLowerCase());
          return found.map((one: { metadata: { id: string } }) => one.metadata.id);
        },
      };
    };
  },
};

function sqlite(name: string, about: string, diacritics: 0 | 2): System {
  return {
    name,
    about,
    async load() {
      const loaded = (await importFrom(
        await installPeer({ "node-sqlite3-wasm": "0.8.60" }),
        "node-sqlite3-wasm",
      )) as Foreign;
      return async (articles) => {
        const db = new (loaded.Database ?? loaded.default.Database)(":memory:");
        db.exec(
          `create virtual table articles using fts5(title, text, tokenize='unicode61 remove_diacritics ${diacritics}')`,
        );
        db.exec("begin");
        const insert = db.prepare("insert into articles(rowid, title, text) values (?, ?, ?)");
        articles.forEach(({ title, text }, i) => {
          insert.run([i, title, text]);
        });
        db.exec("commit");
        const select = db.prepare(
          "select rowid from articles where articles match ? order by bm25(articles) limit ?",
        );
        return {
          search: (question, limit) =>
            select
              .all([
                words(question)
                  .map((word) => `"${word}"`)
                  .join(" OR ") || '""',
                limit,
              ])
              .map((row: { rowid: number }) => articles[row.rowid]?.id as string),
        };
      };
    },
  };
}

/** The engines that people would take instead, each as its own documentation advises. */
export const PEERS: System[] = [
  flexsearch,
  minisearch("minisearch", "MiniSearch 7.2, mặc định", null),
  minisearch("minisearch-folded", "MiniSearch 7.2, bỏ dấu", fold),
  orama,
  langchain,
  sqlite("sqlite-fts5", "SQLite FTS5 bm25, giữ dấu", 0),
  sqlite("sqlite-fts5-folded", "SQLite FTS5 bm25, bỏ dấu", 2),
  postgres,
];
