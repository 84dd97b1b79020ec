import { z } from "zod";
import { fileName, formOf } from "../../petitions/attachment.ts";
import { readCode } from "../../petitions/code.ts";
import { maySee } from "../../staff/sight.ts";
import { attachment } from "../attachment.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler } from "../handler.ts";
import type { View } from "../view.tsx";

const Id = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);

/** A photo or document of a petition, for saving: whatever it says it is, it is never shown as a page of ours. */
export function attachmentPage(
  { petitions, office, staff }: Pick<ConsoleOptions, "petitions" | "office" | "staff">,
  view: View,
): Handler {
  return async (c) => {
    const { session } = c.var;
    const reading = readCode(c.req.param("code") ?? "");
    const id = Id.safeParse(c.req.param("id"));
    const petition = reading.kind === "code" ? await petitions.find(reading.code) : null;
    if (!petition || !id.success || !maySee(session.staff, petition)) return view.refusal(c, 404);
    const file = await office.attachments.read(petition.id, id.data);
    if (!file) return view.refusal(c, 404);
    await staff.audit(session.staff.id, "attachment-saved", petition.code);
    const form = formOf(file.bytes);
    return c.body(new Uint8Array(file.bytes), 200, {
      "Content-Type": form.type,
      "Content-Disposition": attachment(fileName(petition.code, file, form)),
      "X-Content-Type-Options": "nosniff",
    });
  };
}
