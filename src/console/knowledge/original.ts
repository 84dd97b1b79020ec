import { z } from "zod";
import { attachment } from "../attachment.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler } from "../handler.ts";
import type { View } from "../view.tsx";

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Gives a file back as it was handed in; whatever it holds, a browser may only save it (the server sees to the headers). */
export function originalPage(
  { knowledge, staff }: Pick<ConsoleOptions, "knowledge" | "staff">,
  view: View,
): Handler {
  return async (c) => {
    const hash = Hash.safeParse(c.req.param("hash"));
    if (!hash.success) return view.refusal(c, 404);
    const name = await knowledge.editions.nameOf(hash.data);
    const bytes = name && (await knowledge.editions.original(hash.data));
    if (!name || !bytes) return view.refusal(c, 404);
    await staff.audit(c.var.session.staff.id, "original-viewed", `original:${hash.data}`);
    return c.body(new Uint8Array(bytes), 200, {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": attachment(name),
    });
  };
}
