import { startFakeZaloOa } from "../../test/support/fake-zalo-oa.ts";

/** A Zalo on loopback whose Official Account is ours, and the settings that lead the service to it. */
export async function startOa() {
  const fake = await startFakeZaloOa();
  const { appId, appSecret, secretKey, seed } = fake.account;
  return {
    ...fake,
    settings: {
      ZALO_OA_APP_ID: appId,
      ZALO_OA_APP_SECRET: appSecret,
      ZALO_OA_SECRET_KEY: secretKey,
      ZALO_OA_REFRESH_TOKEN: seed,
      ZALO_OA_API_ROOT: fake.root,
      ZALO_OA_OAUTH_ROOT: fake.root,
    },
    /** From now on what members do is posted to this service. */
    postTo: (address: string) =>
      fake.poster.postTo(async (headers, body) => {
        const init = { method: "POST", headers, body: Buffer.from(body) };
        return fetch(`${address}/webhooks/zalo-oa`, init).then(
          ({ status }) => ({ status }),
          () => ({ status: 0 }),
        );
      }),
    /** How often a message to this person was tried. */
    triesFor: (userId: string) =>
      fake.calls.filter(({ path, body }) => path === "send" && JSON.parse(body).recipient.user_id === userId)
        .length,
  };
}

export type Oa = Awaited<ReturnType<typeof startOa>>;

/** A person's id, too long for a JavaScript number as many of Zalo's are. */
export const oaUser = (number: number): string => `38861209876${String(10_000_000 + number)}`;
