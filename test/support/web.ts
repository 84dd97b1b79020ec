import { createAssets } from "../../src/assets.ts";
import { createBackPressure } from "../../src/back-pressure.ts";
import { webChatRoutes } from "../../src/channels/web-chat/routes.tsx";
import { newAccount } from "../../src/console/first-account.ts";
import type { KnowledgeDesk } from "../../src/console/knowledge-desk.ts";
import type { Catalog } from "../../src/console/office.ts";
import { consoleRoutes } from "../../src/console/routes.tsx";
import { consoleParts } from "../../src/console-parts.ts";
import { ConversationStore } from "../../src/db/conversations.ts";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { PetitionStore } from "../../src/db/petitions.ts";
import { StaffStore } from "../../src/db/staff.ts";
import { makeCode } from "../../src/petitions/code.ts";
import type { NewPetition } from "../../src/petitions/petition.ts";
import { createTriage, type Triage } from "../../src/petitions/triage.ts";
import { createServer } from "../../src/server.ts";
import type { Role } from "../../src/staff/account.ts";
import { TODAY } from "./corpus.ts";
import { emptyKnowledge } from "./knowledge-desk.ts";
import { canary, overhear } from "./overheard.ts";

export type Web = ReturnType<typeof openWeb>;

const TOPICS = [
  { id: "von-vay", name: "Vốn vay" },
  { id: "ha-tang", name: "Hạ tầng, kho, máy" },
  { id: "khac", name: "Khác" },
].map((topic) => ({ ...topic, description: topic.name, phrases: [], agencies: [] }));

const SMALL_CATALOG = { topics: TOPICS, agencies: [], communes: [] } as unknown as Catalog;

/** The whole web server on a real database; what is missing is the pipeline, so tests write the bot's part. */
export function openWeb(
  database: Database,
  publicUrl: string | null = null,
  knowledge: KnowledgeDesk = emptyKnowledge(database),
  catalog: Catalog = SMALL_CATALOG,
) {
  const messages = new MessageStore(database);
  const conversations = new ConversationStore(database);
  const petitions = new PetitionStore(database);
  const staff = new StaffStore(database);
  const logged: unknown[] = [];
  // Learning takes a while, and few tests sort anything.
  let learned: Triage | null = null;
  const triage = () => (learned ??= createTriage({ topics: catalog.topics, expand: (text) => text }));
  const assets = createAssets();
  const { publish } = assets;
  const app = createServer({
    log: {
      error: (...entry: unknown[]) => {
        overhear(...entry);
        logged.push(entry);
      },
    } as never,
    publicUrl,
    ready: async () => ({ ok: true, faults: [] }),
    assets,
    chat: webChatRoutes({
      whenRoom: createBackPressure(() => performance.now()).whenRoom,
      receive: (message) => messages.receive(message),
      openIn: (channel, chatId) => messages.openIn(channel, chatId),
      transcript: (channel, chatId, after) => messages.transcript(channel, chatId, after),
      sessionSecret: "0123456789abcdef0123456789abcdef",
      publicUrl,
      publish,
    }),
    console: consoleRoutes({
      ...importingAtOnce(
        consoleParts({
          database,
          petitions,
          messages,
          conversations,
          inForce: () => ({ catalog, triage: triage() }),
          today: () => TODAY,
        }),
      ),
      staff,
      knowledge,
      topics: () => catalog.topics,
      publicUrl,
      publish,
    }),
    webhooks: {},
  });

  return {
    app,
    logged,
    messages,
    conversations,
    petitions,
    staff,
    database,

    /** A chat with one message from its member, as if it came over Telegram. */
    async openChat(chatId: string, text = "Cho tôi hỏi"): Promise<number> {
      const { conversationId } = await messages.receive({
        channel: "telegram",
        chatId,
        externalId: "1",
        text,
        attachment: null,
        sentAt: new Date(),
      });
      return conversationId;
    },

    async addPetition(conversationId: number, given: Partial<NewPetition> = {}): Promise<string> {
      const code = makeCode((n) => Math.floor(Math.random() * n));
      const petition = { ...PETITION, code, ...given };
      await database.tx((client) => petitions.create(client, conversationId, `test:${code}`, petition));
      return code;
    },

    async hold(conversationId: number, byStaff: boolean): Promise<void> {
      await database.tx((client) => conversations.hold(client, conversationId, byStaff));
    },

    /** A browser that keeps cookies, and signs in as a new account of this role. */
    async signedIn(role: Role, place: { agency?: string; commune?: string } = {}): Promise<Client> {
      const account = await newAccount(staff, {
        name: `Người ${role}`,
        email: `${role}-${++people}@xa.test`,
        role,
        ...(role === "agency" ? { agency: "so-tai-chinh", ...place } : {}),
      });
      if (!account) throw new Error("the account exists");
      canary(account.password);
      const client = this.client();
      await client.post("/console/sign-in", account);
      return client;
    },
    /** A browser at an address of its own, unless one is given. */
    client(remoteAddress = `2001:db8:0:${(++people).toString(16)}::1`): Client {
      const env = { incoming: { socket: { remoteAddress } } };
      return createClient((path, init) => app.request(path, init, env));
    },
  };
}

/** A file of opinions is done before the page that leads to it is there, as when the background is quick. */
function importingAtOnce<Parts extends ReturnType<typeof consoleParts>>(parts: Parts): Parts {
  const { imports } = parts;
  const start = async (...given: Parameters<typeof imports.start>) => {
    const id = await imports.start(...given);
    while (await imports.workNext());
    return id;
  };
  return { ...parts, office: { ...parts.office, imports: { ...parts.office.imports, start } } };
}

let people = 0;

const PETITION: NewPetition = {
  code: "",
  content:
    "Đường vào kho lúa của hợp tác xã hư nặng, xe tải không vào được, xin hỗ trợ sửa trước vụ Đông Xuân.",
  stance: "kien-nghi",
  topic: "ha-tang",
  cooperative: "HTX Tân Thuận",
  commune: "Xã Tân Thuận",
  contact: "0900 000 000",
};

export type Client = ReturnType<typeof createClient>;

/** Requests with a cookie jar and, for forms, the token of the page. */
function createClient(request: (path: string, init?: RequestInit) => Response | Promise<Response>) {
  const jar = new Map<string, string>();

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set("Cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await request(path, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) keep(cookie);
    return response;
  }

  function keep(cookie: string): void {
    const [pair = "", ...attributes] = cookie.split(";");
    const name = pair.slice(0, pair.indexOf("="));
    if (attributes.some((attribute) => /max-age=0$/i.test(attribute.trim()))) jar.delete(name);
    else jar.set(name, pair.slice(pair.indexOf("=") + 1));
  }

  return {
    jar,
    get: (path: string, headers?: Record<string, string>) => send(path, headers ? { headers } : {}),
    page: async (path: string) => (await send(path)).text(),
    post: (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      send(path, { method: "POST", body: new URLSearchParams(fields), headers }),
    json: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      send(path, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json", ...headers },
      }),
    form: (path: string, body: FormData) => send(path, { method: "POST", body }),
    /** Sends a form with files in its field "files". */
    upload(path: string, fields: Record<string, string>, files: [name: string, text: string][]) {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      for (const [name, text] of files) form.append("files", new File([text], name));
      return this.form(path, form);
    },
    /** Fills the hidden fields of the form that posts to `action` on a page, adds the given ones, and sends it. */
    async submit(page: string, action: string, fields: Record<string, string>): Promise<Response> {
      return this.post(action, { ...hiddenFields(await this.page(page), action), ...fields });
    },
  };
}

/** The hidden fields of the form with this action. */
export function hiddenFields(page: string, action: string): Record<string, string> {
  const form = page.split("<form").find((part) => part.includes(`action="${action}"`)) ?? "";
  const inputs =
    form.split("</form>")[0]?.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g) ?? [];
  return Object.fromEntries([...inputs].map(([, name = "", value = ""]) => [name, value]));
}
