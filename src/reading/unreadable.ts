/** Why a file cannot be read, in Vietnamese words that its giver can act on; the file's name is added where it is known. */
export class Unreadable extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = "Unreadable";
  }
}
