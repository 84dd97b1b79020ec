import { z } from "zod";
import type { Session } from "../staff/account.ts";
import type { Accounts } from "./desk.ts";
import type { Handler } from "./handler.ts";
import { Csrf } from "./layout.tsx";
import { hashPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, verifyPassword } from "./password.ts";
import type { View } from "./view.tsx";

const MAX_TRIES = 10;

const Change = z
  .object({ current: z.string(), next: z.string(), again: z.string() })
  .refine(({ next }) => [...next.normalize("NFC")].length >= MIN_PASSWORD_LENGTH, {
    error: `Mật khẩu mới phải dài ít nhất ${MIN_PASSWORD_LENGTH} ký tự.`,
  })
  .refine(({ next }) => next.length <= MAX_PASSWORD_LENGTH, {
    error: `Mật khẩu mới dài nhất ${MAX_PASSWORD_LENGTH} ký tự.`,
  })
  .refine(({ next, again }) => next === again, { error: "Hai lần nhập mật khẩu mới chưa giống nhau." })
  .refine(({ current, next }) => current !== next, { error: "Mật khẩu mới phải khác mật khẩu hiện tại." });

const WRONG_CURRENT = "Mật khẩu hiện tại không đúng hoặc đã hết hạn.";

/** Changing one's own password; every other session of the account ends with it. */
export function passwordPages(staff: Accounts, view: View) {
  const show: Handler = (c) =>
    view.page(c, "Đổi mật khẩu", <Page session={c.var.session} isDone={c.req.query("done") !== undefined} />);

  const submit: Handler = async (c) => {
    const { session, tokenHash } = c.var;
    const refuse = (fault: string, status: 400 | 429) =>
      view.page(c, "Đổi mật khẩu", <Page session={session} fault={fault} />, status);

    const change = Change.safeParse(await c.req.parseBody());
    if (!change.success) return refuse(change.error.issues[0]?.message ?? WRONG_CURRENT, 400);
    if ((await staff.countSignIn(`password:${session.staff.id}`)) > MAX_TRIES) return view.refusal(c, 429);
    const account = await staff.forSignIn(session.staff.email);
    if (!(await verifyPassword(account?.passwordHash ?? null, change.data.current)))
      return refuse(WRONG_CURRENT, 400);

    await staff.setPassword(session.staff.id, await hashPassword(change.data.next), tokenHash);
    return c.redirect("/console/password?done", 303);
  };

  return { show, submit };
}

type PageProps = { session: Session; fault?: string; isDone?: boolean };

function Page({ session, fault, isDone }: PageProps) {
  return (
    <div class="panel narrow">
      <h1>Đổi mật khẩu</h1>
      {isDone ? (
        <p class="done" role="status">
          Đã đổi mật khẩu. Các phiên đăng nhập khác của tài khoản này đã kết thúc.
        </p>
      ) : null}
      {fault ? (
        <p class="fault" role="alert">
          {fault}
        </p>
      ) : null}
      <form method="post" action="/console/password" class="stack">
        <Csrf session={session} />
        <input type="hidden" name="username" value={session.staff.email} autocomplete="username" />
        <Password name="current" label="Mật khẩu hiện tại" autocomplete="current-password" />
        <Password
          name="next"
          label={`Mật khẩu mới (ít nhất ${MIN_PASSWORD_LENGTH} ký tự; một câu dài dễ nhớ là tốt nhất)`}
          autocomplete="new-password"
        />
        <Password name="again" label="Nhập lại mật khẩu mới" autocomplete="new-password" />
        <button type="submit" class="main">
          Đổi mật khẩu
        </button>
      </form>
    </div>
  );
}

function Password({ name, label, autocomplete }: { name: string; label: string; autocomplete: string }) {
  return (
    <label>
      {label}
      <input
        type="password"
        name={name}
        autocomplete={autocomplete}
        required
        maxlength={MAX_PASSWORD_LENGTH}
      />
    </label>
  );
}
