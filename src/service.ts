import { randomInt, randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createAssistant, shorthandOf } from "./answering/assistant.ts";
import { createAssets } from "./assets.ts";
import { createChannels, webhooksOf } from "./channel-set.ts";
import { webChatRoutes } from "./channels/web-chat/routes.tsx";
import { commandRoutes } from "./commands.ts";
import type { Config } from "./config.ts";
import { firstAccount, type PrintedAccount } from "./console/first-account.ts";
import { consoleRoutes } from "./console/routes.tsx";
import { createRespond } from "./conversation/respond.ts";
import { ConversationStore } from "./db/conversations.ts";
import { type Database, openDatabase } from "./db/database.ts";
import { MessageStore } from "./db/messages.ts";
import { migrate } from "./db/migrate.ts";
import { PetitionStore } from "./db/petitions.ts";
import { StaffStore } from "./db/staff.ts";
import { createMetrics, readiness } from "./health.ts";
import { buildCorpus, type Corpus } from "./knowledge/corpus.ts";
import { readKnowledgeFiles } from "./knowledge-files.ts";
import { type Listening, listen } from "./listen.ts";
import type { Log } from "./log.ts";
import { type Loop, startLoop } from "./loop.ts";
import { commandSocket, ownSecret } from "./own-files.ts";
import { makeCode } from "./petitions/code.ts";
import { createTriage } from "./petitions/triage.ts";
import { createPipeline } from "./pipeline.ts";
import { createRewording } from "./providers/chat-model.ts";
import { createEmbed } from "./providers/embeddings.ts";
import { createServer } from "./server.ts";
import { createStaffDesk } from "./staff-desk.ts";
import { createExpand } from "./text/shorthand.ts";
import { todayInVietnam } from "./today.ts";

/** The running service. */
export type Service = {
  /** Where people open it; null when it was started without a port. */
  address: string | null;
  /** The socket on which the commands of the same machine reach it. */
  socketPath: string;
  /** Printed once, on the very first start. */
  firstAccount: PrintedAccount | null;
  corpus: Corpus;
  stop(): Promise<void>;
};

const HANDLERS = 4;
const SENDERS = 6;
const IDLE_MS = 500;
const MIGRATIONS = fileURLToPath(new URL("./db/migrations/", import.meta.url));

/**
 * Builds everything in order and stops it in reverse. `signal` interrupts a start that is under way:
 * what was started already is stopped, and the start rejects.
 */
export async function startService(
  config: Config,
  log: Log,
  { signal, withPort = true }: { signal: AbortSignal; withPort?: boolean },
): Promise<Service> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) {
      await each().catch((error: unknown) => log.error({ err: error }, "một phần không dừng được gọn gàng"));
    }
  };
  try {
    return await build(config, log, { signal, withPort, stops, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

type Building = {
  signal: AbortSignal;
  withPort: boolean;
  stops: (() => Promise<void>)[];
  stop: () => Promise<void>;
};

async function build(
  config: Config,
  log: Log,
  { signal, withPort, stops, stop }: Building,
): Promise<Service> {
  await mkdir(config.dataDir, { recursive: true });
  const corpus = readCorpus(await readKnowledgeFiles(config.knowledgeDir), log);
  signal.throwIfAborted();

  const database = await openDatabase({
    url: config.databaseUrl ?? undefined,
    dataDir: config.dataDir,
    log: (message, fields) => log.info(fields ?? {}, message),
  });
  stops.push(() => database.close());
  signal.throwIfAborted();
  await migrate(database.pool, MIGRATIONS);
  signal.throwIfAborted();

  const messages = new MessageStore(database);
  const conversations = new ConversationStore(database);
  const petitions = new PetitionStore(database);
  const staff = new StaffStore(database);
  // The embedded database is ours alone, so whoever held a message before us is dead.
  if (!config.databaseUrl) await messages.freeAll();

  const { glossary, topics, communes } = corpus.catalog;
  const passages = new Map(corpus.passages.map((passage) => [passage.id, passage]));
  const respond = createRespond({
    ask: await createAssistant(
      corpus,
      await createEmbed(config.embeddings),
      () => performance.now(),
      corpus.catalog.calibration,
      await createRewording(config.model),
    ),
    triage: createTriage(topics, createExpand(shorthandOf(glossary))),
    communes,
    topics,
    newCode: () => makeCode((n) => randomInt(n)),
    passage: (id) => passages.get(id) ?? null,
    lookUp: (code, conversationId) => petitions.lookUp(code, conversationId),
  });
  signal.throwIfAborted();

  const channels = createChannels(config, log, database);
  const pipeline = createPipeline({
    database,
    messages,
    conversations,
    petitions,
    respond,
    channels,
    log,
    staffChat: config.telegram?.staffChatId
      ? { channel: "telegram", chatId: config.telegram.staffChatId }
      : null,
    owner: `${process.pid}-${randomUUID()}`,
    today: todayInVietnam,
  });
  const onError = (error: unknown) => log.error({ err: error }, "một vòng xử lý gặp lỗi");
  const handling = startLoop(pipeline.handleNext, { workers: HANDLERS, idleMs: IDLE_MS, onError });
  stops.push(handling.stop);
  const delivering = startLoop(pipeline.deliverNext, { workers: SENDERS, idleMs: IDLE_MS, onError });
  stops.push(delivering.stop);
  await wakeOnNotice(database, handling, delivering);

  const receive = async (message: Parameters<typeof pipeline.receive>[0]) => {
    const { id } = await pipeline.receive(message);
    handling.wake();
    return { id };
  };
  for (const channel of channels.values()) {
    await channel.start(async (message) => void (await receive(message)));
    stops.push(() => channel.stop());
  }
  signal.throwIfAborted();

  const sessionSecret = config.sessionSecret ?? (await ownSecret(config.dataDir));
  const assets = createAssets();
  const metrics = createMetrics(database);
  const app = createServer({
    log,
    publicUrl: config.publicUrl,
    assets,
    ready: () => readiness(database, channels.values()),
    metrics: () => metrics.metrics(),
    chat: webChatRoutes({
      receive,
      openIn: (channel, chatId) => messages.openIn(channel, chatId),
      transcript: (channel, chatId, after) => messages.transcript(channel, chatId, after),
      sessionSecret,
      publicUrl: config.publicUrl,
      publish: assets.publish,
    }),
    console: consoleRoutes({
      petitions,
      conversations,
      messages,
      staff,
      desk: createStaffDesk(database, petitions, messages, conversations),
      topics,
      publicUrl: config.publicUrl,
      publish: assets.publish,
    }),
    webhooks: webhooksOf(channels),
  });

  const socketPath = commandSocket(config.dataDir);
  const listening: Listening[] = [];
  stops.push(async () => void (await Promise.all(listening.map((each) => each.close()))));
  listening.push(await listen(commandRoutes(staff).route("/", app), { port: 0, host: "", socketPath }));
  if (withPort) listening.push(await listen(app, { port: config.port, host: config.host }));
  signal.throwIfAborted();

  // Last and only where it will be printed, else the password would be lost.
  const printed = withPort ? await firstAccount(staff) : null;
  return { address: listening[1]?.address ?? null, socketPath, firstAccount: printed, corpus, stop };
}

/** Reads the corpus; a document that cannot be used is named with its reason and left out, the others serve. */
function readCorpus(files: Parameters<typeof buildCorpus>[0], log: Log): Corpus {
  const corpus = buildCorpus(files);
  for (const { file, reason } of corpus.refused) log.error({ file, reason }, "một tài liệu bị từ chối");
  log.info({ documents: corpus.documents.length, clauses: corpus.passages.length }, "đã nạp kiến thức");
  return corpus;
}

/** A notice of another process, or of our own staff, wakes the loop that it concerns. */
async function wakeOnNotice(database: Database, handling: Loop, delivering: Loop): Promise<void> {
  await database.listen("messages", (direction) => {
    if (direction !== "out") handling.wake();
    if (direction !== "in") delivering.wake();
  });
}
