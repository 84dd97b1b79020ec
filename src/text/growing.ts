/** A list of numbers that grows, without the boxing of a plain array. */
export type Growing = {
  length: number;
  push(value: number): void;
  get(at: number): number;
  add(at: number, value: number): void;
  /** The numbers so far, as a view that the next push may leave behind. */
  view(): Float32Array | Int32Array;
};

/** `float` keeps 32-bit fractions, `int` 32-bit whole numbers. */
export function createGrowing(kind: "float" | "int"): Growing {
  const make = (length: number) => (kind === "float" ? new Float32Array(length) : new Int32Array(length));
  let room = make(256);
  return {
    length: 0,
    push(value) {
      if (this.length === room.length) {
        const larger = make(Math.ceil(room.length * 1.7));
        larger.set(room);
        room = larger;
      }
      room[this.length++] = value;
    },
    get: (at) => room[at] as number,
    add(at, value) {
      room[at] = (room[at] as number) + value;
    },
    view() {
      return room.subarray(0, this.length);
    },
  };
}
