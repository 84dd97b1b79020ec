import { createHash } from "node:crypto";
import type { Log } from "./log.ts";
import type { Scrub } from "./zalo-oa-api.ts";
import { describe } from "./zalo-oa-errors.ts";
import type { Refresh, Refreshed } from "./zalo-oa-oauth.ts";

/** One pair as Zalo gave it, with the hash of the setting that it descends from. */
export type Tokens = { accessToken: string; refreshToken: string; lifeSeconds: number; seedHash: string };

/** What the one who holds the lock sees and may do. */
export type TokenLock = {
  stored: (Tokens & { ageSeconds: number }) | null;
  /** When a rotation began that never ended; null in the usual case. */
  rotatingSince: Date | null;
  /** Leaves the mark of a rotation, committed when this resolves. */
  markRotation(): Promise<void>;
};

/**
 * Where the pair is kept for all processes. The work of one at a time runs; what it keeps is committed, and the mark
 * removed, before this resolves. A work that throws changes nothing and its mark stays.
 */
export type TokenStore = {
  withLock<T>(run: (lock: TokenLock) => Promise<{ keep: Tokens | null; result: T }>): Promise<T>;
};

/** There is no token to send with now; nothing was sent. */
export class TokenTrouble extends Error {}

export type TokenPace = { checkMs: number; retryMs: number; rejectedRetryMs: number; oauthTimeoutMs: number };

/** A lock that died with its process is free after 40 seconds, so a rotation that was lost in it is seen within a minute. */
export const USUAL_TOKEN_PACE: TokenPace = {
  checkMs: 15_000,
  retryMs: 30_000,
  rejectedRetryMs: 600_000,
  oauthTimeoutMs: 15_000,
};

const LOST = "mất mã làm mới Zalo";

/** A token of 25 hours is renewed after 20. */
const SPENT_SHARE = 0.8;

type Candidate = Pick<Tokens, "refreshToken" | "seedHash">;
type Failure = Exclude<Refreshed, { kind: "given" }>;
type Stored = NonNullable<TokenLock["stored"]>;

type Parts = {
  store: TokenStore;
  refresh: Refresh;
  seed: string;
  scrub: Scrub;
  log: Log;
  pace: TokenPace;
};

/** Knows the access token of the moment, and renews it so that each refresh token is spent once among all processes. */
export function createTokenKeeper({ store, refresh, seed, scrub, log, pace }: Parts) {
  const seedHash = createHash("sha256").update(seed).digest("hex");
  let current: { accessToken: string; freshUntil: number } | null = null;
  /** Given by Zalo and not stored yet: losing it would lose the account. */
  let received: Tokens | null = null;
  let fault: string | null = "chưa có mã truy cập Zalo OA";
  let restUntil = 0;
  let isSeedTried = false;
  let lastTurn: Promise<unknown> = Promise.resolve();

  return {
    /** The token to send with; `refused` is one that Zalo no longer takes. Throws TokenTrouble when there is none. */
    token: (refused: string | null = null): Promise<string> => cached(refused) ?? inTurn(refused),
    /** Looks at the store, renews what is due, and finds a rotation that another process left unfinished. */
    check: (): Promise<void> => inTurn(null).then(ignore, ignore),
    /** Resolves when nothing is under way any more. */
    idle: () => lastTurn.then(ignore, ignore),
    fault: () => fault,
  };

  function cached(refused: string | null): Promise<string> | null {
    const isFresh = current && current.accessToken !== refused && Date.now() < current.freshUntil;
    return current && isFresh ? Promise.resolve(current.accessToken) : null;
  }

  function inTurn(refused: string | null): Promise<string> {
    const turn = lastTurn.then(ignore, ignore).then(() => lookOrRotate(refused));
    lastTurn = turn;
    return turn;
  }

  async function lookOrRotate(refused: string | null): Promise<string> {
    let lastResort: string | null = null;
    try {
      const found = await store.withLock<Tokens | TokenTrouble>(async (lock) => {
        learn(lock.stored);
        if (received && lock.rotatingSince) return { keep: received, result: received };
        if (!lock.rotatingSince && isUsable(lock.stored, refused, SPENT_SHARE)) {
          return { keep: null, result: lock.stored };
        }
        if (isUsable(lock.stored, refused, 1)) lastResort = lock.stored.accessToken;
        return rotate(lock);
      });
      if (found instanceof TokenTrouble) throw found;
      return use(found);
    } catch (error) {
      if (!(error instanceof TokenTrouble)) warn(error);
      if (lastResort !== null) return lastResort;
      throw error instanceof TokenTrouble ? error : new TokenTrouble("chưa đọc được mã truy cập Zalo");
    }
  }

  function use(tokens: Tokens & { ageSeconds?: number }): string {
    const { accessToken, lifeSeconds, ageSeconds = 0 } = tokens;
    const freshSeconds = lifeSeconds * SPENT_SHARE - ageSeconds;
    current = { accessToken, freshUntil: Date.now() + freshSeconds * 1000 };
    received = null;
    fault = null;
    restUntil = 0;
    return accessToken;
  }

  async function rotate(lock: TokenLock): Promise<{ keep: Tokens | null; result: Tokens | TokenTrouble }> {
    current = null;
    if (lock.rotatingSince) sound(lock.rotatingSince);
    if (Date.now() < restUntil) throw new TokenTrouble(fault ?? "chờ làm mới mã truy cập Zalo");
    const outcome = await spendOneOf(candidates(lock), lock);
    if ("kind" in outcome) return { keep: null, result: giveUp(outcome, lock) };
    received = outcome;
    learn(outcome);
    log.info({}, "Đã làm mới mã truy cập Zalo OA");
    return { keep: outcome, result: outcome };
  }

  /** At the first sight of the mark: whether what is stored still works, only Zalo's answer tells, and that may take long. */
  function sound(since: Date): void {
    const isKnown = fault?.startsWith(LOST) ?? false;
    if (isKnown) return;
    fault = lostSince(since, "lần làm mới trước dở dang");
    log.error({ reason: fault }, "Mã làm mới Zalo OA có thể đã mất");
  }

  /** The stored token; where it is lost, the setting too, once, in case an operator has renewed it. */
  function candidates({ stored }: TokenLock): Candidate[] {
    const isSeedNew = stored?.seedHash !== seedHash && !isSeedTried;
    return [...(stored ? [stored] : []), ...(isSeedNew || !stored ? [{ refreshToken: seed, seedHash }] : [])];
  }

  async function spendOneOf(options: Candidate[], lock: TokenLock): Promise<Tokens | Failure> {
    let failure: Failure = { kind: "rejected", reason: "không có mã làm mới" };
    for (const { refreshToken, seedHash: from } of options) {
      await lock.markRotation();
      if (refreshToken === seed) isSeedTried = true;
      const answer = await refresh(refreshToken);
      if (answer.kind === "given") return pairOf(answer, from);
      failure = answer;
      if (answer.kind !== "rejected") break;
    }
    return failure;
  }

  /** Throws where a pair may be lost, so that the mark stays for all to see. */
  function giveUp({ kind, reason }: Failure, lock: TokenLock): TokenTrouble {
    restUntil = Date.now() + (kind === "rejected" ? pace.rejectedRetryMs : pace.retryMs);
    log.error({ kind, reason }, "Không làm mới được mã truy cập Zalo OA");
    const isUntouched = kind === "unsent" && !lock.rotatingSince;
    fault = isUntouched
      ? `chưa làm mới được mã truy cập Zalo: ${reason}`
      : lostSince(lock.rotatingSince ?? new Date(), reason);
    const trouble = new TokenTrouble(fault);
    if (isUntouched) return trouble;
    throw trouble;
  }

  function learn(tokens: Tokens | null): void {
    if (tokens) scrub.learn(tokens.accessToken, tokens.refreshToken);
  }

  function warn(error: unknown): void {
    log.warn({ reason: describe(error, scrub.scrub) }, "Kho mã truy cập Zalo OA gặp trục trặc");
  }
}

function isUsable(stored: Stored | null, refused: string | null, share: number): stored is Stored {
  return stored !== null && stored.accessToken !== refused && stored.ageSeconds < stored.lifeSeconds * share;
}

function pairOf(given: Extract<Refreshed, { kind: "given" }>, seedHash: string): Tokens {
  const { accessToken, refreshToken, lifeSeconds } = given;
  return { accessToken, refreshToken, lifeSeconds, seedHash };
}

function lostSince(since: Date, reason: string): string {
  const moment = since.toLocaleString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
  return `${LOST} từ ${moment} (${reason}), cần cấp lại và đặt vào ZALO_OA_REFRESH_TOKEN`;
}

function ignore(): void {}

export type TokenKeeper = ReturnType<typeof createTokenKeeper>;
