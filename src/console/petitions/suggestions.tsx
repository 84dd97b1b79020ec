import type { GroupRow, Ungrouped } from "../../petitions/group.ts";
import type { SuggestedGroup } from "../../petitions/grouping.ts";
import type { Session } from "../../staff/account.ts";
import { mayWrite } from "../access.ts";
import { written } from "../dates.ts";
import { channelLabel } from "../labels.ts";
import { Csrf } from "../layout.tsx";
import { excerpt } from "../table.tsx";
import { petitionAddress } from "./places.ts";

/** What one page holds; the rest follows once these are made into groups. */
const SHOWN = 6;
/** As many are ticked at once; more than that nobody reads through. */
const TICKS = 100;

type Joining = {
  topic: string;
  /** Groups of the topic, which a suggestion may join instead. */
  groups: GroupRow[];
  session: Session;
};

/** Petitions of a topic that seem to ask for the same; a person ticks which belong together. */
export function Suggestions({
  found,
  petitions,
  ...joining
}: Joining & { found: readonly SuggestedGroup[]; petitions: Ungrouped[] }) {
  const byId = new Map(petitions.map((petition) => [petition.id, petition]));
  if (found.length === 0)
    return (
      <p class="panel empty">Không có kiến nghị nào giống nhau trong chủ đề này. Hãy thử chủ đề khác.</p>
    );
  return (
    <>
      {found.slice(0, SHOWN).map((suggestion, n) => (
        <Suggestion key={n} n={n + 1} suggestion={suggestion} byId={byId} {...joining} />
      ))}
      {found.length > SHOWN ? (
        <p class="quiet">
          Còn {found.length - SHOWN} gợi ý nữa; sẽ hiện khi các gợi ý trên đã được lập nhóm.
        </p>
      ) : null}
    </>
  );
}

type SuggestionProps = Joining & {
  n: number;
  suggestion: SuggestedGroup;
  byId: Map<number, Ungrouped>;
};

function Suggestion({ n, topic, groups, suggestion, byId, session }: SuggestionProps) {
  const members = suggestion.petitions.flatMap((id) => byId.get(id) ?? []);
  const shown = members.slice(0, TICKS);
  const likeness = Math.round(suggestion.likeness * 100);
  return (
    <section class="panel" aria-labelledby={`suggestion-${n}`}>
      <h2 id={`suggestion-${n}`}>
        Gợi ý {n}: {written(members.length)} kiến nghị{suggestion.area ? `, ${suggestion.area}` : ""}
      </h2>
      <p class="quiet">Giống nhau {likeness}%. Bỏ đánh dấu những kiến nghị không cùng việc rồi lập nhóm.</p>
      {shown.length < members.length ? (
        <p class="quiet">
          Dưới đây là {written(shown.length)} kiến nghị cũ nhất; số còn lại hiện ra khi các kiến nghị này đã
          vào nhóm, lúc đó hãy đưa vào cùng nhóm.
        </p>
      ) : null}
      <form method="post" action="/console/groups" class="stack">
        <Csrf session={session} />
        <input type="hidden" name="topic" value={topic} />
        <fieldset>
          <legend class="unseen">Kiến nghị trong gợi ý {n}</legend>
          <ul class="ticks">
            {shown.map((petition) => (
              <Tick key={petition.id} petition={petition} />
            ))}
          </ul>
        </fieldset>
        {mayWrite(session.staff.role) ? (
          <>
            <label>
              Tên nhóm
              <input name="title" required maxlength={200} value={excerpt(suggestion.example, 120)} />
            </label>
            <Into groups={groups} />
            <button type="submit" class="main">
              Lập nhóm
            </button>
          </>
        ) : null}
      </form>
    </section>
  );
}

function Tick({ petition: { id, code, content, area, channel } }: { petition: Ungrouped }) {
  return (
    <li>
      <label>
        <input type="checkbox" name="petition" value={String(id)} checked />
        <span>
          {excerpt(content)}{" "}
          <small class="quiet">
            {area ?? "không ghi xã, phường"} · {channelLabel(channel)}
          </small>
        </span>
      </label>
      <a href={petitionAddress(code)}>{code}</a>
    </li>
  );
}

function Into({ groups }: { groups: GroupRow[] }) {
  if (groups.length === 0) return null;
  return (
    <label>
      Đưa vào
      <select name="group">
        <option value="">Nhóm mới với tên trên</option>
        {groups.map(({ id, title, size }) => (
          <option key={id} value={String(id)}>
            Nhóm số {id} ({size} kiến nghị): {title}
          </option>
        ))}
      </select>
    </label>
  );
}
