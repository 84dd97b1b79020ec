import type { Delivery, OutgoingMessage } from "../conversation/channel.ts";
import { post, type Reply, under } from "./zalo-oa-api.ts";
import { deliveryAfter, deliveryFor, isTokenRefused, setUpFault } from "./zalo-oa-errors.ts";
import { type TokenKeeper, TokenTrouble } from "./zalo-oa-tokens.ts";

/** Characters (UTF-16 units) that Zalo takes in one message. */
export const MAX_TEXT_LENGTH = 2000;
const MAX_BUTTONS = 5;
const MAX_TITLE = 100;
const MAX_PAYLOAD = 1000;
const NO_TOKEN_SECONDS = 60;

type Parts = {
  apiRoot: string;
  tokens: Pick<TokenKeeper, "token">;
  scrub: (text: string) => string;
  /** Hears after every answer what only a person can mend, or null. */
  onAnswer(setUpFault: string | null): void;
};

/** Sends one consultation message and tells what became of it; a token that Zalo refuses is renewed once. */
export function createSend({ apiRoot, tokens, scrub, onAnswer }: Parts) {
  return async (message: OutgoingMessage, until: AbortSignal): Promise<Delivery> => {
    try {
      const token = await tokens.token();
      const reply = await call(message, token, until);
      if (reply === null) return NOT_SENT;
      if (!isTokenRefused(reply)) return verdict(reply);
      const again = await call(message, await tokens.token(token), until);
      return again === null ? NOT_SENT : verdict(again);
    } catch (error) {
      if (!(error instanceof TokenTrouble)) return deliveryAfter(error);
      return { outcome: "retry", afterSeconds: NO_TOKEN_SECONDS, reason: error.message };
    }
  };

  async function call(message: OutgoingMessage, token: string, signal: AbortSignal): Promise<Reply | null> {
    if (signal.aborted) return null;
    return post({
      url: under(apiRoot, "/v3.0/oa/message/cs"),
      headers: { "Content-Type": "application/json", access_token: token },
      body: JSON.stringify({ recipient: { user_id: message.chatId }, message: bodyOf(message) }),
      signal,
    });
  }

  function verdict(reply: Reply): Delivery {
    onAnswer(setUpFault(reply));
    return deliveryFor(reply, scrub);
  }
}

const NOT_SENT: Delivery = { outcome: "retry", afterSeconds: 0, reason: "chưa kịp gửi" };

/** Plain text in the composed form that Zalo counts by, with up to five buttons or a numbered list. */
export function bodyOf({ text, choices }: OutgoingMessage): object {
  const words = wellFormed(text);
  const fitButtons = choices.length <= MAX_BUTTONS && choices.every(({ length }) => length <= MAX_PAYLOAD);
  if (choices.length === 0 || !fitButtons) return { text: withNumbers(words, choices) };
  return { text: words, attachment: { type: "template", payload: { buttons: choices.map(buttonFor) } } };
}

/** The press comes back as a message of the member's whose text is the payload. */
function buttonFor(choice: string): object {
  const title = choice.length > MAX_TITLE ? `${choice.slice(0, MAX_TITLE - 1)}…` : choice;
  return { title: wellFormed(title), type: "oa.query.show", payload: wellFormed(choice) };
}

/** As many numbered lines as the message has room for. */
function withNumbers(text: string, choices: string[]): string {
  const lines = choices.map((choice, index) => `${index + 1}. ${wellFormed(choice)}`);
  return lines.reduce((sofar, line, index) => {
    const longer = `${sofar}${index === 0 ? "\n\n" : "\n"}${line}`;
    return longer.length <= MAX_TEXT_LENGTH ? longer : sofar;
  }, text);
}

/** Half an emoji at a cut becomes a replacement sign. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString("utf8").normalize("NFC");
}
