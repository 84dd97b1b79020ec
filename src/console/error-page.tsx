import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Layout } from "./layout.tsx";

const words = {
  notFound: [
    "Không tìm thấy trang",
    "Địa chỉ này không có trên hệ thống. Có thể đường dẫn bị gõ thiếu hoặc đã cũ.",
  ],
  foreign: ["Yêu cầu bị từ chối", "Yêu cầu này đến từ một trang web khác nên không được thực hiện."],
  tooLarge: ["Nội dung quá lớn", "Nội dung gửi lên vượt quá mức cho phép."],
  refused: ["Yêu cầu chưa đúng", "Hệ thống không đọc được yêu cầu này."],
  broken: ["Hệ thống đang gặp sự cố", "Việc vừa rồi chưa thực hiện được. Xin thử lại sau ít phút."],
} as const satisfies Record<string, readonly [title: string, text: string]>;

/** What a request gets when nothing better can be said: JSON for programs, a page for people. */
export function createErrorPages(publish: (folder: URL) => string) {
  const assets = publish(new URL("./browser/", import.meta.url));

  function answer(c: Context, kind: keyof typeof words, status: ContentfulStatusCode) {
    const [title, text] = words[kind];
    if (/^\/(chat\/|webhooks\/)/.test(c.req.path)) return c.json({ error: text }, status);
    const page = (
      <Layout assets={assets} title={title} path={c.req.path}>
        <div class="panel narrow">
          <h1>{title}</h1>
          <p>{text}</p>
          <p>
            <a href="/chat">Đến trang hỏi đáp</a>
          </p>
        </div>
      </Layout>
    );
    return c.html(page, status);
  }

  return {
    notFound: (c: Context) => answer(c, "notFound", 404),
    foreign: (c: Context) => answer(c, "foreign", 403),
    tooLarge: (c: Context) => answer(c, "tooLarge", 413),
    refused: (c: Context, status: ContentfulStatusCode) => answer(c, "refused", status),
    broken: (c: Context) => answer(c, "broken", 500),
  };
}
