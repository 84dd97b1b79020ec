// A Telegram bot as tutorials build it: a webhook whose handler answers at once, LangChain retrieval, a log in PostgreSQL.
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { BM25Retriever } from "@langchain/community/retrievers/bm25";
import { HNSWLib } from "@langchain/community/vectorstores/hnswlib";
import { Document } from "@langchain/core/documents";
import { Embeddings } from "@langchain/core/embeddings";
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";
import { Bot, webhookCallback } from "grammy";
import pg from "pg";

const { BOT_TOKEN, API_ROOT, WEBHOOK_SECRET, DATABASE_URL, DOCUMENTS } = process.env;
const FOUND = 4;
const DIMENSIONS = 256;

/** Words hashed into a vector, where a tutorial calls a paid service: nothing here may wait for a network. */
class HashedWords extends Embeddings {
  async embedDocuments(texts) {
    return texts.map(vectorOf);
  }
  async embedQuery(text) {
    return vectorOf(text);
  }
}

function vectorOf(text) {
  const vector = new Array(DIMENSIONS).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    let hash = 0;
    for (const letter of word) hash = (hash * 31 + letter.codePointAt(0)) >>> 0;
    vector[hash % DIMENSIONS] += 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

async function readDocuments(folder) {
  const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 1000, chunkOverlap: 100 });
  const files = readdirSync(folder).filter((name) => name.endsWith(".md"));
  const whole = files.map(
    (source) =>
      new Document({ pageContent: readFileSync(join(folder, source), "utf8"), metadata: { source } }),
  );
  return splitter.splitDocuments(whole);
}

const documents = await readDocuments(DOCUMENTS);
const bm25 = BM25Retriever.fromDocuments(documents, { k: FOUND });
const store = await HNSWLib.fromDocuments(documents, new HashedWords({}));

const pool = new pg.Pool({ connectionString: DATABASE_URL });
await pool.query(
  `create table if not exists chat_log (
     id bigserial primary key, chat_id bigint not null, role text not null, text text not null, at timestamptz default now())`,
);
const log = (chatId, role, text) =>
  pool.query("insert into chat_log (chat_id, role, text) values ($1, $2, $3)", [chatId, role, text]);

/** Reciprocal rank fusion of the two lists, as ensemble retrievers do it. */
async function search(question) {
  const lists = await Promise.all([bm25.invoke(question), store.similaritySearch(question, FOUND)]);
  const scores = new Map();
  for (const list of lists)
    for (const [rank, { pageContent, metadata }] of list.entries()) {
      const known = scores.get(pageContent) ?? { pageContent, metadata, score: 0 };
      scores.set(pageContent, { ...known, score: known.score + 1 / (60 + rank) });
    }
  return [...scores.values()].sort((a, b) => b.score - a.score)[0];
}

const bot = new Bot(BOT_TOKEN, { client: { apiRoot: API_ROOT } });
bot.on("message:text", async (ctx) => {
  await log(ctx.chat.id, "member", ctx.message.text);
  await ctx.replyWithChatAction("typing");
  const best = await search(ctx.message.text);
  const answer = best ? `${best.pageContent}\n\n(${best.metadata.source})` : "Xin lỗi, tôi không tìm thấy.";
  await ctx.reply(answer);
  await log(ctx.chat.id, "bot", answer);
});
bot.catch(({ error }) => console.error(error.message));
await bot.init();

const handle = webhookCallback(bot, "http", { secretToken: WEBHOOK_SECRET });
const server = createServer((request, response) => {
  handle(request, response).catch(() => response.headersSent || response.writeHead(500).end());
});
server.listen(0, "127.0.0.1", () => console.log(`ready ${server.address().port}`));
