import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Switch } from "../conversation/switch.ts";
import type { Session } from "../staff/account.ts";
import { SwitchedOff } from "./admin/switched-off.tsx";
import type { Signed } from "./handler.ts";
import { Layout } from "./layout.tsx";

const REFUSALS = {
  401: "Phiên làm việc đã hết, nên chưa có gì được gửi. Bấm nút quay lại của trình duyệt để lấy lại phần đã viết, rồi đăng nhập lại.",
  403: "Tài khoản này không được làm việc vừa chọn, hoặc trang đã mở quá lâu. Hãy tải lại trang trước rồi thử lại.",
  404: "Không có mục này, hoặc mục đã được xóa theo yêu cầu của thành viên.",
  413: "Nội dung gửi lên quá dài.",
  415: "Yêu cầu không đến từ một biểu mẫu của trang này.",
  429: "Đã thử quá nhiều lần. Xin chờ 15 phút rồi thử lại.",
};
export type Refusal = keyof typeof REFUSALS;

const TITLES: Record<Refusal, string> = {
  401: "Cần đăng nhập lại",
  403: "Không được phép",
  404: "Không tìm thấy",
  413: "Quá dài",
  415: "Yêu cầu không hợp lệ",
  429: "Xin chờ một lát",
};

/** Draws whole pages of the console around what a page has to say, and what is switched off. */
export function createView(assets: string, off: () => Promise<Switch[]>) {
  return {
    /** Where the files of the pages are, with a slash at its end. */
    assets,
    page(c: Context<Signed>, title: string, body: Child, status: ContentfulStatusCode = 200) {
      // Not set on pages that are open to anyone.
      const session = c.get("session") as Session | undefined;
      const signed = session ? { session, banner: <SwitchedOff off={off} /> } : {};
      const at = { assets, title, path: c.req.path, ...signed };
      return c.html(<Layout {...at}>{body}</Layout>, status);
    },
    refusal(c: Context<Signed>, status: Refusal) {
      const body = (
        <div class="panel narrow">
          <h1>{TITLES[status]}</h1>
          <p>{REFUSALS[status]}</p>
          <p>
            <a href="/console/petitions">Về danh sách kiến nghị</a>
          </p>
        </div>
      );
      return this.page(c, TITLES[status], body, status);
    },
  };
}

export type View = ReturnType<typeof createView>;
