import type { HeldChat } from "../../conversation/transcript.ts";
import { inVietnam } from "../dates.ts";
import type { Conversations } from "../desk.ts";
import type { Handler } from "../handler.ts";
import { channelLabel } from "../labels.ts";
import { type Column, excerpt, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";
import { HELD } from "./places.ts";

const COLUMNS: Column<HeldChat>[] = [
  {
    title: "Cuộc trò chuyện",
    class: "code",
    cell: ({ id }) => <a href={`/console/chats/${id}#end`}>Số {id}</a>,
  },
  { title: "Tin mới nhất", class: "wide most", cell: ({ lastText }) => excerpt(lastText ?? "–") },
  { title: "Kênh", cell: ({ channel }) => channelLabel(channel) },
  { title: "Chờ từ", class: "when", cell: ({ heldSince }) => inVietnam(heldSince) },
];

/** Chats that wait for a person, longest first. */
export function heldPage(conversations: Conversations, view: View): Handler {
  return async (c) => {
    const chats = await conversations.held();
    const body = (
      <Frame at={HELD} session={c.var.session}>
        <div class="heading">
          <h1>Chờ cán bộ</h1>
          <p class="quiet">Trợ lý tự động im lặng ở đây cho đến khi cán bộ giao lại.</p>
        </div>
        {chats.length > 0 ? (
          <Table caption="Cuộc trò chuyện chờ cán bộ, chờ lâu nhất ở trên" columns={COLUMNS} rows={chats} />
        ) : (
          <p class="panel empty">
            Không có ai đang chờ. Khi thành viên gõ /canbo, cuộc trò chuyện sẽ hiện ở đây.
          </p>
        )}
      </Frame>
    );
    return view.page(c, "Chờ cán bộ", body);
  };
}
