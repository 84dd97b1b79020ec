/** What an account may do: look, work on petitions, or also run the service. */
export type Role = "viewer" | "staff" | "admin";

/** `passwordIsTemporary`: it was printed, not chosen, and runs out. */
export type Staff = { id: number; name: string; email: string; role: Role; passwordIsTemporary: boolean };

/** A signed-in browser. */
export type Session = { staff: Staff; csrfToken: string };

export type NewAccount = {
  name: string;
  email: string;
  role: Role;
  passwordHash: string;
  /** When a printed password stops opening the console; null for a chosen one. */
  passwordExpiresAt: Date | null;
};
