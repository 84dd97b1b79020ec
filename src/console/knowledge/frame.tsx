import type { Child, PropsWithChildren } from "hono/jsx";
import { type Said, Tabbed } from "../tabbed.tsx";

const TABS = [
  { address: "/console/knowledge", name: "Đang dùng và bản soạn" },
  { address: "/console/knowledge/documents", name: "Văn bản" },
  { address: "/console/knowledge/search", name: "Thử câu hỏi" },
  { address: "/console/proposals", name: "Đề xuất" },
];

/** The frame of the pages about knowledge. */
export function Frame({ at, said = {}, children }: PropsWithChildren<{ at: string; said?: Said }>) {
  return (
    <Tabbed label="Kiến thức" tabs={TABS} at={at} said={said}>
      {children}
    </Tabbed>
  );
}

/** Names with their values; what has no value is left out. */
export function Facts({ facts }: { facts: [name: string, value: Child][] }) {
  return (
    <dl class="known">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== "")
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
