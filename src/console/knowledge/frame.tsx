import type { Child, PropsWithChildren } from "hono/jsx";

/** What a page says about the last thing done. */
export type Said = { notice?: string | undefined; fault?: string | undefined };

const TABS = [
  { address: "/console/knowledge", name: "Đang dùng và bản soạn" },
  { address: "/console/knowledge/documents", name: "Văn bản" },
  { address: "/console/knowledge/search", name: "Thử câu hỏi" },
  { address: "/console/proposals", name: "Đề xuất" },
];

/** The frame of the pages about knowledge. */
export function Frame({ at, said = {}, children }: PropsWithChildren<{ at: string; said?: Said }>) {
  return (
    <>
      <nav class="tabs" aria-label="Kiến thức">
        <ul>
          {TABS.map(({ address, name }) => (
            <li key={address}>
              <a href={address} {...(address === at ? { "aria-current": "page" as const } : {})}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {said.notice ? (
        <p class="done" role="status">
          {said.notice}
        </p>
      ) : null}
      {said.fault ? (
        <p class="fault" role="alert">
          {said.fault}
        </p>
      ) : null}
      {children}
    </>
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
