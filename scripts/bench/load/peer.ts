import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { installPeer } from "../peer-packages.ts";
import type { Subject } from "./subject.ts";

const SECRET = "peer_0123456789abcdef";
const PACKAGES = {
  grammy: "1.46.0",
  pg: "8.23.1",
  "@langchain/community": "1.1.29",
  "@langchain/core": "1.4.0",
  "@langchain/textsplitters": "1.0.1",
  "hnswlib-node": "3.0.0",
};
const BOT = join(import.meta.dirname, "peer/bot.mjs");
const DOCUMENTS = join(import.meta.dirname, "../../../knowledge/documents");

/** What people would build instead, on the same documents, with packages of its own in a temporary folder. */
export const peer: Subject = {
  name: "grammy-langchain",
  about: "bot theo kiểu bài hướng dẫn: grammY trả lời ngay trong webhook, LangChain (BM25 + HNSWLib), pg",
  async start({ databaseUrl, provider }) {
    const folder = await installPeer(PACKAGES);
    const program = join(folder, "bot.mjs");
    await copyFile(BOT, program);
    const child = spawn(process.execPath, [program], {
      cwd: folder,
      env: {
        ...process.env,
        BOT_TOKEN: provider.token,
        API_ROOT: provider.apiRoot,
        WEBHOOK_SECRET: SECRET,
        DATABASE_URL: databaseUrl,
        DOCUMENTS,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = once(child, "close");
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaints = (complaints + text).slice(-600);
    });
    const said = once(child.stdout.setEncoding("utf8"), "data").then(([text]) => String(text));
    const first = await Promise.race([said, ended.then(() => "")]);
    const port = /^ready (\d+)/.exec(first)?.[1];
    if (!port) throw new Error(`Bot so sánh không khởi động được: ${complaints}`);
    return {
      pid: child.pid ?? 0,
      webhook: `http://127.0.0.1:${port}/`,
      secret: SECRET,
      open: async () => null,
      async stop() {
        child.kill("SIGKILL");
        await ended;
      },
    };
  },
};
