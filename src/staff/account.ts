/** What an account may do: look, work on its own agency's petitions, work on all petitions, or also run the service. */
export const ROLE_IDS = ["viewer", "agency", "staff", "admin"] as const;
export type Role = (typeof ROLE_IDS)[number];

/** Whose petitions the role of that name works on; of an agency that every commune has one of, the commune says which. */
export type Place = { agency: string | null; commune: string | null };

/** `passwordIsTemporary`: it was printed, not chosen, and runs out. */
export type Staff = Place & {
  id: number;
  name: string;
  email: string;
  role: Role;
  passwordIsTemporary: boolean;
};

/** A signed-in browser. */
export type Session = { staff: Staff; csrfToken: string };

export type NewAccount = Partial<Place> & {
  name: string;
  email: string;
  role: Role;
  passwordHash: string;
  /** When a printed password stops opening the console; null for a chosen one. */
  passwordExpiresAt: Date | null;
};

/** An account as admins see it. */
export type AccountRow = Place & {
  id: number;
  name: string;
  email: string;
  role: Role;
  lastSeenAt: Date | null;
  disabledAt: Date | null;
  /** How many browsers are signed in. */
  sessions: number;
};

/** Why an account cannot be changed as wanted, in words for whoever wanted it. */
export class AccountRefused extends Error {}
