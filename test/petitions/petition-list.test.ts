import { describe, expect, it } from "vitest";
import { searchQuery } from "../../src/petitions/petition-list.ts";

describe("a search", () => {
  it.each([
    ["kho lạnh", "kho:* & lanh:*"],
    ["KN-ABC234", "kn:* & abc234:*"],
    ["Đường  vào, kho!", "duong:* & vao:* & kho:*"],
    ["1,5 tỷ", "1:* & 5:* & ty:*"],
    ["' | & ! ( ) :* <->", null],
    ["", null],
    [undefined, null],
  ])("of %j looks for %j", (search, query) => {
    expect(searchQuery(search)).toBe(query);
  });
});
