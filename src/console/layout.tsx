import { raw } from "hono/html";
import type { Child, PropsWithChildren } from "hono/jsx";
import type { Session } from "../staff/account.ts";
import { mayCall, type Route } from "./access.ts";
import { helpFor } from "./help/articles.ts";
import { ROLES } from "./labels.ts";

const PAGES = [
  { address: "/console", name: "Tổng quan" },
  {
    address: "/console/petitions",
    name: "Kiến nghị",
    also: ["/console/groups", "/console/opinions", "/console/papers"],
  },
  { address: "/console/chats", name: "Trò chuyện", also: ["/console/questions", "/console/judgements"] },
  { address: "/console/knowledge", name: "Kiến thức", also: ["/console/proposals"] },
  {
    address: "/console/staff",
    name: "Quản trị",
    also: ["/console/audit", "/console/switches", "/console/directory", "/console/precision"],
  },
  {
    address: "/console/directory",
    name: "Danh mục",
    also: ["/console/switches", "/console/precision"],
  },
] as const satisfies readonly { address: Path; name: string; also?: readonly string[] }[];
type Path = Route extends infer R ? (R extends `GET ${infer P}` ? P : never) : never;

type At = { assets: string; title: string; path: string; session?: Session; banner?: Child };

/** The frame of every console page. */
export function Layout({ assets, title, path, session, banner, children }: PropsWithChildren<At>) {
  return (
    <>
      {raw("<!doctype html>")}
      <html lang="vi">
        <head>
          <meta charset="utf-8" />
          <title>{`${title} – Cầu Nối`}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <meta name="color-scheme" content="light dark" />
          <meta name="theme-color" content="#114a36" />
          <link rel="icon" href={`${assets}favicon.svg`} type="image/svg+xml" />
          <link rel="stylesheet" href={`${assets}console.css`} />
          <link rel="stylesheet" href={`${assets}knowledge.css`} />
          <link rel="stylesheet" href={`${assets}petitions.css`} />
          <link rel="stylesheet" href={`${assets}chats.css`} />
        </head>
        <body>
          <a class="skip" href="#main">
            Đến nội dung chính
          </a>
          <header class="top">
            <p class="brand">
              <img src={`${assets}favicon.svg`} alt="" width="32" height="32" />
              <span>Cầu Nối</span>
              <small>Dành cho cán bộ</small>
            </p>
            {session ? <Navigation path={path} session={session} /> : null}
          </header>
          {session?.staff.passwordIsTemporary ? <TemporaryPassword /> : null}
          {banner}
          <main id="main" tabindex={-1}>
            {children}
          </main>
        </body>
      </html>
    </>
  );
}

function Navigation({ path, session }: { path: string; session: Session }) {
  return (
    <>
      <nav aria-label="Chính">
        <ul>
          {pagesFor(session).map(({ address, name, ...rest }) => (
            <li key={address}>
              <a
                href={address}
                {...(isWithin(path, [address, ...("also" in rest ? rest.also : [])])
                  ? { "aria-current": "page" as const }
                  : {})}
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form class="account" method="post" action="/console/sign-out">
        <Csrf session={session} />
        <a
          href={helpFor(path)}
          {...(isWithin(path, ["/console/help"]) ? { "aria-current": "page" as const } : {})}
        >
          Trợ giúp
        </a>
        <a href="/console/password" title="Đổi mật khẩu">
          {session.staff.name} <small>({ROLES[session.staff.role]})</small>
        </a>
        <button type="submit">Đăng xuất</button>
      </form>
    </>
  );
}

/** Nobody is led to a page that his role may not open; admins find the directory among the tabs of theirs. */
function pagesFor({ staff }: Session) {
  const isAdmin = mayCall(staff.role, "GET /console/staff");
  return PAGES.filter(
    ({ address }) => mayCall(staff.role, `GET ${address}`) && !(isAdmin && address === "/console/directory"),
  );
}

/** The first page stands at the root of all others, so it is current alone. */
function isWithin(path: string, addresses: string[]): boolean {
  return addresses.some(
    (address) => path === address || (address !== "/console" && path.startsWith(address)),
  );
}

function TemporaryPassword() {
  return (
    <aside class="banner" aria-label="Nhắc đổi mật khẩu">
      Tài khoản này đang dùng mật khẩu in sẵn, chỉ có hạn 24 giờ.{" "}
      <a href="/console/password">Đổi mật khẩu ngay</a>
    </aside>
  );
}

/** The hidden field that tells a form of ours from a forged one. */
export function Csrf({ session }: { session: Session }) {
  return <input type="hidden" name="csrf" value={session.csrfToken} />;
}
