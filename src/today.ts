/** The day in Vietnam, ISO; the law changes at midnight there, wherever the server stands. */
export function todayInVietnam(): string {
  return new Date().toLocaleDateString("sv", { timeZone: "Asia/Ho_Chi_Minh" });
}
