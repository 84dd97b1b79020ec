import { setTimeout as sleep } from "node:timers/promises";
import { hashPassword } from "../../src/console/password.ts";
import { openDatabase } from "../../src/db/database.ts";
import { StaffStore } from "../../src/db/staff.ts";
import { signIn } from "../../test/support/staff-browser.ts";
import type { World } from "./world.ts";

/** Somebody of the staff at the console, who comes by the same door as everybody. */
export type Clerk = Awaited<ReturnType<typeof seatClerk>>;

const ACCOUNT = { email: "can-bo@thu.local", password: "mat khau cua phep thu do ben" };
const FAILED = "/console/chats/failed";
const LOOK_EVERY_MS = 250;

/** Gives somebody an account and signs him in. */
export async function seatClerk({ postgres, balancer }: Pick<World, "postgres" | "balancer">) {
  await createAccount(postgres.url);
  const browser = await signIn(balancer.address, ACCOUNT);
  if (browser.status !== 303) throw new Error(`the sign-in answers with ${browser.status}`);
  const chatPage = (chat: number) => `/console/chats/${chat}`;
  return {
    failedPage: () => browser.page(FAILED),
    /** Every page of the list, by its links to the older ones, as one text. */
    async failedPages(): Promise<string> {
      const pages: string[] = [];
      for (let at: string | undefined = FAILED; at; ) {
        const page: string = await browser.page(at);
        pages.push(page);
        at = /href="([^"]*[?&]before=\d+)"/.exec(page)?.[1];
      }
      return pages.join("\n");
    },
    chatPage: (chat: number) => browser.page(chatPage(chat)),
    tryAgain: (message: number) => browser.submit(FAILED, `${FAILED}/${message}/again`, {}),
    takeOver: (chat: number) => browser.submit(chatPage(chat), `${chatPage(chat)}/take-over`, {}),
    handBack: (chat: number) => browser.submit(chatPage(chat), `${chatPage(chat)}/hand-back`, {}),
    write: (chat: number, text: string) =>
      browser.submit(chatPage(chat), `${chatPage(chat)}/write`, { text }),
  };
}

async function createAccount(url: string): Promise<void> {
  const database = await openDatabase({ url, dataDir: "", log: () => {} });
  const { email, password } = ACCOUNT;
  const passwordHash = await hashPassword(password);
  const person = { name: "Cán bộ trực", email, role: "admin" as const };
  await new StaffStore(database).create({ ...person, passwordHash, passwordExpiresAt: null });
  await database.close();
}

/** Looks at the page of failed messages again and again, and notes when each message first stood on it. */
export function watchFailed({ failedPage }: Pick<Clerk, "failedPage">) {
  const seenAt = new Map<number, number>();
  const stopping = new AbortController();

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      const page = await failedPage().catch(() => "");
      const now = Date.now();
      for (const id of listedIn(page)) if (!seenAt.has(id)) seenAt.set(id, now);
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const watching = watch();
  return {
    seenAt,
    async stop(): Promise<void> {
      stopping.abort();
      await watching;
    },
  };
}

/** The messages that the page lists; it links each to its place in its chat. */
export function listedIn(page: string): number[] {
  return [...page.matchAll(/href="\/console\/chats\/\d+#m(\d+)"/g)].map(([, id]) => Number(id));
}
