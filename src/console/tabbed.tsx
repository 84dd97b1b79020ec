import type { PropsWithChildren } from "hono/jsx";

/** What a page says about the last thing done. */
export type Said = { notice?: string | undefined; fault?: string | undefined };

export type Tab = { address: string; name: string };

/** Pages that belong together: their tabs, what was just done, and the page itself. `at` is the address of the open tab. */
export function Tabbed(given: PropsWithChildren<{ label: string; tabs: Tab[]; at: string; said?: Said }>) {
  const { label, tabs, at, said = {}, children } = given;
  return (
    <>
      <nav class="tabs" aria-label={label}>
        <ul>
          {tabs.map(({ address, name }) => (
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
