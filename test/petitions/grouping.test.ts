import { describe, expect, it } from "vitest";
import { type Groupable, suggestGroups } from "../../src/petitions/grouping.ts";
import { MORE_OPINIONS, OPINIONS, UNSEEN_OPINIONS } from "./opinions.ts";

const texts = (contents: string[], given: Partial<Groupable> = {}): Groupable[] =>
  contents.map((content) => ({ id: ++next, content, topic: "ha-tang", area: "xã Tân Bình", ...given }));
let next = 0;

const ROAD = [
  "Đường vào kho lúa hư nặng, xin hỗ trợ sửa trước vụ Đông Xuân.",
  "Xin sửa đường vào kho lúa, đường hư nặng lắm rồi",
  "duong vao kho lua hu nang, de nghi sua truoc vu dong xuan",
  "Đề nghị sửa đường vào kho lúa ấp 5 đang hư nặng",
];
const PUMP = [
  "Trạm bơm ấp 3 hư máy, lúa thiếu nước tưới",
  "Trạm bơm hư máy hoài, lúa của bà con thiếu nước tưới",
  "tram bom hu may, ruong lua thieu nuoc tuoi",
];
const ALONE = ["Xin đầu tư nhà màng trồng rau cho tổ hợp tác", "Kéo điện ba pha ra khu nuôi tôm giúp bà con"];

const idsOf = (petitions: Groupable[]) => petitions.map(({ id }) => id).sort((a, b) => a - b);

describe("suggesting groups", () => {
  it("finds hardly anything alike among opinions about different things", () => {
    const all = [...OPINIONS, ...MORE_OPINIONS, ...UNSEEN_OPINIONS];
    const found = suggestGroups(all.flatMap(({ text, topic }) => texts([text], { topic, area: null })));
    expect(found.flatMap(({ petitions }) => petitions).length).toBeLessThanOrEqual(10);
  });

  it("finds what asks for the same, with and without marks, and leaves the rest alone", () => {
    const road = texts(ROAD);
    const pump = texts(PUMP);
    const found = suggestGroups([...pump, ...texts(ALONE), ...road]);
    expect(found.map(({ petitions }) => petitions)).toEqual([idsOf(road), idsOf(pump)]);
    expect(found[0]).toMatchObject({ topic: "ha-tang", area: "xã Tân Bình" });
    expect(ROAD).toContain(found[0]?.example);
    expect(found[0]?.likeness).toBeGreaterThan(0.5);
  });

  it("does not depend on the order in which petitions are given", () => {
    const all = [...texts(ROAD), ...texts(PUMP), ...texts(ALONE)];
    expect(suggestGroups(all.toReversed())).toEqual(suggestGroups(all));
  });

  it("never mixes topics", () => {
    const [a, b] = [texts(ROAD.slice(0, 1)), texts(ROAD.slice(0, 1), { topic: "von-vay" })];
    expect(suggestGroups([...a, ...b])).toEqual([]);
  });

  it("groups the same words over several communes, and then names no commune", () => {
    const here = texts(ROAD.slice(0, 1));
    const there = texts(ROAD.slice(0, 1), { area: "xã Vị Thủy" });
    expect(suggestGroups([...here, ...there])).toMatchObject([
      { area: null, petitions: idsOf([...here, ...there]) },
    ]);
  });

  it("asks for more likeness between communes than within one", () => {
    const pair = ["Trạm bơm hư máy, lúa thiếu nước tưới", "Trạm bơm hư rồi, vườn mít khô héo trông mưa"];
    const [first = "", second = ""] = pair;
    expect(suggestGroups([...texts(pair), ...texts(ALONE)])).toHaveLength(1);
    expect(
      suggestGroups([...texts([first]), ...texts([second], { area: "xã Vị Thủy" }), ...texts(ALONE)]),
    ).toEqual([]);
  });

  it("groups petitions that differ in their numbers alone", () => {
    const many = Array.from(
      { length: 20 },
      (_, n) => `Kênh thủy lợi số ${n} ấp ${n + 1} cạn, thiếu nước tưới lúa`,
    );
    expect(suggestGroups(texts(many))[0]?.petitions).toHaveLength(20);
  });

  it("says nothing of no petitions, of one, and of empty ones", () => {
    expect(suggestGroups([])).toEqual([]);
    expect(suggestGroups(texts(ROAD.slice(0, 1)))).toEqual([]);
    expect(suggestGroups(texts(["", "", "123"]))).toEqual([]);
  });

  it("takes two thousand within two seconds", () => {
    const many = Array.from({ length: 2000 }, (_, n) => `${[...ROAD, ...PUMP, ...ALONE][n % 9]} việc ${n}`);
    const start = Date.now();
    expect(suggestGroups(texts(many)).length).toBeGreaterThan(0);
    expect(Date.now() - start).toBeLessThan(2000);
  });
});
