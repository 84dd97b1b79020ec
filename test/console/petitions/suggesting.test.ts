import { expect, it } from "vitest";
import { createSuggest } from "../../../src/console/petitions/suggesting.ts";
import type { Groupable } from "../../../src/petitions/grouping.ts";

const petitions: Groupable[] = ["Xin nạo vét kênh trục", "de nghi nao vet kenh truc", "Xin xây nhà kho"].map(
  (content, at) => ({ id: at + 1, content, topic: "ha-tang", area: "xã Vị Thủy" }),
);

it("suggests once for the same petitions, and anew when one of them changes", async () => {
  const suggest = createSuggest();
  const found = await suggest("ha-tang", petitions);
  expect(found.map((group) => group.petitions)).toEqual([[1, 2]]);
  expect(
    await suggest(
      "ha-tang",
      petitions.map((petition) => ({ ...petition })),
    ),
  ).toBe(found);

  const [first, second, third] = petitions as [Groupable, Groupable, Groupable];
  expect(await suggest("ha-tang", [first, third])).toEqual([]);
  const moved = await suggest("ha-tang", [first, { ...second, area: "xã Tân Bình" }, third]);
  expect(moved).toMatchObject([{ area: null }]);
  const reworded = await suggest("ha-tang", [first, { ...second, content: "Sạt lở bờ sông" }, third]);
  expect(reworded).toEqual([]);
});

it("lets other work go on while it compares many", async () => {
  const many = Array.from({ length: 1500 }, (_, id) => ({
    id,
    content: `Xin sửa ${id.toString(36).replace(/\d/g, "x")} kênh ${(id * 7).toString(36).replace(/\d/g, "y")} đường vào kho lúa`,
    topic: "ha-tang",
    area: null,
  }));
  let turns = 0;
  let isDone = false;
  const counting = (async () => {
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
    }
  })();
  await createSuggest()("ha-tang", many);
  isDone = true;
  await counting;
  expect(turns).toBeGreaterThan(20);
});
