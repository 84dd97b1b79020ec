import { rmSync } from "node:fs";
import { createChatMember } from "../../test/support/chat-member.ts";
import { newFolder, spawnService } from "../../test/support/service-process.ts";
import type { Built } from "./build.ts";

/** What came of starting the service again and again on the data of one that runs. */
export type Refused = {
  notRefused: number;
  withoutWords: number;
  /** How often the first one did not answer its member any more. */
  disturbed: number;
  /** From the moment at which it looks for the lock to the end of the process; before, it loads its modules. */
  lookedMs: number[];
  /** The whole life of the process. */
  wholeMs: number[];
};

const LOOKS = "nhìn khóa lúc";
const LOCK = "const lock = await holdDataDir(dataDir);";

/** Says when the lock is looked for. */
export const LOOKING = {
  file: "src/db/database.ts",
  from: LOCK,
  to: `process.stderr.write(\`${LOOKS} \${Date.now()}\\n\`);\n  ${LOCK}`,
};

const ASK_EVERY = 10;

type Given = { built: Built; settings: Record<string, string>; say: (progress: string) => void };

/** Starts one service, and then so many others on its data, which have to refuse. */
export async function refuseSeconds(count: number, { built, settings, say }: Given): Promise<Refused> {
  const folder = newFolder();
  const first = spawnService(settings, folder, [built.main]);
  try {
    const { address } = await first.started();
    const member = createChatMember(() => address);
    await member.open();
    const refused: Refused = { notRefused: 0, withoutWords: 0, disturbed: 0, lookedMs: [], wholeMs: [] };
    for (let n = 1; n <= count; n++) {
      await refuseOne(refused, spawnService(settings, folder, [built.main]), folder);
      if (n % ASK_EVERY !== 0 && n !== count) continue;
      const said = await member.say("xin chào").catch(() => null);
      if (said === null) refused.disturbed += 1;
      say(`${n}/${count} tiến trình thứ hai`);
    }
    return refused;
  } finally {
    first.kill("SIGTERM");
    await first.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function refuseOne(
  refused: Refused,
  second: ReturnType<typeof spawnService>,
  folder: string,
): Promise<void> {
  const began = Date.now();
  const started = await second.started().catch(() => null);
  if (started !== null) second.kill("SIGKILL");
  const { code } = await second.ended;
  const words = second.complaints();
  const looked = Number(new RegExp(`${LOOKS} (\\d+)`).exec(words)?.[1] ?? Number.NaN);
  if (started !== null || code !== 1) refused.notRefused += 1;
  if (!words.includes(`Cầu Nối đang chạy với dữ liệu ở ${folder}`)) refused.withoutWords += 1;
  refused.lookedMs.push(Number.isNaN(looked) ? Number.POSITIVE_INFINITY : Date.now() - looked);
  refused.wholeMs.push(Date.now() - began);
}
