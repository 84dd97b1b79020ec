import type { PropsWithChildren } from "hono/jsx";

/** What a page says about the last thing done. */
export type Said = { notice?: string | undefined; fault?: string | undefined };

const TABS = [
  { address: "/console/petitions", name: "Danh sách" },
  { address: "/console/groups", name: "Nhóm kiến nghị" },
  { address: "/console/opinions", name: "Nhập ý kiến" },
  { address: "/console/papers", name: "Sổ và báo cáo" },
];

/** The frame of the pages about petitions. */
export function Frame({ at, said = {}, children }: PropsWithChildren<{ at: string; said?: Said }>) {
  return (
    <>
      <nav class="tabs" aria-label="Kiến nghị">
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
      <Notices said={said} />
      {children}
    </>
  );
}

export function Notices({ said: { notice, fault } }: { said: Said }) {
  return (
    <>
      {notice ? (
        <p class="done" role="status">
          {notice}
        </p>
      ) : null}
      {fault ? (
        <p class="fault" role="alert">
          {fault}
        </p>
      ) : null}
    </>
  );
}
