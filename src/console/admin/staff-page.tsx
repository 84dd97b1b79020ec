import type { Context } from "hono";
import { z } from "zod";
import { AccountRefused, type AccountRow } from "../../staff/account.ts";
import type { ConsoleOptions } from "../desk.ts";
import { newAccount, printedPassword } from "../first-account.ts";
import type { Handler, Signed } from "../handler.ts";
import type { View } from "../view.tsx";
import { readPerson, readStanding } from "./account-fields.ts";
import { type StaffSaid, StaffView } from "./staff-view.tsx";

const PATH = "/console/staff";
const Id = z.string().regex(/^\d{1,15}$/);

const NOTICES: Record<string, string> = {
  role: "Đã đổi vai trò. Có hiệu lực ngay.",
  disabled: "Đã khóa tài khoản; các phiên đăng nhập của tài khoản đã kết thúc.",
  enabled: "Đã mở khóa tài khoản.",
  ended: "Đã kết thúc mọi phiên đăng nhập của tài khoản.",
};
const TAKEN = "Đã có tài khoản dùng e-mail này.";

/** The accounts: who there is, and what an admin may do about them. */
export function staffPages(
  { accounts, staff, office }: Pick<ConsoleOptions, "accounts" | "staff" | "office">,
  view: View,
) {
  const show: Handler = (c) => draw(c, { notice: NOTICES[c.req.query("notice") ?? ""] });

  const create: Handler = async (c) => {
    const fields = await c.req.parseBody();
    const [person, standing] = [readPerson(fields), readStanding(fields, office.catalog())];
    if ("fault" in person) return draw(c, { fault: person.fault, typed: fields }, 400);
    if ("fault" in standing) return draw(c, { fault: standing.fault, typed: fields }, 400);
    const printed = await newAccount(staff, { ...person, ...standing });
    return printed ? draw(c, { printed }) : draw(c, { fault: TAKEN, typed: fields }, 409);
  };

  const setRole = changing(async (account, fields) => {
    const standing = readStanding(fields, office.catalog());
    if ("fault" in standing) throw new AccountRefused(standing.fault);
    await accounts.setRole(account.id, standing);
    return "role";
  });

  const disable = changing(async ({ id }) => {
    await accounts.setDisabled(id, true);
    return "disabled";
  });

  const enable = changing(async ({ id }) => {
    await accounts.setDisabled(id, false);
    return "enabled";
  });

  const endSessions = changing(async ({ id }) => {
    await accounts.endSessions(id);
    return "ended";
  });

  /** The password stands in the answer itself and nowhere else, so it is read once. */
  const reset: Handler = async (c) => {
    const account = await find(c);
    if (!account) return view.refusal(c, 404);
    const { password, passwordHash, expiresAt } = await printedPassword();
    await accounts.resetPassword(account.id, passwordHash, expiresAt);
    return draw(c, { printed: { email: account.email, password } });
  };

  /** Changes the account of the address, and says so or why not. `work` names the notice. */
  function changing(
    work: (account: AccountRow, fields: Record<string, unknown>) => Promise<string>,
  ): Handler {
    return async (c) => {
      const account = await find(c);
      if (!account) return view.refusal(c, 404);
      try {
        const notice = await work(account, await c.req.parseBody());
        return c.redirect(`${PATH}?notice=${notice}`, 303);
      } catch (error) {
        if (!(error instanceof AccountRefused)) throw error;
        return draw(c, { fault: error.message }, 409);
      }
    };
  }

  async function find(c: Context<Signed>): Promise<AccountRow | null> {
    const id = Id.safeParse(c.req.param("id"));
    return id.success ? accounts.find(Number(id.data)) : null;
  }

  async function draw(c: Context<Signed>, said: StaffSaid, status: 200 | 400 | 409 = 200) {
    const shown = {
      accounts: await accounts.list(),
      catalog: office.catalog(),
      session: c.var.session,
      said,
    };
    return view.page(c, "Tài khoản", <StaffView {...shown} />, status);
  }

  return { show, create, setRole, disable, enable, endSessions, reset };
}
