import type { AccountRow, Session } from "../../staff/account.ts";
import { inVietnam } from "../dates.ts";
import type { PrintedAccount } from "../first-account.ts";
import { ROLES } from "../labels.ts";
import { Csrf } from "../layout.tsx";
import type { Catalog } from "../office.ts";
import { agencyName } from "../petitions/names.ts";
import type { Said } from "../tabbed.tsx";
import { type Column, Table } from "../table.tsx";
import { Frame } from "./frame.tsx";
import { StandingFields } from "./standing-fields.tsx";

const PATH = "/console/staff";

/** `printed` is shown this once; `typed` is what a refused form held. */
export type StaffSaid = Said & { printed?: PrintedAccount; typed?: Record<string, unknown> };

type Shown = { accounts: AccountRow[]; catalog: Catalog; session: Session; said: StaffSaid };

/** Who may work in the console, and as what. */
export function StaffView(props: Shown) {
  const { accounts, catalog, session, said } = props;
  return (
    <Frame at={PATH} said={said}>
      <h1>Tài khoản</h1>
      {said.printed ? <Printed {...said.printed} /> : null}
      <Table caption="Tài khoản làm việc" columns={columnsFor(catalog, session)} rows={accounts} />
      <section class="panel" aria-labelledby="new-account">
        <h2 id="new-account">Thêm tài khoản</h2>
        <form method="post" action={PATH} class="stack">
          <Csrf session={session} />
          <label>
            Họ và tên (hiện trong quá trình xử lý kiến nghị)
            <input name="name" required maxlength={100} value={textOf(said.typed?.name)} autocomplete="off" />
          </label>
          <label>
            E-mail (dùng để đăng nhập)
            <input
              type="email"
              name="email"
              required
              maxlength={254}
              value={textOf(said.typed?.email)}
              autocomplete="off"
            />
          </label>
          <StandingFields catalog={catalog} chosen={said.typed ?? {}} />
          <button type="submit" class="main">
            Thêm tài khoản
          </button>
          <p class="quiet">Mật khẩu dùng một lần sẽ hiện ở trang kế tiếp, chỉ một lần, có hạn 24 giờ.</p>
        </form>
      </section>
    </Frame>
  );
}

function textOf(typed: unknown): string {
  return typeof typed === "string" ? typed : "";
}

function Printed({ email, password }: PrintedAccount) {
  return (
    <section class="panel" aria-labelledby="printed" role="status">
      <h2 id="printed">Mật khẩu của {email}</h2>
      <p class="code">{password}</p>
      <p>
        Hãy chép lại và trao tận tay. Mật khẩu chỉ hiện lần này, dùng được trong 24 giờ; người nhận đổi mật
        khẩu ngay sau khi đăng nhập.
      </p>
    </section>
  );
}

function columnsFor(catalog: Catalog, session: Session): Column<AccountRow>[] {
  return [
    { title: "Tên", cell: ({ name }) => name },
    { title: "E-mail", class: "wide", cell: ({ email }) => email },
    { title: "Vai trò", cell: (account) => standingOf(account, catalog) },
    {
      title: "Hoạt động lần cuối",
      class: "when",
      cell: ({ lastSeenAt }) => (lastSeenAt ? inVietnam(lastSeenAt) : "chưa đăng nhập"),
    },
    { title: "Trạng thái", cell: stateOf },
    { title: "Việc", cell: (account) => <Works {...{ account, catalog, session }} /> },
  ];
}

function standingOf({ role, agency, commune }: AccountRow, catalog: Catalog): string {
  if (agency === null) return ROLES[role];
  return `${ROLES[role]}: ${agencyName(catalog, agency)}${commune ? `, ${commune}` : ""}`;
}

function stateOf({ disabledAt, sessions }: AccountRow) {
  if (disabledAt) return <span class="wrong">đã khóa từ {inVietnam(disabledAt)}</span>;
  return sessions > 0 ? `đang dùng, ${sessions} phiên đăng nhập` : "đang dùng";
}

type WorksProps = { account: AccountRow; catalog: Catalog; session: Session };

function Works({ account, catalog, session }: WorksProps) {
  const post = (verb: string, button: string) => (
    <form method="post" action={`${PATH}/${account.id}/${verb}`}>
      <Csrf session={session} />
      <button type="submit" aria-label={`${button}: ${account.name}`}>
        {button}
      </button>
    </form>
  );
  return (
    <details>
      <summary aria-label={`Sửa tài khoản ${account.name}`}>Sửa</summary>
      <form method="post" action={`${PATH}/${account.id}/role`} class="stack">
        <Csrf session={session} />
        <StandingFields catalog={catalog} chosen={account} />
        <button type="submit" aria-label={`Lưu vai trò: ${account.name}`}>
          Lưu vai trò
        </button>
      </form>
      {post("reset", "Cấp lại mật khẩu")}
      {account.sessions > 0 ? post("end-sessions", "Kết thúc các phiên đăng nhập") : null}
      {account.disabledAt ? post("enable", "Mở khóa") : post("disable", "Khóa tài khoản")}
    </details>
  );
}
