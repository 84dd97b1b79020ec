import { hiddenFields } from "./web.ts";

/** A member of staff at the console of a running service. */
export async function signIn(address: string, account: { email: string; password: string }) {
  const send = (path: string, fields?: Record<string, string>, cookie = "") =>
    fetch(address + path, {
      redirect: "manual",
      headers: { Cookie: cookie },
      ...(fields ? { method: "POST", body: new URLSearchParams(fields) } : {}),
    });
  const response = await send("/console/sign-in", account);
  const pairs = response.headers.getSetCookie().map((each) => each.split(";")[0]?.split("=") ?? []);
  // The last of one name counts: the old session is taken back in the same answer that brings the new one.
  const jar = new Map(pairs.map(([name = "", value = ""]) => [name, value]));
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

  return {
    status: response.status,
    page: async (path: string) => (await send(path, undefined, cookie)).text(),
    /** Fills a form of a page and sends it. */
    async submit(path: string, action: string, fields: Record<string, string>): Promise<number> {
      const hidden = hiddenFields(await this.page(path), action);
      return (await send(action, { ...hidden, ...fields }, cookie)).status;
    },
  };
}
