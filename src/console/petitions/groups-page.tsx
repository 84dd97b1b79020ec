import { z } from "zod";
import { CONSIDERED, type GroupRow } from "../../petitions/group.ts";
import { inVietnam, written } from "../dates.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler } from "../handler.ts";
import type { Catalog } from "../office.ts";
import { Pager, pageOf } from "../pager.tsx";
import { type Column, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { filledIn } from "./fields.ts";
import { Frame } from "./frame.tsx";
import { topicName } from "./names.ts";
import { groupAddress } from "./places.ts";
import { createSuggest } from "./suggesting.ts";
import { Suggestions } from "./suggestions.tsx";

const PATH = "/console/groups";
const PER_PAGE = 50;
const GROUPS_TO_JOIN = 200;
const Title = filledIn("Tên nhóm", 200);
const Ids = z
  .array(z.coerce.number().int().positive())
  .min(1, "Chưa đánh dấu kiến nghị nào để đưa vào nhóm.");
/** The group that they join; without one they make their own. */
const Into = z.coerce.number().int().positive();
const Topic = z.string().regex(/^[a-z0-9-]{1,60}$/);

const NOTICES: Record<string, string> = {
  dissolved: "Đã giải tán nhóm. Từng kiến nghị vẫn giữ nguyên nội dung, mã và câu trả lời.",
};

/** The groups that there are, and those that could be made. */
export function groupsPages({ office }: Pick<ConsoleOptions, "office">, view: View) {
  const { groups } = office;
  const suggestAmong = createSuggest();

  const show: Handler = async (c) => {
    const page = pageOf(c.req.query("page"));
    const rows = await groups.list(page, PER_PAGE);
    const catalog = office.catalog();
    const body = (
      <Frame at={PATH} said={{ notice: NOTICES[c.req.query("notice") ?? ""] }}>
        <div class="heading">
          <h1>Nhóm kiến nghị</h1>
          <p class="quiet">
            Kiến nghị cùng một việc được trả lời một lần; mỗi kiến nghị vẫn giữ mã và nội dung riêng.
          </p>
        </div>
        <TopicForm catalog={catalog} />
        <h2>Các nhóm đang có</h2>
        {rows.length > 0 ? (
          <Table caption="Các nhóm, mới nhất ở trên" columns={columnsFor(catalog)} rows={rows} />
        ) : (
          <p class="panel empty">
            Chưa có nhóm nào. Chọn một chủ đề ở trên để xem gợi ý các kiến nghị giống nhau.
          </p>
        )}
        <Pager path={PATH} page={page} hasNext={rows.length === PER_PAGE} />
      </Frame>
    );
    return view.page(c, "Nhóm kiến nghị", body);
  };

  const suggest: Handler = async (c) => {
    const topic = Topic.safeParse(c.req.query("topic"));
    if (!topic.success) return c.redirect(PATH, 303);
    return drawSuggestions(c, topic.data, undefined, 200);
  };

  const make: Handler = async (c) => {
    const form = await c.req.formData();
    const topic = Topic.safeParse(form.get("topic"));
    if (!topic.success) return drawSuggestions(c, "", "Chưa chọn chủ đề.", 400);
    const into = Into.safeParse(form.get("group"));
    const title = Title.safeParse(form.get("title"));
    const petitions = Ids.safeParse(form.getAll("petition"));
    const fault = petitions.error?.issues[0]?.message ?? title.error?.issues[0]?.message;
    const by = c.var.session.staff.id;
    if (petitions.success && into.success && (await groups.find(into.data))) {
      await groups.add(into.data, by, petitions.data);
      return c.redirect(`${groupAddress(into.data)}?notice=added`, 303);
    }
    if (!title.success || !petitions.success) return drawSuggestions(c, topic.data, fault, 400);
    const made = { title: title.data, topic: topic.data, petitions: petitions.data };
    const id = await groups.create(by, made);
    return c.redirect(`${groupAddress(id)}?notice=made`, 303);
  };

  async function drawSuggestions(
    c: Parameters<Handler>[0],
    topic: string,
    fault: string | undefined,
    status: 200 | 400,
  ) {
    const [petitions, all] = await Promise.all([groups.ungrouped({ topic }), groups.list(1, GROUPS_TO_JOIN)]);
    const found = await suggestAmong(topic, petitions);
    const present = all.filter((group) => group.topic === topic);
    const catalog = office.catalog();
    const name = topicName(catalog, topic);
    const body = (
      <Frame at={PATH} said={{ fault }}>
        <p class="back">
          <a href={PATH}>‹ Các nhóm</a>
        </p>
        <div class="heading">
          <h1>Gợi ý nhóm: {name}</h1>
          <p class="quiet">
            {written(petitions.length)} kiến nghị đang mở, chưa vào nhóm nào
            {petitions.length === CONSIDERED
              ? "; đây là những kiến nghị mới nhất, kiến nghị cũ hơn hiện ra khi các kiến nghị này đã vào nhóm"
              : ""}
          </p>
        </div>
        <TopicForm catalog={catalog} chosen={topic} />
        <Suggestions
          found={found}
          topic={topic}
          petitions={petitions}
          groups={present}
          session={c.var.session}
        />
      </Frame>
    );
    return view.page(c, `Gợi ý nhóm: ${name}`, body, status);
  }

  return { show, suggest, make };
}

function TopicForm({ catalog, chosen }: { catalog: Catalog; chosen?: string }) {
  return (
    <form method="get" action={`${PATH}/suggestions`} class="filter ask">
      <label>
        Gợi ý nhóm theo chủ đề
        <select name="topic">
          {catalog.topics.map(({ id, name }) => (
            <option key={id} value={id} selected={id === chosen}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Xem gợi ý</button>
    </form>
  );
}

function columnsFor(catalog: Catalog): Column<GroupRow>[] {
  return [
    { title: "Nhóm", class: "wide", cell: ({ id, title }) => <a href={groupAddress(id)}>{title}</a> },
    { title: "Chủ đề", cell: ({ topic }) => topicName(catalog, topic) },
    { title: "Số kiến nghị", cell: ({ size }) => written(size) },
    { title: "Còn mở", cell: ({ open }) => written(open) },
    { title: "Lập lúc", class: "when", cell: ({ createdAt }) => inVietnam(createdAt) },
  ];
}
