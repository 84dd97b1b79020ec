import { z } from "zod";
import { normalize } from "../../text/normalize.ts";

const MAX_REASON = 500;

/** A field that must say something. */
export function filledIn(name: string, longest: number) {
  const empty = `${name} đang trống.`;
  return z
    .string(empty)
    .transform(normalize)
    .pipe(z.string().min(1, empty).max(longest, `${name} dài quá ${longest} ký tự. Xin viết ngắn lại.`));
}

/** A reason that may be left out. */
export const maybeReason = z
  .string()
  .default("")
  .transform((text) => normalize(text) || undefined)
  .pipe(z.string().max(MAX_REASON, `Lý do dài quá ${MAX_REASON} ký tự. Xin viết ngắn lại.`).optional());
export const reason = filledIn("Lý do", MAX_REASON);
