import { randomUUID } from "node:crypto";
import { newAccount } from "../../../src/console/first-account.ts";
import { StaffStore } from "../../../src/db/staff.ts";
import { signIn } from "../../../test/support/staff-browser.ts";
import type { Subject } from "./subject.ts";

/** A clerk who answers petitions. */
export type Staff = {
  /** True once the petition is seen to be answered; throws or is false while it is not. */
  answer(code: string, text: string): Promise<boolean>;
};

const CLERK = { name: "Cán bộ thử", role: "staff" } as const;

/** A clerk at the console, or at the runner, which has no pages. */
export async function hire(subject: Subject, at: "runner" | "service"): Promise<Staff> {
  const { database, address } = subject;
  const account = await newAccount(new StaffStore(database), {
    ...CLERK,
    email: `${randomUUID()}@xa.test`,
  });
  if (!account) throw new Error("the account exists already");
  const { rows } = await database.pool.query<{ id: number }>("select id from staff where email = $1", [
    account.email,
  ]);
  const by = rows[0]?.id;
  if (at === "runner") return { answer: (code, text) => answerAtRunner(address, { code, text, by }) };
  await subject.ready();
  // Before the first scenario, so that no step of it is a step of a scenario.
  const clerk = await signIn(address, account);
  return {
    async answer(code, text) {
      const page = `/console/petitions/${code}`;
      if ((await clerk.page(page)).includes("Trả lời bổ sung")) return true;
      return (await clerk.submit(page, `${page}/answer`, { text })) === 303;
    },
  };
}

async function answerAtRunner(address: string, given: object): Promise<boolean> {
  const response = await fetch(`${address}/staff/answer`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(given),
  });
  return response.status === 200;
}
