import type { PetitionFile } from "../../petitions/petition-file.ts";
import type { Session } from "../../staff/account.ts";
import { mayCall } from "../access.ts";

/** On the page of a petition that was answered: the way to let the answer serve others too. */
export function ProposeLink({ petition, session }: { petition: PetitionFile; session: Session }) {
  if (!mayCall(session.staff.role, "GET /console/petitions/:code/propose") || !officialReply(petition))
    return null;
  return (
    <p class="panel">
      <a href={`/console/petitions/${petition.code}/propose`}>Đưa câu trả lời vào kiến thức</a>{" "}
      <span class="quiet">để trợ lý trả lời được những bà con hỏi cùng việc.</span>
    </p>
  );
}

/** The latest answer that the member was given; null while there is none. */
export function officialReply({ events }: PetitionFile): string | null {
  return (
    events.findLast(({ statusTo, publicText }) => statusTo === "answered" && publicText)?.publicText ?? null
  );
}
