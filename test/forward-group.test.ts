import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConversationStore } from "../src/db/conversations.ts";
import { MessageStore } from "../src/db/messages.ts";
import { GroupStore } from "../src/db/petition-groups.ts";
import { PetitionStore } from "../src/db/petitions.ts";
import { createForwardGroup } from "../src/forward-group.ts";
import type { Agency } from "../src/knowledge/catalog.ts";
import { createPetitionDesk } from "../src/petition-desk.ts";
import { PetitionMoved } from "../src/petitions/petition-file.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { hire, incoming, newPetition } from "./support/samples.ts";

const AGENCIES = ["so-a", "so-b"].map(
  (id): Agency => ({
    id,
    name: id.toUpperCase(),
    aliases: [],
    handles: "",
    formerly: [],
    validFrom: null,
    validTo: null,
    perCommune: false,
    certainty: "certain",
  }),
);

let fresh: FreshDatabase;
let petitions: PetitionStore;
let groups: GroupStore;
let desk: ReturnType<typeof createPetitionDesk>;
let forward: ReturnType<typeof createForwardGroup>;
let by: number;
beforeAll(async () => {
  fresh = await freshDatabase();
  const { database } = fresh;
  by = await hire(database);
  petitions = new PetitionStore(database);
  groups = new GroupStore(database);
  const stores = { messages: new MessageStore(database), conversations: new ConversationStore(database) };
  desk = createPetitionDesk({ database, petitions, ...stores });
  forward = forwardWith(desk);
});
afterAll(() => fresh.drop());

function forwardWith(given: Pick<typeof desk, "forwardIn">) {
  const inForce = () => ({ catalog: { agencies: AGENCIES, communes: [] } });
  return createForwardGroup({
    database: fresh.database,
    groups,
    desk: given,
    inForce,
    today: () => "2026-11-25",
  });
}

async function petition(): Promise<{ id: number; code: string }> {
  const { conversationId } = await new MessageStore(fresh.database).receive(incoming());
  const { code } = newPetition();
  const id = await fresh.database.tx((client) =>
    petitions.create(client, conversationId, `message:f${code}`, newPetition({ code })),
  );
  return { id, code };
}

async function groupOf(size: number) {
  const members: { id: number; code: string }[] = [];
  for (let n = 0; n < size; n += 1) members.push(await petition());
  const id = await groups.create(by, {
    title: "Đường vào kho",
    topic: "ha-tang",
    petitions: members.map((one) => one.id),
  });
  return { id, codes: members.map(({ code }) => code) };
}

const file = async (code = "") => {
  const found = await petitions.find(code);
  if (!found) throw new Error("no such petition");
  return found;
};
const told = async (codes: string[]) =>
  (
    await fresh.database.pool.query(
      `select count(*)::int as n from messages m join petitions p on p.id = m.petition_id
       where m.direction = 'out' and p.code = any($1)`,
      [codes],
    )
  ).rows[0].n;
const to = (agency: string, key: string, reason?: string) => ({ agency, key, reason });

describe("forwarding a group", () => {
  it("sends each that may go, once for one form, and names what stayed and why", async () => {
    const { id, codes } = await groupOf(5);
    const [gone = "", there = "", elsewhere = "", ...free] = codes;
    await desk.withdraw(await file(gone), 1, by, "Bà con rút");
    await desk.forward(await file(there), 1, by, { agency: "so-a", office: "Sở A" });
    await desk.forward(await file(elsewhere), 1, by, { agency: "so-b", office: "Sở B" });
    const before = await told(codes);

    const presses = await Promise.all([1, 2, 3].map(() => forward(id, 1, by, to("so-a", "form-1"))));
    const done = presses.filter((one) => one !== null);
    expect(done).toEqual([
      {
        sent: free,
        stayed: [
          { code: gone, why: "đang ở trạng thái “Đã rút”" },
          { code: there, why: "Kiến nghị này đã ở cơ quan đó." },
          { code: elsewhere, why: "Chuyển sang cơ quan khác thì phải ghi lý do." },
        ],
      },
    ]);
    expect(await told(codes)).toBe(before + free.length);
    for (const code of free) expect(await file(code)).toMatchObject({ status: "forwarded", agency: "so-a" });
    const group = await groups.find(id);
    expect(group?.forwards).toMatchObject([{ agency: "so-a", sent: free, stayed: done[0]?.stayed }]);
  });

  it("takes what is at another agency along when a reason is given", async () => {
    const { id, codes } = await groupOf(2);
    await desk.forward(await file(codes[0]), 1, by, { agency: "so-b", office: "Sở B" });
    expect(await forward(id, 1, by, to("so-a", "form-2", "Sở B không phụ trách"))).toEqual({
      sent: codes,
      stayed: [],
    });
  });

  it("sends none when one of them fails, and the same form sends all afterwards", async () => {
    const { id, codes } = await groupOf(3);
    let calls = 0;
    const failing = forwardWith({
      forwardIn: (...given) => {
        calls += 1;
        if (calls === 3) throw new Error("the connection was lost");
        return desk.forwardIn(...given);
      },
    });
    await expect(failing(id, 1, by, to("so-a", "form-3"))).rejects.toThrow("connection");
    for (const code of codes) expect((await file(code)).status).toBe("received");
    expect(await told(codes)).toBe(0);
    expect((await forward(id, 1, by, to("so-a", "form-3")))?.sent).toEqual(codes);
  });

  it("is refused when the group changed since it was read, and at an agency that there is not all stay", async () => {
    const { id, codes } = await groupOf(2);
    const added = await petition();
    await groups.add(id, by, [added.id]);
    await expect(forward(id, 1, by, to("so-a", "form-4"))).rejects.toBeInstanceOf(PetitionMoved);
    expect((await forward(id, 2, by, to("so-x", "form-5")))?.stayed.map(({ code }) => code)).toEqual([
      ...codes,
      added.code,
    ]);
  });
});
