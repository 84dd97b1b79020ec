import type { PropsWithChildren } from "hono/jsx";
import { type Said, Tabbed } from "../tabbed.tsx";

const TABS = [
  { address: "/console/petitions", name: "Danh sách" },
  { address: "/console/groups", name: "Nhóm kiến nghị" },
  { address: "/console/opinions", name: "Nhập ý kiến" },
  { address: "/console/papers", name: "Sổ và báo cáo" },
];

/** The frame of the pages about petitions. */
export function Frame({ at, said = {}, children }: PropsWithChildren<{ at: string; said?: Said }>) {
  return (
    <Tabbed label="Kiến nghị" tabs={TABS} at={at} said={said}>
      {children}
    </Tabbed>
  );
}
