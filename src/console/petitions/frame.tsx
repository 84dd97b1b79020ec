import type { PropsWithChildren } from "hono/jsx";
import type { Role } from "../../staff/account.ts";
import { type Said, Tabbed } from "../tabbed.tsx";

const TABS = [
  { address: "/console/petitions", name: "Danh sách" },
  { address: "/console/groups", name: "Nhóm kiến nghị" },
  { address: "/console/opinions", name: "Nhập ý kiến" },
  { address: "/console/papers", name: "Sổ và báo cáo" },
];

type FrameProps = PropsWithChildren<{ at: string; said?: Said; role?: Role }>;

/** The frame of the pages about petitions. */
export function Frame({ at, said = {}, role = "staff", children }: FrameProps) {
  // The people of an agency have the list alone.
  const tabs = role === "agency" ? TABS.slice(0, 1) : TABS;
  return (
    <Tabbed label="Kiến nghị" tabs={tabs} at={at} said={said}>
      {children}
    </Tabbed>
  );
}
