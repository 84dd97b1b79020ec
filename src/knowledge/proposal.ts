/** An official reply offered as knowledge; a second person decides. */
export type Proposal = {
  id: number;
  petition: string;
  number: string;
  text: string;
  status: "open" | "approved" | "declined";
  proposedBy: string;
  proposedById: number;
  proposedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  reason: string | null;
  edition: number | null;
};
