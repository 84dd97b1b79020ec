/** What the channel knows of its own state, worst first. */
export type Health = {
  stored(): void;
  unstored(): void;
  /** After every answer to a send: what a person must mend in Zalo's console, or null. */
  answered(setUpFault: string | null): void;
  signedWith(key: "secret key" | "app secret"): void;
  fault(): string | null;
};

/** `tokenFault` tells what is wrong with the tokens, or null. */
export function createHealth(tokenFault: () => string | null): Health {
  let storing: string | null = null;
  let setUp: string | null = null;
  let signing: string | null = null;

  return {
    stored() {
      storing = null;
    },
    unstored() {
      storing = "không lưu được tin nhắn đến";
    },
    answered(setUpFault) {
      setUp = setUpFault;
    },
    signedWith(key) {
      signing =
        key === "app secret" ? "Zalo ký tin bằng ZALO_OA_APP_SECRET, xem lại ZALO_OA_SECRET_KEY" : null;
    },
    fault: () => storing ?? tokenFault() ?? setUp ?? signing,
  };
}
