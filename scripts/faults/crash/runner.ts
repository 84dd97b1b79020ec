import { randomInt, randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { Answer } from "../../../src/answering/answer.ts";
import { createBackPressure } from "../../../src/back-pressure.ts";
import { createChannels, webhooksOf } from "../../../src/channel-set.ts";
import { loadConfig } from "../../../src/config.ts";
import { createRespond } from "../../../src/conversation/respond.ts";
import { CitationStore } from "../../../src/db/citations.ts";
import { ConversationStore } from "../../../src/db/conversations.ts";
import { openDatabase } from "../../../src/db/database.ts";
import { LeadershipStore } from "../../../src/db/leaderships.ts";
import { MessageStore } from "../../../src/db/messages.ts";
import { AttachmentStore } from "../../../src/db/petition-attachments.ts";
import { PetitionStore } from "../../../src/db/petitions.ts";
import { createElection } from "../../../src/election.ts";
import { createFetchAttachments } from "../../../src/fetch-attachments.ts";
import { listen } from "../../../src/listen.ts";
import { createLog } from "../../../src/log.ts";
import { startLoop } from "../../../src/loop.ts";
import { startMessageLoops } from "../../../src/message-loops.ts";
import { createPetitionDesk } from "../../../src/petition-desk.ts";
import { makeCode } from "../../../src/petitions/code.ts";
import { createPipeline } from "../../../src/pipeline.ts";
import { todayInVietnam } from "../../../src/today.ts";
import { POISON } from "./poison.ts";

/**
 * The service without what makes a start long: the real webhook, stores, conversation, pipeline, dispatch, Telegram channel,
 * fetching of files and desk of staff. Left out are the knowledge, so that one clause answers every question, the pages, and
 * the rounds by the clock.
 */
const config = loadConfig();
const log = createLog(config.logLevel, config.secrets);
const database = await openDatabase({ url: config.databaseUrl ?? "", dataDir: "", log: () => {} });
const messages = new MessageStore(database);
const conversations = new ConversationStore(database);
const petitions = new PetitionStore(database);
const attachments = new AttachmentStore(database);
const owner = `${process.pid}-${randomUUID()}`;
const leadOf = createElection({ store: new LeadershipStore(database), holder: owner, log });
const channels = createChannels(config, log, database, leadOf);

const ANSWER = {
  outcome: "answered",
  confidence: 0.9,
  text: "Hợp tác xã được hỗ trợ đào tạo, bồi dưỡng.",
  topic: null,
  asOf: todayInVietnam(),
  citations: [{ passageId: "17/2023/QH15:dieu-20" }],
  offersPetition: false,
  trace: { parts: [] },
} as unknown as Answer;

const respond = createRespond({
  edition: null,
  ask: async () => ANSWER,
  triage: () => ({ stance: "kien-nghi", topic: "khac" }),
  communes: [],
  topics: [],
  newCode: () => makeCode((n) => randomInt(n)),
  passage: () => null,
  lookUp: (code, conversationId) => petitions.lookUp(code, conversationId),
  openPetitions: (conversationId) => petitions.openOf(conversationId),
});

const pipeline = createPipeline({
  database,
  messages,
  conversations,
  petitions,
  attachments,
  citations: new CitationStore(database),
  respond: async (heard) => {
    if (heard.text.includes(POISON)) throw new Error("poison");
    return respond(heard);
  },
  channels,
  log,
  staffChat: null,
  owner,
  today: todayInVietnam,
});

const onError = (error: unknown) => log.error({ err: error }, "một vòng xử lý gặp lỗi");
const { receive } = await startMessageLoops({ pipeline, database, onError });
startLoop(createFetchAttachments({ attachments, channels, log }), { workers: 1, idleMs: 1_000, onError });
for (const channel of channels.values())
  await channel.start(async (message) => void (await receive(message)));

const webhooks = webhooksOf(channels, createBackPressure(() => performance.now()).guard);
const desk = createPetitionDesk({ database, petitions, messages, conversations });
const app = new Hono();
app.post("/webhooks/:channel", async (c) => {
  const take = webhooks[c.req.param("channel")];
  const body = new Uint8Array(await c.req.arrayBuffer());
  const { status } = (await take?.(c.req.raw.headers, body)) ?? { status: 404 };
  return c.body(null, status as 200);
});
app.post("/staff/answer", async (c) => {
  const { code, text, by } = await c.req.json<{ code: string; text: string; by: number }>();
  const petition = await petitions.find(code);
  if (petition?.status === "received") await desk.answer(petition, petition.version, by, text);
  return c.body(null, petition ? 200 : 404);
});
const { address } = await listen(app, { port: config.port, host: config.host });
console.log(`Sẵn sàng: ${address}/chat\nDừng: Ctrl+C.`);
