import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Commune, parseCatalog } from "../../src/knowledge/catalog.ts";
import { findCommune, saysJust } from "../../src/petitions/commune.ts";
import { fold } from "../../src/text/fold.ts";

const file = new URL("../../knowledge/communes.yaml", import.meta.url);
const communes = parseCatalog("communes.yaml", z.array(Commune), readFileSync(file, "utf8"));
const found = (text: string) => {
  const commune = findCommune(text, communes);
  return commune ? `${commune.kind} ${commune.name}` : null;
};

describe("findCommune", () => {
  it("finds every commune of today by its name, with and without its kind and its marks", () => {
    for (const { kind, name } of communes) {
      for (const text of [
        name,
        fold(name),
        `${kind} ${name}`,
        `${kind.toUpperCase()} ${name.toUpperCase()}`,
        fold(`${kind} ${name}`),
      ]) {
        expect(found(text), text).toBe(`${kind} ${name}`);
      }
    }
  });

  it("finds the commune of today by each old name that no commune of today bears", () => {
    const names = communes.map(({ name }) => fold(name));
    for (const { kind, name, formerly } of communes) {
      for (const old of formerly.filter((one) => !names.includes(fold(one)) && !/^(xã|phường)/.test(one))) {
        expect(found(old), old).toBe(`${kind} ${name}`);
      }
    }
  });

  it.each([
    ["Phường 1", "phường Vị Thanh"],
    ["P.7", "phường Vị Thanh"],
    ["f5", "phường Vị Tân"],
    ["thị trấn Nàng Mau", "xã Vị Thủy"],
    ["tt Cái Tắc", "xã Đông Phước"],
    ["xã Vị Thanh", "xã Vị Thanh 1"],
    ["phường Vị Thanh", "phường Vị Thanh"],
    ["phường Vĩnh Tường", "phường Long Bình"],
    ["xã Vĩnh Tường", "xã Vĩnh Tường"],
    ["xã Long Bình", "phường Long Bình"],
    ["xa phien", "xã Xà Phiên"],
    ["xã xà phiên", "xã Xà Phiên"],
    ["ấp 3, xã Tân Bình", "xã Tân Bình"],
    ["ap 3 xa tan binh huyen phung hiep", "xã Tân Bình"],
    ["Vị Thủy, huyện Vị Thủy, Hậu Giang", "xã Vị Thủy"],
    ["khu vực 4 - phường Ngã Bảy", "phường Ngã Bảy"],
  ])("reads '%s' as %s", (text, commune) => {
    expect(found(text)).toBe(commune);
  });

  it.each([
    "",
    "1",
    "ấp 7",
    "Ninh Kiều",
    "không nhớ",
    "xã",
    "huyện Vị Thủy",
    "Tân Bình, Hòa An",
    "binh thanh",
  ])("finds none where it is not known or not clear: '%s'", (text) => {
    expect(found(text)).toBeNull();
  });

  it("finds none for an old name that went to two communes", () => {
    const split: Commune[] = ["A", "B"].map((name) => ({
      name,
      kind: "xã",
      formerly: ["Cũ"],
      wageRegion: 4,
      from: "2025-07-01",
      certainty: "certain",
    }));
    expect(findCommune("Cũ", split)).toBeNull();
    expect(findCommune("A", split)?.name).toBe("A");
  });
});

describe("saysJust", () => {
  it("tells a bare name of today from one that says more", () => {
    const commune = findCommune("Tân Bình", communes);
    if (!commune) throw new Error("no commune");
    expect(["Tân Bình", "xã Tân Bình", "xa tan binh."].map((text) => saysJust(text, commune))).toEqual([
      true,
      true,
      true,
    ]);
    expect(["ấp 3, Tân Bình", "Bình Thành"].map((text) => saysJust(text, commune))).toEqual([false, false]);
  });
});
