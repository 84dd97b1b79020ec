/** An official reply offered as knowledge; a second person decides. */
export type Proposal = {
  id: number;
  /** The code of the petition that was answered so, or the question by its message and chat. */
  petition: string | null;
  question: { messageId: number; conversationId: number } | null;
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
