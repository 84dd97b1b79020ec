import type pg from "pg";
import { CHOICES, petitionWording, wording } from "./conversation/wording.ts";
import type { ConversationStore } from "./db/conversations.ts";
import type { Database } from "./db/database.ts";
import type { MessageStore } from "./db/messages.ts";
import type { PetitionStore } from "./db/petitions.ts";
import {
  type Correction,
  type PetitionChange,
  type PetitionFile,
  PetitionRefused,
} from "./petitions/petition-file.ts";
import { isReroute } from "./petitions/routing.ts";
import { pieces } from "./staff-pieces.ts";

/** Choices under an answer; the member's reply to them resolves or reopens the petition. */
export const VERDICTS: string[] = [CHOICES.satisfied, CHOICES.unsatisfied];

type Stores = {
  database: Database;
  petitions: PetitionStore;
  messages: MessageStore;
  conversations: ConversationStore;
};

type Named = Pick<PetitionFile, "id" | "code">;
type Forwardable = Named & Pick<PetitionFile, "status" | "agency">;

/** An agency with the name that the member reads, as `route` gives it: "UBND xã Tân Bình". */
export type Destination = { agency: string; office: string };

/**
 * What staff do to a petition. Each verb is one transaction: the change with its event, the deadline, and the notice in the
 * member's chat. `petition` is the file as the page showed it and `version` its version: PetitionMoved when somebody was
 * faster, PetitionRefused when the rules do not allow it. True when the member is told, false when he has no chat (erased,
 * or from paper).
 */
export function createPetitionDesk({ database, petitions, messages, conversations }: Stores) {
  type Notice = { text: string; choices?: string[]; awaits?: "more" | "verdict" };

  async function tell(
    client: pg.PoolClient,
    chat: number,
    petition: Named,
    key: string,
    by: number,
    notice: Notice,
  ) {
    const { text, choices = [], awaits } = notice;
    const rows = pieces(`petition:${petition.id}:${key}`, text, by, choices);
    await messages.enqueue(
      client,
      chat,
      rows.map((row) => ({ ...row, petitionId: petition.id })),
    );
    if (awaits) await conversations.expect(client, chat, { code: petition.code, what: awaits }, choices);
  }

  type Change = PetitionChange & { by: number };
  type Telling = Notice | ((dueOn: string | null) => Notice);

  async function moveIn(
    client: pg.PoolClient,
    petition: Named,
    version: number,
    change: Change,
    notice: Telling,
  ): Promise<boolean> {
    const chat = await petitions.change(client, petition.id, version, change);
    if (chat === null) return false;
    const given = typeof notice === "function" ? notice(await petitions.dueOf(client, petition.id)) : notice;
    const verb = change.to === "answered" ? "answer" : change.to;
    await tell(client, chat, petition, `${verb}:${version}`, change.by, given);
    return true;
  }

  const move = (petition: PetitionFile, version: number, change: Change, notice: Telling) =>
    database.tx((client) => moveIn(client, petition, version, change, notice));

  /** Forwards inside a transaction of the caller's; what the rules do not allow is refused before anything is written. */
  async function forwardIn(
    client: pg.PoolClient,
    petition: Forwardable,
    version: number,
    by: number,
    { agency, office, reason }: Destination & { reason?: string | undefined },
  ): Promise<boolean> {
    if (petition.status === "forwarded" && petition.agency === agency)
      throw new PetitionRefused("Kiến nghị này đã ở cơ quan đó.");
    if (isReroute(petition.agency, agency) && !reason)
      throw new PetitionRefused("Chuyển sang cơ quan khác thì phải ghi lý do.");
    const change = {
      to: "forwarded",
      by,
      agency,
      publicText: office,
      ...(reason ? { reason } : {}),
    } as const;
    return moveIn(client, petition, version, change, (dueOn) => ({
      text: petitionWording.forwarded(petition.code, office, { reason, dueOn }),
    }));
  }

  return {
    /** Takes it into review; also back from an agency, or when the member's answer came another way. */
    take: (petition: PetitionFile, version: number, by: number) =>
      move(petition, version, { to: "in-review", by }, (dueOn) => ({
        text: petitionWording.moved(petition.code, "in-review", { dueOn }),
      })),

    /** Asks the member for more; the clock stands until his next message in that chat, which is the answer. */
    async askMember(petition: PetitionFile, version: number, by: number, question: string): Promise<boolean> {
      if (petition.conversationId === null)
        throw new PetitionRefused("Kiến nghị này không có cuộc trò chuyện nên không hỏi thêm bà con được.");
      const notice = { text: petitionWording.needsInfo(petition.code, question), awaits: "more" } as const;
      return move(petition, version, { to: "needs-info", by, publicText: question }, notice);
    },

    /** Sends it to an agency; going to another one than it has needs a reason. */
    forward: (
      petition: PetitionFile,
      version: number,
      by: number,
      to: Destination & { reason?: string | undefined },
    ) => database.tx((client) => forwardIn(client, petition, version, by, to)),

    forwardIn,

    /** Says that it is not ours, and names the office whose it is. */
    notWithinAuthority: (
      petition: PetitionFile,
      version: number,
      by: number,
      { office, reason }: { office: string; reason: string },
    ) =>
      move(
        petition,
        version,
        { to: "not-within-authority", by, reason, publicText: office },
        { text: petitionWording.notWithinAuthority(petition.code, office, reason) },
      ),

    /** Answers; the member is asked whether he is satisfied. */
    answer: (petition: PetitionFile, version: number, by: number, text: string) =>
      move(
        petition,
        version,
        { to: "answered", by, publicText: text },
        {
          text: wording.petitionAnswered(petition.code, text),
          choices: VERDICTS,
          awaits: "verdict",
        },
      ),

    /** Closes it as solved, when the member said so another way than in his chat. */
    resolve: (petition: PetitionFile, version: number, by: number, reason?: string) =>
      move(
        petition,
        version,
        { to: "resolved", by, ...(reason ? { reason } : {}) },
        {
          text: petitionWording.moved(petition.code, "resolved", { reason }),
        },
      ),

    reopen: (petition: PetitionFile, version: number, by: number, reason: string) =>
      move(petition, version, { to: "reopened", by, reason }, (dueOn) => ({
        text: petitionWording.moved(petition.code, "reopened", { reason, dueOn }),
      })),

    /** Takes it back at the member's wish. */
    withdraw: (petition: PetitionFile, version: number, by: number, reason: string) =>
      move(
        petition,
        version,
        { to: "withdrawn", by, reason },
        {
          text: petitionWording.moved(petition.code, "withdrawn", { reason }),
        },
      ),

    /** Gives more working days, once; `now` is the moment of the decision. */
    async extend(
      petition: PetitionFile,
      version: number,
      by: number,
      { days, reason }: { days: number; reason: string },
      now: Date,
    ): Promise<boolean> {
      const found = petitions.time.extended(petition, days, now);
      if ("fault" in found) throw new PetitionRefused(found.fault);
      const text = petitionWording.extended(petition.code, found.dueOn, reason);
      return database.tx(async (client) => {
        const given = { by, days, reason, publicText: text };
        const chat = await petitions.extend(client, petition.id, version, given);
        if (chat === null) return false;
        await tell(client, chat, petition, `extended:${version}`, by, { text });
        return true;
      });
    },

    /** Sets the stance, the topic or the commune right, without a notice: the member's words stay as they are. False when nothing would change. */
    correct: (petition: PetitionFile, version: number, by: number, correction: Correction) =>
      database.tx((client) => petitions.correct(client, petition.id, version, by, correction)),

    /** Adds a note that the member never sees. */
    note: (petition: PetitionFile, by: number, text: string) =>
      database.tx((client) => petitions.note(client, petition.id, by, text)),
  };
}

export type PetitionDesk = ReturnType<typeof createPetitionDesk>;
