import { createHash } from "node:crypto";
import { signatureOf } from "../../test/support/fake-zalo-oa.ts";
import { pick, type Random } from "../kills/random.ts";

/** What is posted to a webhook; a header may come twice. */
export type Post = { headers: Record<string, string | string[]>; body: Uint8Array };

/** A channel that knows its provider by a secret in a header. */
export type BySecret = { header: string; secret: string; body: string };

/** A channel that knows its provider by a signature over the body. */
export type BySignature = {
  appId: string;
  secretKey: string;
  /** The other secret of the same app, which signs nothing. */
  appSecret: string;
  body: string;
  timestamp: string;
};

export type Forgery = { kind: string; post: Post };

const HEADER = "X-ZEvent-Signature";
/** What a header can carry. */
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"] as [
  string,
  ...string[],
];

/** The post as the provider sends it. */
export function genuine({ header, secret, body }: BySecret): Post {
  return { headers: { [header]: secret }, body: Buffer.from(body) };
}

/** The same, signed. */
export function genuinelySigned({ body, timestamp, ...key }: BySignature): Post {
  return { headers: { [HEADER]: signatureOf(body, timestamp, key) }, body: Buffer.from(body) };
}

/** A post of somebody who knows all but the secret; the body may say anything, since no secret covers it. */
export function forgeSecret(random: Random, { header, secret, body }: BySecret): Forgery {
  const at = below(random, secret.length);
  const letter = otherThan(random, secret[at] ?? "");
  const withSecret = (given: string | string[]): Post => ({
    headers: { [header]: given },
    body: Buffer.from(body),
  });
  return pickForgery(random, {
    missing: () => ({ headers: {}, body: Buffer.from(body) }),
    empty: () => withSecret(""),
    truncated: () => withSecret(secret.slice(0, at)),
    "a letter changed": () => withSecret(secret.slice(0, at) + letter + secret.slice(at + 1)),
    "a letter more": () => withSecret(secret.slice(0, at) + letter + secret.slice(at)),
    "another case": () => withSecret(swapCase(secret)),
    "its digest": () => withSecret(createHash("sha256").update(secret).digest("hex")),
    "said twice": () => withSecret([secret, secret]),
    "in a list": () => withSecret(`${secret}, ${secret}`),
    "under another name": () => ({ headers: { [`x-${header}`]: secret }, body: Buffer.from(body) }),
    "in the body": () => ({
      headers: {},
      body: Buffer.from(JSON.stringify({ ...JSON.parse(body), secret })),
    }),
    guessed: () => withSecret(Array.from(secret, () => pick(random, LETTERS)).join("")),
  });
}

/** A post of somebody who has seen one that was signed, and does not know the key. */
export function forgeSignature(random: Random, given: BySignature): Forgery {
  const { body, timestamp, appId, appSecret } = given;
  const bytes = Buffer.from(body);
  const signature = signatureOf(body, timestamp, given);
  const digit = 4 + below(random, 64);
  const changed = signature[digit] === "0" ? "1" : "0";
  const signed = (by: string | string[], of: Uint8Array = bytes): Post => ({
    headers: { [HEADER]: by },
    body: of,
  });
  const later = String(Number(timestamp) + 1);
  return pickForgery(random, {
    missing: () => ({ headers: {}, body: bytes }),
    empty: () => signed(""),
    truncated: () => signed(signature.slice(0, below(random, signature.length))),
    "a digit changed": () => signed(signature.slice(0, digit) + changed + signature.slice(digit + 1)),
    "said twice": () => signed([signature, signature]),
    "a bit of the body flipped": () => signed(signature, flipBit(bytes, below(random, bytes.length * 8))),
    "a body cut off": () => signed(signature, bytes.subarray(0, below(random, bytes.length))),
    "a body with more": () =>
      signed(signature, Buffer.concat([bytes, Buffer.from(pick(random, [" ", "\n", "}", "\0"]))])),
    "another moment": () => signed(signature, Buffer.from(body.replaceAll(timestamp, later))),
    "the app's secret": () => signed(signatureOf(body, timestamp, { appId, secretKey: appSecret })),
    "no key": () => signed(signatureOf(body, timestamp, { appId, secretKey: "" })),
    "a guessed key": () =>
      signed(signatureOf(body, timestamp, { appId, secretKey: `key-${below(random, 1_000_000)}` })),
  });
}

function pickForgery(random: Random, kinds: Record<string, () => Post>): Forgery {
  const [kind, make] = pick(random, Object.entries(kinds) as [[string, () => Post]]);
  return { kind, post: make() };
}

function below(random: Random, n: number): number {
  return Math.floor(random() * n);
}

function otherThan(random: Random, letter: string): string {
  for (;;) {
    const found = pick(random, LETTERS);
    if (found !== letter) return found;
  }
}

function swapCase(text: string): string {
  return text.replace(/\p{L}/gu, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

function flipBit(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return flipped;
}
