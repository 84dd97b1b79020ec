import pg from "pg";
import { spawnService } from "../../../test/support/service-process.ts";
import type { Subject } from "./subject.ts";

const SECRET = "load_0123456789abcdef";

/** The service as `npm start` runs it, with the whole knowledge folder. */
export const ours: Subject = {
  name: "cau-noi",
  about: "dịch vụ thật, toàn bộ knowledge/",
  async start({ databaseUrl, provider, folder }) {
    const service = spawnService(
      {
        DATABASE_URL: databaseUrl,
        LOG_LEVEL: "error",
        TELEGRAM_BOT_TOKEN: provider.token,
        TELEGRAM_API_ROOT: provider.apiRoot,
        TELEGRAM_WEBHOOK_SECRET: SECRET,
        PUBLIC_URL: "https://load.test",
      },
      folder,
    );
    const { address } = await service.started();
    await untilReady(address);
    return {
      pid: service.pid,
      webhook: `${address}/webhooks/telegram`,
      secret: SECRET,
      open: () => openIn(databaseUrl),
      async stop() {
        service.kill("SIGTERM");
        const { code } = await service.ended;
        if (code !== 0) throw new Error(`Dịch vụ dừng với mã ${code}: ${service.complaints().slice(-600)}`);
      },
    };
  },
};

async function untilReady(address: string): Promise<void> {
  for (;;) {
    const { ok } = await fetch(`${address}/readyz`);
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function openIn(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query("select count(*)::int as open from messages where status = 'open'");
    return rows[0].open;
  } finally {
    await client.end();
  }
}
