import { readCode } from "../../petitions/code.ts";
import { maySee } from "../../staff/sight.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler } from "../handler.ts";
import type { View } from "../view.tsx";

/** Takes the heartbeat of an open petition page and tells who else has it open; "leaving" closes it. */
export function presenceHandler(
  { petitions, office }: Pick<ConsoleOptions, "petitions" | "office">,
  view: View,
): Handler {
  return async (c) => {
    const reading = readCode(c.req.param("code") ?? "");
    const petition = reading.kind === "code" ? await petitions.find(reading.code) : null;
    const { staff } = c.var.session;
    if (!petition || !maySee(staff, petition)) return view.refusal(c, 404);
    const { id } = staff;
    if ((await c.req.parseBody()).leaving) {
      await office.presence.left(petition.id, id);
      return c.json({ words: "" });
    }
    return c.json({ words: onlookersInWords(await office.presence.seen(petition.id, id)) });
  };
}

/** "Nguyễn Thị Hạnh đang mở kiến nghị này."; nothing while nobody else has it open. */
export function onlookersInWords(onlookers: { name: string }[]): string {
  if (onlookers.length === 0) return "";
  const names = onlookers.map(({ name }) => name).join(", ");
  return `${names} cũng đang mở kiến nghị này. Hãy trao đổi trước khi trả lời để tránh làm trùng.`;
}
