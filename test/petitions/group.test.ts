import { describe, expect, it } from "vitest";
import { deliveryState } from "../../src/petitions/group.ts";

describe("what became of an answer", () => {
  it.each<[string[], boolean, boolean, string]>([
    [["done"], false, true, "delivered"],
    [["done", "done"], false, true, "delivered"],
    [["done", "open"], false, true, "sending"],
    [["open"], false, true, "sending"],
    [["done", "waiting"], false, true, "waiting"],
    [["done", "refused"], false, true, "refused"],
    [["dead"], false, true, "refused"],
    [["uncertain", "open"], false, true, "uncertain"],
    [["refused", "uncertain"], false, true, "refused"],
    [[], true, true, "next-contact"],
    [[], false, true, "next-contact"],
    [["refused"], true, true, "next-contact"],
    [["done"], true, true, "delivered"],
    [[], false, false, "not-answered"],
  ])("of the parts %j (chat gone: %s, answered: %s) is %s", (parts, gone, answered, state) => {
    expect(deliveryState(parts, gone, answered)).toBe(state);
  });
});
