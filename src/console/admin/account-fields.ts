import { z } from "zod";
import { type Place, ROLE_IDS, type Role } from "../../staff/account.ts";
import { normalize } from "../../text/normalize.ts";
import type { Catalog } from "../office.ts";
import { communeNames } from "../petitions/names.ts";

const NO_ROLE = "Chưa chọn vai trò.";
const Standing = z.object({
  role: z.enum(ROLE_IDS, NO_ROLE),
  agency: z.string().max(60).catch(""),
  commune: z.string().max(100).catch(""),
});

const Person = z.object({
  name: z
    .string("Xin ghi tên.")
    .transform(normalize)
    .pipe(z.string().min(1, "Xin ghi tên.").max(100, "Tên dài quá 100 ký tự.")),
  email: z
    .string("Xin ghi e-mail.")
    .trim()
    .toLowerCase()
    .pipe(z.email("E-mail chưa đúng dạng ten@coquan.vn.").max(254, "E-mail dài quá 254 ký tự.")),
});

type Read<T> = T | { fault: string };

/** Who is to have an account, as the form tells it. */
export function readPerson(fields: Record<string, unknown>): Read<{ name: string; email: string }> {
  const read = Person.safeParse(fields);
  return read.success ? read.data : { fault: read.error.issues[0]?.message ?? "" };
}

/** A role, and for the people of an agency which one, among those that there are. */
export function readStanding(
  fields: Record<string, unknown>,
  catalog: Catalog,
): Read<Place & { role: Role }> {
  const read = Standing.safeParse(fields);
  if (!read.success) return { fault: NO_ROLE };
  const { role, agency: id, commune } = read.data;
  if (role !== "agency") return { role, agency: null, commune: null };
  const agency = catalog.agencies.find((each) => each.id === id);
  if (!agency) return { fault: "Vai trò cán bộ cơ quan cần chọn một cơ quan." };
  if (!agency.perCommune) return { role, agency: id, commune: null };
  return communeNames(catalog).includes(commune)
    ? { role, agency: id, commune }
    : { fault: `${agency.name} có ở mỗi xã, phường, nên cần chọn thêm xã hay phường nào.` };
}
