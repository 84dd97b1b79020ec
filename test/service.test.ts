import { cpSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type ChatMember, createChatMember } from "./support/chat-member.ts";
import { eventually, type FakeTelegram, startFakeTelegram } from "./support/fake-telegram.ts";
import { runScript } from "./support/script.ts";
import { newFolder, type ServiceProcess, type Started, spawnService } from "./support/service-process.ts";
import { signIn } from "./support/staff-browser.ts";

/** A process takes seconds to start, and more beside other tests. */
vi.setConfig({ testTimeout: 90_000 });

const ANSWERABLE = "htx vay không thế chấp tối đa bao nhiêu";
const UNANSWERABLE = "Hợp tác xã tôi nộp hồ sơ vay hôm 12/10 bên quỹ hợp tác xã, đã duyệt chưa?";
const REPLY = "Quỹ đã duyệt hồ sơ ngày 20/11.";
const CODE = /KN-[2-9A-Z]{6}/;

const folder = newFolder();
const knowledge = join(folder, "knowledge");
let telegram: FakeTelegram;
let service: ServiceProcess;
let started: Started;
let first: Started;
let startMs: number;
const member: ChatMember = createChatMember(() => started.address);

async function start(): Promise<void> {
  const began = performance.now();
  service = spawnService(
    {
      KNOWLEDGE_DIR: knowledge,
      LOG_LEVEL: "error",
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
    },
    folder,
  );
  started = await service.started();
  startMs = performance.now() - began;
}

beforeAll(async () => {
  cpSync("knowledge", knowledge, { recursive: true });
  writeFileSync(join(knowledge, "documents/hong.md"), "---\nnumber: 1/2026/NĐ-CP\n---\n## Không có đầu\n");
  telegram = await startFakeTelegram();
});
afterAll(async () => {
  service?.kill("SIGKILL");
  await service?.ended;
  await telegram.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the start complained of that filled the database from the knowledge folder. */
let filling = "";

/** In order: each goes on from where the one before left the service and its data. */
describe("a service", () => {
  it("that finds its port taken says so and ends, and keeps no sign-in to itself", async () => {
    const other = await occupyPort();
    const run = spawnService({ PORT: String(other.port), KNOWLEDGE_DIR: knowledge }, folder);
    const { code } = await run.ended;
    other.server.close();
    expect(run.complaints()).toContain(`Cổng ${other.port} đang có chương trình khác dùng`);
    expect(run.output()).toBe("");
    expect(code).toBe(1);
    filling = run.complaints();
  });

  it("prints its addresses and, the first time, a sign-in for staff", async () => {
    await start();
    first = started;
    expect(service.output()).toContain(`${started.address}/console`);
    expect(started.account).toEqual({
      email: "quan-tri@cau-noi.local",
      password: expect.stringMatching(/^\w{20}$/),
    });
  });

  it("names a document that cannot be used when it fills the database, and serves the others", () => {
    expect(filling).toContain("documents/hong.md");
    expect(service.output()).toMatch(/sẵn sàng \(\d\d+ văn bản/);
  });

  it("says that it lives and that it is ready", async () => {
    expect((await fetch(`${started.address}/healthz`)).status).toBe(200);
    await expect.poll(async () => (await fetch(`${started.address}/readyz`)).status).toBe(200);
  });

  it("answers a question with its clause within two seconds", async () => {
    await member.open();
    const answer = await member.say(ANSWERABLE);
    const tookMs: number[] = [];
    for (let n = 0; n < 3; n++) {
      const asked = performance.now();
      await member.say(ANSWERABLE);
      tookMs.push(performance.now() - asked);
    }
    // The best of three, for other tests work on the same machine.
    expect(Math.min(...tookMs)).toBeLessThan(2_000);
    expect(answer.text).toContain("5 tỷ đồng");
    expect(answer.text).toMatch(/^Căn cứ: .*156\/2025\/NĐ-CP/m);
    expect(answer.choices).toContain("Xem nguyên văn");
  });

  it("answers a member on Telegram", async () => {
    telegram.member(42).says(ANSWERABLE);
    await telegram.waitForSent(1);
    expect(telegram.sent).toMatchObject([{ chatId: "42", text: expect.stringContaining("Căn cứ:") }]);
  });

  let code = "";
  it("turns a question without an answer into a petition with a code", async () => {
    expect((await member.say(UNANSWERABLE)).choices).toContain("Gửi kiến nghị");
    expect((await member.say("Gửi kiến nghị")).text).toContain(UNANSWERABLE);
    for (const answer of ["HTX Tân Thuận", "Vị Thanh", "Bỏ qua"]) await member.say(answer);
    const received = await member.say("Gửi");
    code = CODE.exec(received.text)?.[0] ?? "";
    expect(received.text).toContain(`Mã của bà con: ${code}`);
  });

  it("lets no second one run on the same data, and says so sooner than a start takes", async () => {
    const second = spawnService({ KNOWLEDGE_DIR: knowledge }, folder);
    const { code, afterMs } = await second.ended;
    expect(second.complaints()).toContain(`Cầu Nối đang chạy với dữ liệu ở ${join(folder, "data")}`);
    expect(code).toBe(1);
    expect(afterMs).toBeLessThan(startMs);
    expect((await fetch(`${started.address}/readyz`)).status).toBe(200);
  });

  it("that was killed knows everything when it comes back, and prints no second sign-in", async () => {
    const before = await member.lines();
    service.kill("SIGKILL");
    await service.ended;
    await start();
    expect(started.account).toBeNull();
    expect(await member.lines()).toEqual(before);
    const found = await member.say(`/tracuu ${code}`);
    expect(found.text).toContain(`Kiến nghị ${code}: đã tiếp nhận`);
    expect(found.text).toContain(UNANSWERABLE);
  });

  it("shows what identifies a member to nobody else", async () => {
    const stranger = createChatMember(() => started.address);
    await stranger.open();
    const found = await stranger.say(`/tracuu ${code.toLowerCase()}`);
    expect(found.text).toContain("đã tiếp nhận");
    expect(found.text).not.toMatch(/Tân Thuận|hồ sơ vay/);
  });

  it("brings the reply of staff, who sign in with what was printed, to the member's page", async () => {
    const staff = await signIn(started.address, first.account ?? { email: "", password: "" });
    expect(staff.status).toBe(303);
    expect(await staff.page("/console/petitions")).toContain(code);
    const page = `/console/petitions/${code}`;
    expect(await staff.submit(page, `${page}/answer`, { text: REPLY })).toBe(303);
    const reply = await member.waitFor(({ from }) => from === "staff");
    expect(reply.text).toContain(REPLY);
    expect((await member.say(`/tracuu ${code}`)).text).toContain(`Đã trả lời. Trả lời: ${REPLY}`);
  });

  it("adds staff for a command that runs beside it", async () => {
    const args = ["--name", "Hạnh", "--email", "hanh@xa.vn", "--role", "viewer"];
    const run = await runScript("create-staff", args, { settings: { DATA_DIR: join(folder, "data") } });
    expect(run.code).toBe(0);
    const password = /mật khẩu: +(\S+)/.exec(run.out)?.[1] ?? "";
    expect((await signIn(started.address, { email: "hanh@xa.vn", password })).status).toBe(303);
  });

  it("does not answer a Telegram message twice because it was killed in between", async () => {
    await eventually(() => telegram.unconfirmed() === 0, "the update to be confirmed", 10_000);
    telegram.member(42).says("xin chào");
    await telegram.waitForSent(2);
    expect(telegram.sent.map(({ text }) => text.includes("Căn cứ"))).toEqual([true, false]);
  });

  it("fetches the photo of a petition from Telegram, and staff find it on the petition's page", async () => {
    telegram.keepFile("anh-kho", { kind: "bytes", bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) });
    const photographer = telegram.member(43);
    photographer.sendsPhoto("anh-kho", "/kiennghi Đường vào kho lúa hư nặng, xin sửa giúp");
    for (const answer of ["Bỏ qua", "Bỏ qua", "Bỏ qua", "Gửi"]) photographer.says(answer);
    const received = () =>
      telegram.sent.find(({ chatId, text }) => chatId === "43" && /Mã của bà con/.test(text));
    await eventually(() => received() !== undefined, "the code of the petition", 15_000);
    await telegram.waitForCalls("getFile");
    const staff = await signIn(started.address, first.account ?? { email: "", password: "" });
    const page = `/console/petitions/${CODE.exec(received()?.text ?? "")?.[0]}`;
    await expect.poll(() => staff.page(page), { timeout: 10_000 }).toContain("Tải về");
  });

  it("counts messages in its metrics, and shows none of their words there", async () => {
    const metrics = await (await fetch(`${started.address}/metrics`)).text();
    expect(metrics).toMatch(/^cau_noi_messages\{direction="in",status="done"\} \d+$/m);
    expect(metrics).not.toMatch(/Tân Thuận|thế chấp|xin chào/);
  });

  it("wrote no words of a member and no token into its log", () => {
    expect(service.complaints()).not.toMatch(/Tân Thuận|thế chấp|xin chào/);
    expect(service.complaints()).not.toContain(telegram.token.split(":")[1]);
  });

  it("ends with 0 within ten seconds when it is told to stop", async () => {
    const told = performance.now();
    service.kill("SIGTERM");
    service.kill("SIGTERM");
    expect(await service.ended).toMatchObject({ code: 0, signal: null });
    expect(performance.now() - told).toBeLessThan(10_000);
  });
});

async function occupyPort(): Promise<{ port: number; server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as { port: number }).port, server };
}
