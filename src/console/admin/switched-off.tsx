import type { Switch, SwitchName } from "../../conversation/switch.ts";
import { inVietnam } from "../dates.ts";
import { channelLabel } from "../labels.ts";

/** What a switch is called on the pages. */
export function switchLabel(name: SwitchName): string {
  return name === "answers" ? "Trả lời tự động" : `Kênh ${channelLabel(name)}`;
}

/** Reminds staff on every page of what is switched off; a database that does not answer is told of elsewhere. */
export async function SwitchedOff({ off }: { off: () => Promise<Switch[]> }) {
  const switches = await off().catch(() => []);
  if (switches.length === 0) return null;
  return (
    <aside class="banner" aria-label="Đang tắt">
      Đang tắt:{" "}
      {switches
        .map(({ name, since }) => `${switchLabel(name)}${since ? ` (từ ${inVietnam(since)})` : ""}`)
        .join("; ")}
      . <a href="/console/switches">Xem công tắc</a>
    </aside>
  );
}
