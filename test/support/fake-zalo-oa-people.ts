import { createHash } from "node:crypto";
import type { SentMessage, World } from "./fake-zalo-oa-world.ts";

/** Where Zalo posts to, as the service takes it. */
export type Hook = (headers: Headers, rawBody: Uint8Array) => Promise<{ status: number }>;
export type Posted = { status: number; tries: number };

const RESEND_AFTER_MS = [30_000, 300_000, 900_000, 1_800_000, 3_600_000];
const LIMIT_MS = 2_000;

/** The header with which Zalo signs exactly these bytes. */
export function signatureOf(
  body: string | Uint8Array,
  timestamp: string,
  key: { appId: string; secretKey: string },
): string {
  const hash = createHash("sha256").update(key.appId).update(body).update(timestamp).update(key.secretKey);
  return `mac=${hash.digest("hex")}`;
}

/** Posts events as Zalo does: five resends on its clock, and then the webhook is off until a person turns it on. */
export function createPoster(world: World) {
  let hook: Hook | null = null;
  let isOff = false;

  return {
    postTo: (to: Hook) => {
      hook = to;
      isOff = false;
    },
    isOff: () => isOff,
    post: async (body: string, timestamp: string): Promise<Posted> => {
      if (!hook || isOff) return { status: 0, tries: 0 };
      for (let tries = 1; ; tries++) {
        const status = await once(body, timestamp, tries - 1);
        const wait = RESEND_AFTER_MS[tries - 1];
        if (status === 200) return { status, tries };
        if (wait === undefined) {
          isOff = true;
          return { status, tries };
        }
        world.now += wait;
      }
    },
  };

  async function once(body: string, timestamp: string, retries: number): Promise<number> {
    if (!hook) return 0;
    const headers = new Headers({ "X-ZEvent-Signature": signatureOf(body, timestamp, world.account) });
    if (retries > 0) headers.set("num_retry", String(retries));
    const began = performance.now();
    const { status } = await hook(headers, Buffer.from(body));
    return performance.now() - began > LIMIT_MS ? 0 : status;
  }
}

export type Poster = ReturnType<typeof createPoster>;
export type Member = ReturnType<typeof createMember>;

/** A person with a Zalo account; each act is posted to the webhook. */
export function createMember(world: World, poster: Poster, id: string) {
  const { appId, oaId } = world.account;
  let count = 0;

  function act(eventName: string, message: object): Promise<Posted> {
    world.heard.set(id, world.now);
    const timestamp = String(world.now);
    const msgId = `${createHash("sha256").update(`${id}:${++count}`).digest("hex").slice(0, 10)}150460909`;
    const event = {
      app_id: appId,
      sender: { id },
      recipient: { id: oaId },
      user_id_by_app: `55${id.slice(2)}`,
      event_name: eventName,
      message: { msg_id: msgId, ...message },
      timestamp,
    };
    return poster.post(JSON.stringify(event), timestamp);
  }

  return {
    id,
    says: (text: string) => act("user_send_text", { text }),
    sends: (kind: string, payload: object) =>
      act(`user_send_${kind}`, { attachments: [{ type: kind, payload }] }),
    /** A press comes back as text: the payload of the button. */
    presses: ({ buttons }: SentMessage, title: string) => {
      const button = buttons.find((each) => each.title === title);
      if (!button) throw new Error(`no button "${title}"`);
      return act("user_send_text", { text: button.payload });
    },
  };
}
