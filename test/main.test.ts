import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it, vi } from "vitest";
import { createChatMember } from "./support/chat-member.ts";
import { newFolder, type ServiceProcess, spawnService } from "./support/service-process.ts";

/** A process takes seconds to start, and more beside other tests. */
vi.setConfig({ testTimeout: 90_000 });

const folder = newFolder();
const running: ServiceProcess[] = [];
function start(settings: Record<string, string>): ServiceProcess {
  const service = spawnService(settings, folder);
  running.push(service);
  return service;
}
afterAll(async () => {
  for (const service of running) service.kill("SIGKILL");
  await Promise.all(running.map(({ ended }) => ended));
  rmSync(folder, { recursive: true, force: true });
});

/** The database is made beside its place and then renamed there. */
async function untilMaking(data: string): Promise<void> {
  const isMaking = () =>
    existsSync(data) && readdirSync(data).some((name) => name.startsWith("postgres.new-"));
  await vi.waitUntil(isMaking, { timeout: 60_000, interval: 5 });
}

describe("the start", () => {
  it("stops at wrong settings with one list of all of them, and without their values", async () => {
    const run = start({ PORT: "many", LOG_LEVEL: "loud", TELEGRAM_BOT_TOKEN: "canary-token" });
    expect(await run.ended).toMatchObject({ code: 1 });
    const lines = run.complaints().trim().split("\n");
    expect(lines).toEqual([
      "Cài đặt chưa đúng, chưa thể khởi động:",
      expect.stringMatching(/^ {2}- PORT: /),
      expect.stringMatching(/^ {2}- LOG_LEVEL: /),
      expect.stringMatching(/^ {2}- TELEGRAM_BOT_TOKEN: /),
    ]);
    expect(run.complaints()).not.toMatch(/canary|many|loud/);
    expect(run.output()).toBe("");
  });

  it("stops at a knowledge folder that is not there, in words a person can act on", async () => {
    const run = start({ KNOWLEDGE_DIR: join(folder, "nowhere") });
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.complaints()).toContain("KNOWLEDGE_DIR");
    expect(run.complaints()).not.toContain("    at ");
  });

  it.each([
    ["while the database is being made", (_: ServiceProcess, data: string) => untilMaking(data)],
    ["when the database stands", (run: ServiceProcess) => run.logs("Dữ liệu nằm ở")],
    [
      "while the knowledge is taken into use",
      (run: ServiceProcess) => run.logs("Dữ liệu nằm ở").then(() => sleep(1_500)),
    ],
  ])("ends with 0 when it is told to stop %s", async (when, moment) => {
    const data = join(folder, when.replaceAll(" ", "-"));
    const run = start({ LOG_LEVEL: "info", DATA_DIR: data });
    await moment(run, data);
    const told = performance.now();
    run.kill("SIGTERM");
    expect(await run.ended).toMatchObject({ code: 0, signal: null });
    expect(performance.now() - told).toBeLessThan(10_000);
  });
});

describe("a service whose Telegram cannot be reached", () => {
  it("starts all the same under a long path, answers in the browser, and says what is missing", async () => {
    const run = start({
      DATA_DIR: join(folder, "dữ liệu của liên hiệp hợp tác xã ".repeat(4).trim(), "một"),
      TELEGRAM_BOT_TOKEN: "7000000001:AAFakeFakeFakeFakeFakeFakeFakeFakeFak",
      TELEGRAM_API_ROOT: "http://127.0.0.1:9",
      LOG_LEVEL: "warn",
    });
    const { address } = await run.started();
    const member = createChatMember(() => address);
    await member.open();
    expect((await member.say("xin chào")).text).toContain("Cầu Nối");
    const ready = await fetch(`${address}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ ready: false, faults: [expect.stringMatching(/^telegram: /)] });
    run.kill("SIGINT");
    expect(await run.ended).toMatchObject({ code: 0 });
    expect(run.complaints()).not.toContain("AAFakeFake");
  });
});

describe("a fault that nobody foresaw", () => {
  it("ends the process with 1, to be started again rather than go on deaf", async () => {
    const fault = 'process.once("SIGUSR2", () => Promise.reject(new Error("unforeseen")))';
    const preload = `data:text/javascript,${encodeURIComponent(fault)}`;
    const program = ["--import", "tsx", "--import", preload, "src/main.ts"];
    const run = spawnService({ DATA_DIR: join(folder, "unforeseen") }, folder, program);
    running.push(run);
    await run.started();
    run.kill("SIGUSR2");
    expect(await run.ended).toMatchObject({ code: 1, signal: null });
    expect(run.complaints()).toContain("lỗi không lường trước");
  });
});
