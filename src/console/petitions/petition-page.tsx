import type { Context } from "hono";
import { z } from "zod";
import { readCode } from "../../petitions/code.ts";
import { momentInVietnam } from "../../petitions/deadline.ts";
import { type PetitionFile, PetitionMoved, PetitionRefused } from "../../petitions/petition-file.ts";
import { maySee } from "../../staff/sight.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import type { View } from "../view.tsx";
import type { PetitionSaid } from "./petition-said.ts";
import { PetitionView } from "./petition-view.tsx";
import { petitionAddress } from "./places.ts";
import { VERB_NAMES, VERBS, type VerbName } from "./verbs.ts";

type Needs = Pick<ConsoleOptions, "petitions" | "desk" | "staff" | "office">;

const Version = z.coerce.number().int().positive();
const MOVED =
  "Kiến nghị này vừa được người khác cập nhật, nên phần dưới đây chưa được thực hiện. Xin xem lại phần “Quá trình xử lý”, sửa nếu cần, rồi gửi lại.";

/** One petition: what was written, what was done about it, and what can be done now. */
export function petitionPages({ petitions, desk, staff, office }: Needs, view: View) {
  const show: Handler = async (c) => {
    const petition = await find(c);
    if (!petition) return view.refusal(c, 404);
    await staff.audit(c.var.session.staff.id, "petition-viewed", petition.code);
    return draw(c, petition, { notice: noticeOf(c.req.query("notice") ?? "") });
  };

  const handlerOf =
    (name: VerbName): Handler =>
    async (c) => {
      const petition = await find(c);
      if (!petition) return view.refusal(c, 404);
      const typed = await fieldsOf(c);
      try {
        const version = Version.safeParse(typed.version);
        if (!version.success) throw new PetitionMoved();
        const done = VERBS[name].act(desk, { ...at(c, petition), version: version.data }, typed);
        if ("fault" in done) return draw(c, petition, { verb: name, fault: done.fault, typed }, 400);
        const notice = (await done) ? name : `${name}-untold`;
        return c.redirect(`${petitionAddress(petition.code)}?notice=${notice}`, 303);
      } catch (error) {
        if (error instanceof PetitionRefused)
          return draw(c, petition, { verb: name, fault: error.message, typed }, 400);
        if (!(error instanceof PetitionMoved)) throw error;
        const current = await find(c);
        if (!current) return view.refusal(c, 404);
        return draw(c, current, { verb: name, fault: MOVED, typed }, 409);
      }
    };

  function at(c: Context<Signed>, petition: PetitionFile) {
    const now = office.now();
    const { day: today } = momentInVietnam(now);
    return { petition, by: c.var.session.staff.id, now, today, catalog: office.catalog() };
  }

  async function find(c: Context<Signed>): Promise<PetitionFile | null> {
    const reading = readCode(c.req.param("code") ?? "");
    const petition = reading.kind === "code" ? await petitions.find(reading.code) : null;
    return petition && maySee(c.var.session.staff, petition) ? petition : null;
  }

  async function draw(
    c: Context<Signed>,
    petition: PetitionFile,
    said: PetitionSaid,
    status: 200 | 400 | 409 = 200,
  ) {
    const { session } = c.var;
    const attachments = await office.attachments.list(petition.id);
    const onlookers = await office.presence.seen(petition.id, session.staff.id);
    const days = office.time.daysAt(office.now());
    const because =
      petition.dueOn || petition.status === "needs-info" ? office.time.explain(petition.events) : null;
    const body = (
      <PetitionView
        petition={petition}
        catalog={office.catalog()}
        days={days}
        because={petition.stance === "dong-thuan" ? null : because}
        attachments={attachments}
        onlookers={onlookers}
        session={session}
        said={said}
        script={`${view.assets}presence.js`}
      />
    );
    return view.page(c, `Kiến nghị ${petition.code}`, body, status);
  }

  return { show, handlerOf };
}

/** The fields of the form; a second value of one name is left out. */
async function fieldsOf(c: Context<Signed>): Promise<Record<string, string>> {
  const form = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(form).filter((field): field is [string, string] => typeof field[1] === "string"),
  );
}

function noticeOf(given: string): string | undefined {
  const name = VERB_NAMES.find((verb) => given === verb || given === `${verb}-untold`);
  return name && VERBS[name].done[given === name ? 0 : 1];
}
