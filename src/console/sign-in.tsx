import type { Context } from "hono";
import { z } from "zod";
import { clientAddress, networkOf } from "./client-address.ts";
import type { Accounts } from "./desk.ts";
import type { Handler } from "./handler.ts";
import { MAX_PASSWORD_LENGTH, verifyPassword } from "./password.ts";
import type { StaffSessions } from "./session.ts";
import type { View } from "./view.tsx";

/**
 * Tries in 15 minutes. A browser in which the account signed in before has tries of its own for it, and counts for nothing else:
 * who guesses elsewhere cannot lock the owner out of it.
 */
const MAX_BY_ACCOUNT = 10;
const MAX_BY_ADDRESS = 50;
const MAX_BY_DEVICE = 10;
const RETRY_AFTER_SECONDS = 15 * 60;

const SignIn = z.object({
  email: z.string().trim().toLowerCase().max(254),
  password: z.string().max(MAX_PASSWORD_LENGTH),
});

type Limit = [key: string, most: number];

/** The same for a wrong e-mail, a wrong password and a password that ran out. */
const FAILED = "E-mail hoặc mật khẩu không đúng, hoặc mật khẩu đã hết hạn.";
const TOO_MANY = "Đã thử đăng nhập quá nhiều lần. Xin chờ 15 phút rồi thử lại.";

/** Signing in and out. */
export function signInPages(staff: Accounts, sessions: StaffSessions, view: View) {
  const show: Handler = async (c) => {
    const next = ownAddress(c.req.query("next"));
    if (await sessions.read(c)) return c.redirect(next, 303);
    return view.page(c, "Đăng nhập", <Form next={next} />);
  };

  const submit: Handler = async (c) => {
    const form = await c.req.parseBody();
    const next = ownAddress(form.next);
    const given = SignIn.safeParse(form);
    const limits = await limitsFor(c, given.data?.email ?? "");
    if (await isBeyond(limits)) {
      c.header("Retry-After", String(RETRY_AFTER_SECONDS));
      return view.page(c, "Đăng nhập", <Form next={next} fault={TOO_MANY} />, 429);
    }
    const account = given.success ? await staff.forSignIn(given.data.email) : null;
    const matches = await verifyPassword(account?.passwordHash ?? null, given.data?.password ?? "");
    if (!account || !matches) {
      return view.page(c, "Đăng nhập", <Form next={next} email={given.data?.email} fault={FAILED} />, 401);
    }
    await staff.uncountSignIn(limits.map(([key]) => key));
    await sessions.open(c, account.id);
    await sessions.remember(c, account.id);
    return c.redirect(next, 303);
  };

  const leave: Handler = async (c) => {
    await sessions.close(c);
    return c.redirect("/console/sign-in", 303);
  };

  /** Whatever a try is counted under, with the most that there may be. */
  async function limitsFor(c: Context, email: string): Promise<Limit[]> {
    const device = sessions.device(c);
    if (device && (await staff.knowsDevice(device, email)))
      return [[`device:${device.toString("hex")}:${email}`, MAX_BY_DEVICE]];
    return [
      [`address:${networkOf(clientAddress(c))}`, MAX_BY_ADDRESS],
      [`account:${email}`, MAX_BY_ACCOUNT],
    ];
  }

  async function isBeyond(limits: Limit[]): Promise<boolean> {
    const tries = await Promise.all(limits.map(([key]) => staff.countSignIn(key)));
    return limits.some(([, most], i) => (tries[i] ?? most + 1) > most);
  }

  return { show, submit, leave };
}

/** Where to go after signing in: a page of the console, whatever else was asked for. */
function ownAddress(wanted: unknown): string {
  return typeof wanted === "string" && /^\/console(\/[\w/?=&%.-]*)?$/.test(wanted)
    ? wanted
    : "/console/petitions";
}

type FormProps = { next: string; email?: string | undefined; fault?: string };

function Form({ next, email, fault }: FormProps) {
  return (
    <div class="panel narrow">
      <h1>Đăng nhập</h1>
      <p class="quiet">
        Trang làm việc của cán bộ: đọc và trả lời kiến nghị, câu hỏi của thành viên hợp tác xã.
      </p>
      {fault ? (
        <p class="fault" role="alert">
          {fault}
        </p>
      ) : null}
      <form method="post" action="/console/sign-in" class="stack">
        <input type="hidden" name="next" value={next} />
        <label>
          E-mail
          <input
            type="email"
            name="email"
            value={email ?? ""}
            autocomplete="username"
            required
            maxlength={254}
            autofocus={!email}
          />
        </label>
        <label>
          Mật khẩu
          <input
            type="password"
            name="password"
            autocomplete="current-password"
            required
            maxlength={MAX_PASSWORD_LENGTH}
            autofocus={Boolean(email)}
          />
        </label>
        <button type="submit" class="main">
          Đăng nhập
        </button>
      </form>
      <p class="quiet">Chưa có tài khoản hoặc quên mật khẩu: xin liên hệ người quản trị hệ thống.</p>
    </div>
  );
}
