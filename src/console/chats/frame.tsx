import type { PropsWithChildren } from "hono/jsx";
import type { Session } from "../../staff/account.ts";
import { mayCall } from "../access.ts";
import { type Said, Tabbed } from "../tabbed.tsx";
import { ALL, FAILED, HELD, JUDGEMENTS, QUESTIONS } from "./places.ts";

const TABS = [
  { address: HELD, name: "Chờ cán bộ" },
  { address: ALL, name: "Tất cả" },
  { address: QUESTIONS, name: "Chưa có lời đáp" },
  { address: FAILED, name: "Chưa gửi được" },
  { address: JUDGEMENTS, name: "Câu trả lời sai" },
] as const;

type FrameProps = PropsWithChildren<{ at: string; session: Session; said?: Said }>;

/** The frame of the pages about chats; a role sees the tabs that it may open. */
export function Frame({ at, session, said = {}, children }: FrameProps) {
  const tabs = TABS.filter(({ address }) => mayCall(session.staff.role, `GET ${address}`));
  return (
    <Tabbed label="Trò chuyện" tabs={tabs} at={at} said={said}>
      {children}
    </Tabbed>
  );
}
