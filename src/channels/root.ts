/** An address from the settings without the slash at its end, so that a path can be added to it. */
export function rootOf(address: string): string {
  return address.replace(/\/+$/, "");
}
