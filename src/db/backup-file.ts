import { z } from "zod";

/** Raised when a file of before could not be read any more. */
export const FORMAT = 1;
export const MANIFEST = "manifest.json";

const Name = z.string().regex(/^[a-z][a-z_0-9]*$/);

/**
 * What a backup says of itself. The file is a zip with this as manifest.json and, for each table, <name>.copy with its rows
 * as PostgreSQL's COPY writes them, columns in the order given here; `sha256` is of those bytes.
 */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  /** ISO time of the moment that all tables show. */
  at: z.iso.datetime({ offset: true }),
  /** The migrations of the database it was made from. */
  migrations: z.array(z.object({ number: z.int(), name: z.string(), hash: z.string() })).min(1),
  tables: z.array(
    z.object({ name: Name, columns: z.array(Name).min(1), rows: z.int().min(0), sha256: z.string() }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

/** Sign-ins and tokens, and what only running replicas hold: none of it belongs in a backup. */
export const LEFT_OUT = [
  "schema_migrations",
  "staff_sessions",
  "staff_devices",
  "sign_in_attempts",
  "zalo_tokens",
  "zalo_rotations",
  "leaderships",
  "send_turns",
  "petition_presence",
];

export function entryOf(table: string): string {
  return `${table}.copy`;
}
