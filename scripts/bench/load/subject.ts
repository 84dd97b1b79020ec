import type { Provider } from "./provider.ts";

/** A bot under load, running in a process of its own on a PostgreSQL of its own. */
export type Running = {
  pid: number;
  /** Where Telegram posts, and the secret it posts with. */
  webhook: string;
  secret: string;
  /** Messages that its database still holds as not finished; null where it keeps no such state. */
  open(): Promise<number | null>;
  stop(): Promise<void>;
};

/** What is measured. */
export type Subject = {
  name: string;
  about: string;
  start(given: { databaseUrl: string; provider: Provider; folder: string }): Promise<Running>;
};
