import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { KnowledgeFile } from "../knowledge/corpus.ts";
import type { GateFindings } from "../knowledge/gate-report.ts";
import type { Embed } from "../retrieval/retriever.ts";

/**
 * What the gate is asked: the state in force (null before the first) and the one that shall follow it, on an ISO day;
 * without `withTrials` clauses are compared and no question is asked.
 */
export type GateQuestion = {
  before: KnowledgeFile[] | null;
  after: KnowledgeFile[];
  today: string;
  withTrials: boolean;
};

/** The text that a clause's vector is made of, with the file of the clause. */
export type ClauseWords = { file: string; text: string };

/** What the child is sent, and what it sends back: it asks its parent for vectors, who alone may call a server and keep them. */
export type ToChild = { ask: GateQuestion; ownVectors: boolean } | { vectors: number[][] };
export type FromChild =
  | { clauses: ClauseWords[] }
  | { embed: string[] }
  | { findings: GateFindings }
  | { fault: string };

type Helpers = {
  /** Told once which clauses there will be, before any question is asked. */
  learn(clauses: ClauseWords[]): Promise<void>;
  /** Null where the embedded vectors are in use, which the child makes itself. */
  embed: Embed | null;
};

const PATIENCE_MS = 180_000;

/** Works the findings out in a process of its own, since hundreds of answers in ours would keep members waiting. */
export function tryInChild(question: GateQuestion, { learn, embed }: Helpers): Promise<GateFindings> {
  const child = fork(fileURLToPath(new URL("./trial-child.ts", import.meta.url)), {
    // Where tsx is found from, whatever folder the service was started in.
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    execArgv: ["--import", "tsx"],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    timeout: PATIENCE_MS,
  });
  const send = (message: ToChild) => child.connected && child.send(message);
  const answer = (vectors: Promise<number[][]>) =>
    void vectors.catch(() => []).then((made) => send({ vectors: made }));
  return new Promise<GateFindings>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      reject(new Error(`Việc kiểm tra bị ngắt (${signal ?? `mã ${code}`}).`)),
    );
    child.on("message", (message: FromChild) => {
      if ("findings" in message) resolve(message.findings);
      else if ("fault" in message) reject(new Error(message.fault));
      else if ("embed" in message) answer(embed?.(message.embed) ?? Promise.resolve([]));
      else learn(message.clauses).then(() => send({ vectors: [] }), reject);
    });
    send({ ask: question, ownVectors: embed === null });
  }).finally(() => child.kill());
}
