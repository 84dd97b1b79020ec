import type { PropsWithChildren } from "hono/jsx";
import type { Role } from "../../staff/account.ts";
import { mayCall } from "../access.ts";
import { type Said, Tabbed } from "../tabbed.tsx";

const TABS = [
  { address: "/console/staff", name: "Tài khoản" },
  { address: "/console/switches", name: "Công tắc" },
  { address: "/console/directory", name: "Danh mục" },
  { address: "/console/precision", name: "Độ chính xác" },
  { address: "/console/audit", name: "Nhật ký" },
] as const;

type FrameProps = PropsWithChildren<{ at: string; said?: Said; role?: Role }>;

/** The frame of the pages about the service itself; whoever is no admin is led to those that he may read. */
export function Frame({ at, said = {}, role = "admin", children }: FrameProps) {
  const tabs = TABS.filter(({ address }) => mayCall(role, `GET ${address}`));
  return (
    <Tabbed label="Quản trị" tabs={tabs} at={at} said={said}>
      {children}
    </Tabbed>
  );
}
