import { CHANNEL_NAMES } from "../../conversation/channel.ts";
import { type ChatRow, MOST_COUNTED, OUTCOME_KINDS } from "../../conversation/chat-list.ts";
import type { ChatWork } from "../chat-work.ts";
import { inVietnam, written } from "../dates.ts";
import type { Handler } from "../handler.ts";
import { AUTHORS, channelLabel, outcomeLabel } from "../labels.ts";
import { Choice, Day } from "../petitions/list-filter.tsx";
import { withQuery } from "../petitions/places.ts";
import { type Column, excerpt, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";
import { type ChatQuery, chatFilter, readChatQuery, readCursor } from "./list-query.ts";
import { ALL, chatAddress } from "./places.ts";

const PER_PAGE = 50;
const ANY = ["", "Tất cả"] as const;

const CHANNELS = [ANY, ...CHANNEL_NAMES.map((name) => [name, channelLabel(name)] as const)];
const KINDS = [ANY, ...OUTCOME_KINDS.map((kind) => [kind, outcomeLabel(kind) ?? kind] as const)];
const MARKS = [ANY, ["member", "Bà con báo chưa đúng ý"], ["staff", "Cán bộ đánh dấu sai"]] as const;

const COLUMNS: Column<ChatRow>[] = [
  {
    title: "Cuộc trò chuyện",
    class: "code",
    cell: ({ id, heldByStaff }) => (
      <>
        <a href={chatAddress(id)}>Số {id}</a>{" "}
        {heldByStaff ? <span class="badge open">chờ cán bộ</span> : null}
      </>
    ),
  },
  {
    title: "Tin mới nhất",
    class: "wide most",
    cell: ({ lastText, lastAuthor }) =>
      lastText === null || lastAuthor === null ? "–" : `${AUTHORS[lastAuthor]}: ${excerpt(lastText)}`,
  },
  { title: "Kênh", cell: ({ channel }) => channelLabel(channel) },
  { title: "Kết quả gần nhất", cell: ({ lastOutcome }) => outcomeLabel(lastOutcome) ?? "–" },
  {
    title: "Số tin",
    cell: ({ messages }) =>
      messages < MOST_COUNTED ? written(messages) : `từ ${written(MOST_COUNTED)} trở lên`,
  },
  { title: "Lúc", class: "when", cell: ({ lastMessageAt }) => inVietnam(lastMessageAt) },
];

/** Every chat, the latest message on top, narrowed by its address. */
export function listPage(chats: Pick<ChatWork, "list">, view: View): Handler {
  return async (c) => {
    const query = readChatQuery(c.req.query());
    const after = readCursor(c.req.query("after"));
    // One more than is shown tells whether there is a next page.
    const rows = await chats.list(chatFilter(query), after, PER_PAGE + 1);
    const shown = rows.slice(0, PER_PAGE);
    const next = rows.length > PER_PAGE ? shown.at(-1)?.cursor : undefined;
    const body = (
      <Frame at={ALL} session={c.var.session}>
        <h1>Tất cả cuộc trò chuyện</h1>
        <Filter query={query} />
        {shown.length > 0 ? (
          <Table caption="Cuộc trò chuyện, có tin mới nhất ở trên" columns={COLUMNS} rows={shown} />
        ) : (
          <Nothing isNarrowed={Object.keys(query).length > 0} />
        )}
        <Pages query={query} isFirst={after === null} next={next} />
      </Frame>
    );
    return view.page(c, "Tất cả cuộc trò chuyện", body);
  };
}

function Filter({ query }: { query: ChatQuery }) {
  const { q, ...rest } = query;
  return (
    <search>
      <form method="get" action={ALL} class="sieve">
        <div class="filter ask">
          <label>
            Tìm
            <input type="search" name="q" value={q ?? ""} placeholder="Lời bà con viết, không cần dấu" />
          </label>
          <button type="submit">Lọc</button>
        </div>
        <details open={Object.keys(rest).length > 0}>
          <summary>Lọc thêm</summary>
          <div class="filter many">
            <Choice name="kind" label="Có tin được xử lý là" choices={KINDS} chosen={query.kind} />
            <Choice name="mark" label="Có câu trả lời sai" choices={MARKS} chosen={query.mark} />
            <Choice name="channel" label="Kênh" choices={CHANNELS} chosen={query.channel} />
            <Day name="from" label="Tin mới nhất từ ngày" value={query.from} />
            <Day name="to" label="Tin mới nhất đến ngày" value={query.to} />
          </div>
        </details>
        {Object.keys(query).length > 0 ? <a href={ALL}>Bỏ lọc</a> : null}
      </form>
    </search>
  );
}

function Nothing({ isNarrowed }: { isNarrowed: boolean }) {
  return (
    <p class="panel empty">
      {isNarrowed
        ? "Không có cuộc trò chuyện nào như vậy. Hãy bớt điều kiện lọc."
        : "Chưa có cuộc trò chuyện nào. Khi bà con nhắn tin, cuộc trò chuyện sẽ hiện ở đây."}
    </p>
  );
}

function Pages({ query, isFirst, next }: { query: ChatQuery; isFirst: boolean; next: string | undefined }) {
  if (isFirst && next === undefined) return null;
  return (
    <nav class="pager" aria-label="Phân trang">
      {isFirst ? <span /> : <a href={withQuery(ALL, query)}>‹ Về trang đầu</a>}
      {next === undefined ? <span /> : <a href={withQuery(ALL, { ...query, after: next })}>Cũ hơn ›</a>}
    </nav>
  );
}
