/** The places a member can write from; stored with each conversation. */
export const CHANNEL_NAMES = ["web-chat", "telegram", "zalo-bot", "zalo-oa"] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** What came with a message beside its text. */
export type Attachment = {
  kind: "photo" | "document" | "voice" | "sticker" | "other";
  /** The provider's own reference, enough to fetch the file later; null when there is none. */
  reference: string | null;
  /** As the provider tells them, which proves nothing. */
  name?: string;
  /** In bytes. */
  size?: number;
  mime?: string;
};

/** What became of asking a provider for a file; a state on its row that staff see, never an exception. */
export type FetchedFile =
  | { outcome: "fetched"; bytes: Uint8Array }
  /** May be asked for again after the given seconds. */
  | { outcome: "retry"; afterSeconds: number; reason: string }
  /** Will never come: too large, gone, or not at the provider's. */
  | { outcome: "refused"; reason: string };

/** One message as a channel hands it over, in no network's own shape. */
export type IncomingMessage = {
  channel: ChannelName;
  /** The chat it stands in, unique within its channel. */
  chatId: string;
  /** The provider's id of this message, unique within its channel; a repeat of it changes nothing. */
  externalId: string;
  text: string;
  attachment: Attachment | null;
  sentAt: Date;
};

/** Stores a message. Resolves only after the commit, so a channel acknowledges to its provider after it and never before. */
export type Receive = (message: IncomingMessage) => Promise<void>;

/** What a person of the staff wrote to the member of a chat from the provider's own app, past our console. */
export type StaffWords = IncomingMessage;

/** Notes them and gives the chat to people. Resolves only after the commit, as Receive does; a repeat changes nothing. */
export type TakenOver = (words: StaffWords) => Promise<void>;

/** One call to a provider: already cut to the channel's length. */
export type OutgoingMessage = {
  chatId: string;
  text: string;
  /** Answers offered for tapping; posted back as text. Empty when there are none. */
  choices: string[];
};

/** What became of a call; a state on the message row that staff see, never an exception. */
export type Delivery =
  | { outcome: "sent"; providerId: string | null }
  /** Surely not delivered; may be tried again after the given seconds. */
  | { outcome: "retry"; afterSeconds: number; reason: string }
  /** Surely not delivered and never will be: blocked, deactivated. */
  | { outcome: "refused"; reason: string }
  /** Surely not delivered, for the provider's window is closed; sent once the member writes again. */
  | { outcome: "waiting"; reason: string }
  /**
   * Timed out or cut off: it may have arrived. It is not sent again blindly, except where a second copy costs nothing and harms
   * a member less than an answer that never came.
   */
  | { outcome: "uncertain"; reason: string; mayRepeat?: true };

export type Capabilities = {
  /** Characters (UTF-16 units) that one message may hold. */
  maxTextLength: number;
  choices: "buttons" | "numbers";
};

/** A network that members write from. */
export interface Channel {
  readonly name: ChannelName;
  readonly capabilities: Capabilities;
  /** Begins to take messages; returns once it does. `takenOver` matters only where staff can write past our console. */
  start(receive: Receive, takenOver?: TakenOver): Promise<void>;
  /** Takes no more messages; resolves when the last one is stored. */
  stop(): Promise<void>;
  send(message: OutgoingMessage, signal: AbortSignal): Promise<Delivery>;
  /** Fetches what an attachment refers to; left out where members send no files. */
  fetchFile?(reference: string, signal: AbortSignal): Promise<FetchedFile>;
  /** Tells that an answer is being prepared; failures are ignored. */
  typing?(chatId: string): Promise<void>;
  /** Takes what the provider posts to us, its body untouched; 2xx only after the message is stored. */
  webhook?(headers: Headers, rawBody: Uint8Array): Promise<{ status: number }>;
  /** What is wrong, in a few words for /readyz, or null. */
  fault(): string | null;
}
