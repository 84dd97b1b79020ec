import type { Answer, Ask } from "../../src/answering/answer.ts";
import type { Attachment } from "../../src/conversation/channel.ts";
import { createRespond, type RespondParts } from "../../src/conversation/respond.ts";
import { ConversationState } from "../../src/conversation/state.ts";
import type { Turn } from "../../src/conversation/turn.ts";
import type { Commune, Topic } from "../../src/knowledge/catalog.ts";
import { makeCode } from "../../src/petitions/code.ts";
import type { PetitionView } from "../../src/petitions/petition.ts";
import { readStance } from "../../src/petitions/stance.ts";

export const CODE = makeCode(() => 3);
export const OTHER_CODE = makeCode(() => 4);

const TOPICS: Topic[] = [
  { id: "von-vay", name: "Vốn vay, tín dụng", description: "Vay ngân hàng.", phrases: [], agencies: [] },
  ...Array.from({ length: 11 }, (_, i) => topic(`Chủ đề ${i + 2}`)),
  { id: "khac", name: "Việc khác", description: "Khác.", phrases: [], agencies: [] },
];

function topic(name: string): Topic {
  return { id: "ha-tang", name, description: `Về ${name}.`, phrases: [], agencies: [] };
}

const COMMUNES: Commune[] = [
  {
    name: "Long Mỹ",
    kind: "phường",
    formerly: ["Long Trị", "Thuận An"],
    wageRegion: 4,
    from: "2025-07-01",
    certainty: "certain",
  },
  {
    name: "Tân Bình",
    kind: "xã",
    formerly: ["Bình Thành"],
    wageRegion: 4,
    from: "2025-07-01",
    certainty: "certain",
  },
];

const PETITION: PetitionView = {
  code: CODE,
  content: "Kênh ấp 3 bị cạn",
  stance: "phan-anh",
  topic: "ha-tang",
  cooperative: "Kỳ Như",
  commune: "xã Tân Bình",
  contact: "không cần biết",
  status: "forwarded",
  receivedAt: new Date("2026-11-01T02:00:00Z"),
  dueOn: null,
  owned: true,
  events: [{ at: new Date("2026-11-02T08:05:00Z"), status: "forwarded", text: null }],
};

/** The answer of a scripted asker: nothing is known unless the script says so. */
export function answerOf(part: Partial<Answer> = {}): Answer {
  return {
    outcome: "unanswered_no_support",
    confidence: 0.1,
    text: "",
    topic: null,
    asOf: "2026-11-24",
    citations: [],
    offersPetition: true,
    trace: { parts: [] } as unknown as Answer["trace"],
    ...part,
  };
}

export type Chat = {
  /** Says something and gets the whole Turn; the state is kept for the next message. */
  say(text: string, attachment?: Attachment): Promise<Turn>;
  state: ConversationState;
  /** When automatic answers were switched off. */
  pausedSince?: string;
  /** What was asked of the scripted asker. */
  asked: Parameters<Ask>[0][];
};

/** A chat with the real dialogue and a scripted answer to every question. */
export function chat(
  script: (text: string) => Partial<Answer> = () => ({}),
  parts: Partial<RespondParts> = {},
): Chat {
  const asked: Parameters<Ask>[0][] = [];
  let messages = 0;
  const respond = createRespond({
    ask: async (question) => {
      asked.push(question);
      return answerOf(script(question.text));
    },
    triage: (content) => ({ stance: readStance(content, (text) => text.toLowerCase()), topic: "ha-tang" }),
    communes: COMMUNES,
    topics: TOPICS,
    newCode: () => CODE,
    passage: () => null,
    edition: null,
    lookUp: async (code) => (code === CODE ? PETITION : null),
    openPetitions: async () => [],
    ...parts,
  });
  const self: Chat = {
    state: ConversationState.parse({}),
    asked,
    async say(text, attachment) {
      const turn = await respond({
        text,
        attachment: attachment ?? null,
        conversationId: 1,
        messageId: ++messages,
        state: self.state,
        today: "2026-11-24",
        pausedSince: self.pausedSince ?? null,
      });
      self.state = turn.state;
      return turn;
    },
  };
  return self;
}

export const textOf = (turn: Turn) => turn.replies.map((reply) => reply.text).join("\n\n");
export const choicesOf = (turn: Turn) => turn.replies.at(-1)?.choices ?? [];
