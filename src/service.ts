import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createAssets } from "./assets.ts";
import { createBackPressure } from "./back-pressure.ts";
import { backupCommands } from "./backup-commands.ts";
import { createChannels, webhooksOf } from "./channel-set.ts";
import { webChatRoutes } from "./channels/web-chat/routes.tsx";
import { commandRoutes } from "./commands.ts";
import type { Config } from "./config.ts";
import { firstAccount, type PrintedAccount } from "./console/first-account.ts";
import { consoleRoutes } from "./console/routes.tsx";
import { consoleParts } from "./console-parts.ts";
import { ConversationStore } from "./db/conversations.ts";
import { openDatabase } from "./db/database.ts";
import { LeadershipStore } from "./db/leaderships.ts";
import { MessageStore } from "./db/messages.ts";
import { migrate } from "./db/migrate.ts";
import { AttachmentStore } from "./db/petition-attachments.ts";
import { PetitionStore } from "./db/petitions.ts";
import { ProposalStore } from "./db/proposals.ts";
import { ReportStore } from "./db/reports.ts";
import { StaffStore } from "./db/staff.ts";
import { createElection } from "./election.ts";
import { createFetchAttachments } from "./fetch-attachments.ts";
import { createMetrics, readiness } from "./health.ts";
import { type InForce, inForceFrom, timeOf } from "./in-force.ts";
import { clauseCount } from "./knowledge/corpus.ts";
import type { Live } from "./library/live.ts";
import { openLibrary } from "./library/open.ts";
import { createProposals } from "./library/proposals.ts";
import type { Serving } from "./library/serving.ts";
import { libraryCommands } from "./library-commands.ts";
import { type Listening, listen } from "./listen.ts";
import type { Log } from "./log.ts";
import { startLoop } from "./loop.ts";
import { CONNECTIONS, startMessageLoops } from "./message-loops.ts";
import { opinionRoutes } from "./opinion-commands.ts";
import { commandSocket, ownSecret } from "./own-files.ts";
import { createPipeline } from "./pipeline.ts";
import { startRounds } from "./rounds.ts";
import { createServer } from "./server.ts";
import { createSuspects } from "./suspects.ts";
import { createTakenOver } from "./taken-over.ts";
import { todayInVietnam } from "./today.ts";

/** The running service. */
export type Service = {
  /** Where people open it; null when it was started without a port. */
  address: string | null;
  /** The socket on which the commands of the same machine reach it. */
  socketPath: string;
  /** Printed once, on the very first start. */
  firstAccount: PrintedAccount | null;
  documents: number;
  clauses: number;
  stop(): Promise<void>;
};

const FETCH_IDLE_MS = 1_000;
const IMPORT_IDLE_MS = 1_000;
const SUSPECTS_IDLE_MS = 1_000;
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
  const time = timeOf(() => live.now());
  const petitions = new PetitionStore(database, time);
  const attachments = new AttachmentStore(database);
  const staff = new StaffStore(database);
  const leaderships = new LeadershipStore(database);
  // The embedded database is ours alone, so whoever held a message or an office before us is dead.
  if (!config.databaseUrl) await Promise.all([messages.freeAll(), leaderships.freeAll()]);

  const opened = await openLibrary({ ...config, database, log, today: todayInVietnam });
  signal.throwIfAborted();
  const live: Live<Serving & InForce> = await opened.serve((serving) => inForceFrom(serving, petitions));
  signal.throwIfAborted();
  await petitions.refreshDues();

  const owner = `${process.pid}-${randomUUID()}`;
  const leadOf = createElection({ store: leaderships, holder: owner, log });
  const channels = createChannels(config, log, database, leadOf);
  const staffChat = config.telegram?.staffChatId
    ? ({ channel: "telegram", chatId: config.telegram.staffChatId } as const)
    : null;
  const forMessages = database.apart(CONNECTIONS);
  const pipeline = createPipeline({
    database: forMessages,
    messages: new MessageStore(forMessages),
    conversations,
    petitions,
    attachments,
    citations: opened.citations,
    respond: (heard) => live.now().respond(heard),
    channels,
    log,
    staffChat,
    owner,
    today: todayInVietnam,
  });
  const onError = (error: unknown) => log.error({ err: error }, "một vòng xử lý gặp lỗi");
  const { receive, stop: stopMessages } = await startMessageLoops({ pipeline, database, onError });
  stops.push(stopMessages);
  const workOnSuspects = createSuspects({ database, messages, pipeline, owner, log });
  stops.push(startLoop(workOnSuspects, { workers: 1, idleMs: SUSPECTS_IDLE_MS, onError }).stop);
  const fetchAttachment = createFetchAttachments({ attachments, channels, log });
  const fetching = startLoop(fetchAttachment, { workers: 1, idleMs: FETCH_IDLE_MS, onError });
  stops.push(fetching.stop);
  const lead = leadOf("rounds");
  stops.push(startRounds({ database, messages, time, staffChat, lead, log, onError }).stop);
  // Holidays and the office's own terms are part of an edition, and what is due follows from them.
  await database.listen(
    "editions",
    () =>
      void live
        .refresh()
        .then(() => petitions.refreshDues())
        .catch(onError),
  );
  await database.listen("corrections", () => void live.now().relearn().catch(onError));

  const takenOver = createTakenOver(database, conversations);
  for (const channel of channels.values()) {
    await channel.start(async (message) => void (await receive(message)), takenOver);
    stops.push(() => channel.stop());
  }
  signal.throwIfAborted();

  const sessionSecret = config.sessionSecret ?? (await ownSecret(config.dataDir));
  const assets = createAssets();
  const backPressure = createBackPressure(() => performance.now());
  const metrics = createMetrics(database, backPressure.refused);
  const parts = consoleParts({
    database,
    petitions,
    messages,
    conversations,
    inForce: () => ({ catalog: live.now().corpus.catalog, triage: live.now().triage }),
    today: todayInVietnam,
  });
  if (!config.databaseUrl) await parts.imports.freeAll();
  const importing = startLoop(parts.imports.workNext, { workers: 1, idleMs: IMPORT_IDLE_MS, onError });
  stops.push(() => {
    parts.imports.stop();
    return importing.stop();
  });
  const app = createServer({
    log,
    publicUrl: config.publicUrl,
    assets,
    ready: () => readiness(database, channels.values(), [live.fault, backPressure.fault]),
    metrics: () => metrics.metrics(),
    chat: webChatRoutes({
      whenRoom: backPressure.whenRoom,
      receive,
      openIn: (channel, chatId) => messages.openIn(channel, chatId),
      transcript: (channel, chatId, after) => messages.transcript(channel, chatId, after),
      sessionSecret,
      publicUrl: config.publicUrl,
      publish: assets.publish,
    }),
    console: consoleRoutes({
      ...parts,
      staff,
      knowledge: {
        ...opened,
        proposals: createProposals(new ProposalStore(database), opened.library),
        live,
        today: todayInVietnam,
      },
      topics: () => live.now().corpus.catalog.topics,
      publicUrl: config.publicUrl,
      publish: assets.publish,
    }),
    webhooks: webhooksOf(channels, backPressure.guard),
  });

  const socketPath = commandSocket(config.dataDir);
  const listening: Listening[] = [];
  stops.push(async () => void (await Promise.all(listening.map((each) => each.close()))));
  const commands = commandRoutes(staff)
    .route("/", opinionRoutes({ importOpinions: parts.importOpinions, reports: new ReportStore(database) }))
    .route("/", libraryCommands({ ...opened, now: () => live.now(), today: todayInVietnam }))
    .route("/", backupCommands(database))
    .route("/", app);
  listening.push(await listen(commands, { port: 0, host: "", socketPath }));
  if (withPort) listening.push(await listen(app, { port: config.port, host: config.host }));
  signal.throwIfAborted();

  // Last and only where it will be printed, else the password would be lost.
  const printed = withPort ? await firstAccount(staff) : null;
  const { corpus } = live.now();
  return {
    address: listening[1]?.address ?? null,
    socketPath,
    firstAccount: printed,
    documents: corpus.documents.length,
    clauses: clauseCount(corpus),
    stop,
  };
}
