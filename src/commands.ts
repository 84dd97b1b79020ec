import { Hono } from "hono";
import { z } from "zod";
import { newAccount } from "./console/first-account.ts";
import type { StaffStore } from "./db/staff.ts";
import { ROLE_IDS } from "./staff/account.ts";

/** An account to be added, as `npm run create-staff` takes it. */
export const NewStaff = z
  .object({
    name: z
      .string("thiếu --name")
      .trim()
      .min(1, "--name không được trống")
      .max(100, "--name dài quá 100 ký tự"),
    email: z
      .email("--email phải là một địa chỉ thư điện tử")
      .max(254, "--email dài quá 254 ký tự")
      .toLowerCase(),
    role: z.enum(ROLE_IDS, "--role phải là viewer, agency, staff hoặc admin"),
    agency: z
      .string()
      .trim()
      .min(1, "--agency không được trống")
      .max(60, "--agency dài quá 60 ký tự")
      .optional(),
    commune: z
      .string()
      .trim()
      .min(1, "--commune không được trống")
      .max(100, "--commune dài quá 100 ký tự")
      .optional(),
  })
  .refine(({ role, agency }) => (role === "agency") === (agency !== undefined), {
    error: "--agency là mã của cơ quan; chỉ và phải có khi --role là agency",
  })
  .refine(({ agency, commune }) => agency !== undefined || commune === undefined, {
    error: "--commune chỉ có khi --role là agency",
  });
export type NewStaff = z.infer<typeof NewStaff>;

/** What the commands of this machine ask of a running service; served on its own socket, which only its owner may open. */
export function commandRoutes(staff: StaffStore): Hono {
  const app = new Hono();
  app.post("/commands/staff", async (c) => {
    const account = NewStaff.safeParse(await c.req.json().catch(() => null));
    if (!account.success)
      return c.json({ error: account.error.issues.map(({ message }) => message).join("; ") }, 400);
    const printed = await newAccount(staff, account.data);
    return printed ? c.json(printed) : c.json({ error: `Đã có tài khoản dùng ${account.data.email}.` }, 409);
  });
  return app;
}
