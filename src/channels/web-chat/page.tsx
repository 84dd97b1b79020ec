import { raw } from "hono/html";

/** What a first visitor may tap; each must have an answer. */
export const SAMPLES = [
  "Hợp tác xã vay không thế chấp tối đa bao nhiêu?",
  "Lao động về làm việc ở hợp tác xã được hỗ trợ lương bao nhiêu?",
  "Cần mấy người để lập hợp tác xã?",
];

const SHORTCUTS = [
  { label: "Chủ đề", command: "/chude" },
  { label: "Gửi kiến nghị", command: "/kiennghi" },
  { label: "Gặp cán bộ", command: "/canbo" },
];

/** The member's chat page; its script fills the log. `assets` is the address of its static files. */
export function ChatPage({ assets }: { assets: string }) {
  return (
    <>
      {raw("<!doctype html>")}
      <html lang="vi">
        <head>
          <meta charset="utf-8" />
          <title>Cầu Nối – Hỏi đáp chính sách hợp tác xã</title>
          <meta
            name="viewport"
            content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
          />
          <meta
            name="description"
            content="Hỏi chính sách hỗ trợ hợp tác xã và gửi kiến nghị đến cơ quan có trách nhiệm."
          />
          <meta name="color-scheme" content="light dark" />
          <meta name="theme-color" content="#114a36" />
          <link rel="icon" href={`${assets}favicon.svg`} type="image/svg+xml" />
          <link rel="stylesheet" href={`${assets}chat.css`} />
          <script type="module" src={`${assets}chat.js`} />
        </head>
        <body>
          <a class="skip" href="#text">
            Đến ô soạn tin
          </a>
          <header class="top">
            <img class="mark" src={`${assets}favicon.svg`} alt="" width="40" height="40" />
            <div>
              <h1>
                Cầu Nối <span class="badge">Thử nghiệm</span>
              </h1>
              <p>Hỏi đáp chính sách hợp tác xã</p>
            </div>
          </header>
          <main>
            <section id="scroll" class="scroll" tabindex={0} aria-label="Cuộc trò chuyện">
              <div class="column">
                <Notice />
                <Welcome />
                <div id="log" role="log" aria-live="polite" aria-label="Các tin nhắn" />
                <div id="typing" class="typing" aria-hidden="true" hidden>
                  <span />
                  <span />
                  <span />
                </div>
              </div>
            </section>
            <p id="status" class="status" role="status" />
            <Composer />
          </main>
        </body>
      </html>
    </>
  );
}

function Notice() {
  return (
    <aside class="notice" aria-label="Lưu ý">
      <p>
        <strong>Kênh thử nghiệm – trợ lý tự động</strong> trả lời theo văn bản chính sách đang có hiệu lực.
        Nội dung bà con viết được lưu lại; cán bộ phụ trách đọc được để trả lời và tiếp nhận kiến nghị. Xin
        đừng ghi số căn cước, số tài khoản, mật khẩu.
      </p>
      <noscript>
        <p class="no-script">
          Trang này cần JavaScript để gửi và nhận tin. Bà con bật JavaScript trong phần cài đặt của trình
          duyệt rồi mở lại trang, dùng trình duyệt khác, hoặc đến trụ sở Ủy ban nhân dân xã để được hướng dẫn
          trực tiếp.
        </p>
      </noscript>
    </aside>
  );
}

function Welcome() {
  return (
    <section id="welcome" class="welcome" aria-labelledby="welcome-title" hidden>
      <h2 id="welcome-title">Bà con muốn hỏi điều gì?</h2>
      <p>
        Viết tự nhiên như nói chuyện, có dấu hay không dấu đều được. Hoặc chạm vào một câu dưới đây để hỏi
        thử:
      </p>
      <ul class="samples">
        {SAMPLES.map((question) => (
          <li key={question}>
            <button type="button" data-send={question}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Composer() {
  return (
    <form id="composer" class="composer" hidden>
      <fieldset class="shortcuts">
        <legend class="unseen">Việc hay làm</legend>
        {SHORTCUTS.map(({ label, command }) => (
          <button key={command} type="button" data-send={command}>
            {label}
          </button>
        ))}
      </fieldset>
      <div class="write">
        <label class="unseen" for="text">
          Câu hỏi hoặc ý kiến của bà con
        </label>
        <textarea
          id="text"
          name="text"
          rows={1}
          placeholder="Viết câu hỏi…"
          autocomplete="off"
          enterkeyhint="send"
          aria-describedby="keys"
        />
        <button type="submit" class="send">
          Gửi
        </button>
      </div>
      <p id="too-long" class="too-long" role="alert" hidden />
      <p id="keys" class="keys">
        Nhấn Enter để gửi, Shift + Enter để xuống dòng.
      </p>
    </form>
  );
}
