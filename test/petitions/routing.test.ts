import { describe, expect, it } from "vitest";
import type { Agency, Topic } from "../../src/knowledge/catalog.ts";
import { buildCorpus } from "../../src/knowledge/corpus.ts";
import { isReroute, officeOf, route } from "../../src/petitions/routing.ts";
import { ownFiles } from "../support/corpus.ts";

const { catalog } = buildCorpus((await ownFiles()).filter(({ path }) => !/^(documents|golden)\//.test(path)));
const TODAY = "2026-11-25";
const LAST_DAY_BEFORE = "2025-06-30";
const MERGER = "2025-07-01";

describe("routing by the data of the office", () => {
  it.each<[topic: string, commune: string | null, day: string, agency: string | null, office: string]>([
    // Every topic on an ordinary day.
    ["von-vay", null, TODAY, "nhnn-khu-vuc", "Ngân hàng Nhà nước Khu vực"],
    ["nhan-su", null, TODAY, "so-tai-chinh", "Sở Tài chính TP Cần Thơ"],
    ["ha-tang", null, TODAY, "so-nn-mt", "Sở Nông nghiệp và Môi trường TP Cần Thơ"],
    ["tap-huan", null, TODAY, "lien-minh-htx", "Liên minh Hợp tác xã TP Cần Thơ"],
    ["khcn", null, TODAY, "so-khcn", "Sở Khoa học và Công nghệ TP Cần Thơ"],
    ["thi-truong", null, TODAY, "so-cong-thuong", "Sở Công Thương TP Cần Thơ"],
    ["dang-ky", "xã Tân Bình", TODAY, "ubnd-xa", "UBND xã Tân Bình"],
    ["quan-tri", null, TODAY, "lien-minh-htx", "Liên minh Hợp tác xã TP Cần Thơ"],
    ["dieu-kien-huong", null, TODAY, "so-tai-chinh", "Sở Tài chính TP Cần Thơ"],
    ["thue-phi-dat", null, TODAY, "thue", "Thuế cơ sở"],
    ["thien-tai-bao-hiem", "phường Long Mỹ", TODAY, "ubnd-xa", "UBND phường Long Mỹ"],
    ["dia-ban-co-quan", "xã Vị Thủy", TODAY, "ubnd-xa", "UBND xã Vị Thủy"],
    ["du-lieu-ca-nhan", null, TODAY, "kenh-cau-noi", "Cán bộ phụ trách kênh Cầu Nối"],
    ["khac", null, TODAY, "lien-minh-htx", "Liên minh Hợp tác xã TP Cần Thơ"],
    // A commune changes nothing where one agency serves the whole city.
    ["nhan-su", "xã Tân Bình", TODAY, "so-tai-chinh", "Sở Tài chính TP Cần Thơ"],
    ["ha-tang", "Phường 7", TODAY, "so-nn-mt", "Sở Nông nghiệp và Môi trường TP Cần Thơ"],
    // Old names lead to the commune of today, however they are written.
    ["dang-ky", "Bình Thành", TODAY, "ubnd-xa", "UBND xã Tân Bình"],
    ["dang-ky", "cai tac", TODAY, "ubnd-xa", "UBND xã Đông Phước"],
    // Without marks it may as well be Bình Thạnh, which lies elsewhere today.
    ["dang-ky", "binh thanh", TODAY, "ubnd-xa", "UBND xã, phường"],
    ["dang-ky", "Phường 7", TODAY, "ubnd-xa", "UBND phường Vị Thanh"],
    ["dang-ky", "xã Vị Thanh", TODAY, "ubnd-xa", "UBND xã Vị Thanh 1"],
    ["dang-ky", "phường Vị Thanh", TODAY, "ubnd-xa", "UBND phường Vị Thanh"],
    ["dang-ky", "xã Vị Thủy", TODAY, "ubnd-xa", "UBND xã Vị Thủy"],
    ["dang-ky", "Nàng Mau", TODAY, "ubnd-xa", "UBND xã Vị Thủy"],
    ["dang-ky", "Lái Hiếu", TODAY, "ubnd-xa", "UBND phường Ngã Bảy"],
    ["dang-ky", "thị trấn Ngã Sáu", TODAY, "ubnd-xa", "UBND xã Châu Thành"],
    ["thien-tai-bao-hiem", "ấp 3, xã Hỏa Tiến", TODAY, "ubnd-xa", "UBND xã Hỏa Lựu"],
    [
      "thien-tai-bao-hiem",
      "xã Tân Bình (bà con ghi: ấp 3, Bình Thành)",
      TODAY,
      "ubnd-xa",
      "UBND xã Tân Bình",
    ],
    ["dia-ban-co-quan", "Rạch Gòi, Châu Thành A", TODAY, "ubnd-xa", "UBND xã Thạnh Xuân"],
    ["dia-ban-co-quan", "Búng Tàu", TODAY, "ubnd-xa", "UBND xã Tân Phước Hưng"],
    // Where the commune is missing or unknown, a person has to ask.
    ["dang-ky", null, TODAY, "ubnd-xa", "UBND xã, phường"],
    ["dang-ky", "đâu đó", TODAY, "ubnd-xa", "UBND xã, phường"],
    // The merger of 1 July 2025, from the day itself on.
    ["nhan-su", null, MERGER, "so-tai-chinh", "Sở Tài chính TP Cần Thơ"],
    ["nhan-su", null, LAST_DAY_BEFORE, "so-khdt-hau-giang", "Sở Kế hoạch và Đầu tư Hậu Giang"],
    [
      "ha-tang",
      null,
      LAST_DAY_BEFORE,
      "so-nnptnt-hau-giang",
      "Sở Nông nghiệp và Phát triển nông thôn Hậu Giang",
    ],
    ["tap-huan", null, LAST_DAY_BEFORE, "lien-minh-htx-hau-giang", "Liên minh Hợp tác xã tỉnh Hậu Giang"],
    ["thi-truong", null, LAST_DAY_BEFORE, "so-cong-thuong-hau-giang", "Sở Công Thương Hậu Giang"],
    ["von-vay", null, LAST_DAY_BEFORE, "nhnn-hau-giang", "Ngân hàng Nhà nước chi nhánh tỉnh Hậu Giang"],
    ["thue-phi-dat", null, LAST_DAY_BEFORE, "chi-cuc-thue-huyen", "Chi cục Thuế huyện"],
    ["dang-ky", "Bình Thành", LAST_DAY_BEFORE, "phong-tckh-huyen", "Phòng Tài chính – Kế hoạch cấp huyện"],
    ["dang-ky", "Bình Thành", MERGER, "ubnd-xa", "UBND xã Tân Bình"],
    ["du-lieu-ca-nhan", null, LAST_DAY_BEFORE, "kenh-cau-noi", "Cán bộ phụ trách kênh Cầu Nối"],
    // Nothing is made up.
    ["khong-co", null, TODAY, null, ""],
  ])("sends %s of %s on %s to %s", (topic, commune, day, agency, office) => {
    const found = route({ topic, commune, day }, catalog);
    expect(found?.agency ?? null).toBe(agency);
    expect(found?.office ?? "").toBe(office);
  });

  it("tells why: the topic, the old commune, and who confirms", () => {
    expect(route({ topic: "dang-ky", commune: "Bình Thành", day: TODAY }, catalog)?.reason).toBe(
      "Chủ đề “Thành lập, đăng ký, giải thể” thuộc UBND xã, phường. “Bình Thành” nay thuộc xã Tân Bình (từ 1/7/2025). Thẩm quyền này cần xác nhận với UBND TP Cần Thơ.",
    );
  });

  it.each([
    [null, "Chưa rõ xã, phường"],
    ["đâu đó", "Chưa nhận ra xã, phường “đâu đó”"],
  ])("asks for a commune that is %s", (commune, said) => {
    expect(route({ topic: "dang-ky", commune, day: TODAY }, catalog)?.reason).toContain(said);
  });

  it("offers the topic's other agencies in the order of the data, each once", () => {
    expect(route({ topic: "von-vay", commune: null, day: TODAY }, catalog)?.others).toEqual([
      "nhcsxh",
      "lien-minh-htx",
      "hoi-nong-dan",
      "ngan-hang-cho-vay",
    ]);
  });
});

describe("an agency that has ended", () => {
  const agency = (id: string, given: Partial<Agency> = {}): Agency => ({
    id,
    name: id.toUpperCase(),
    aliases: [],
    handles: "",
    formerly: [],
    validFrom: null,
    validTo: null,
    perCommune: false,
    certainty: "certain",
    ...given,
  });
  const topics: Topic[] = [{ id: "khac", name: "Khác", description: "Khác", phrases: [], agencies: ["a"] }];
  const routed = (agencies: Agency[], day = TODAY) =>
    route({ topic: "khac", commune: null, day }, { topics, agencies, communes: [] });

  it("is replaced by its successor from the day on which it ends, and by the successor's in turn", () => {
    const agencies = [
      agency("a", { validTo: "2025-07-01", successor: "b" }),
      agency("b", { validTo: "2026-07-01", successor: "c" }),
      agency("c"),
    ];
    expect(routed(agencies, "2025-06-30")?.agency).toBe("a");
    expect(routed(agencies, "2025-07-01")?.agency).toBe("b");
    expect(routed(agencies)).toMatchObject({
      agency: "c",
      reason:
        "Chủ đề “Khác” thuộc C. A đã thôi hoạt động từ 1/7/2025, việc do B tiếp nhận. B đã thôi hoạt động từ 1/7/2026, việc do C tiếp nhận.",
    });
  });

  it("without a successor leads nowhere, nor do two that name each other", () => {
    expect(routed([agency("a", { validTo: "2025-07-01" })])).toBeNull();
    const ended = { validTo: "2025-07-01" };
    expect(
      routed([agency("a", { ...ended, successor: "b" }), agency("b", { ...ended, successor: "a" })]),
    ).toBeNull();
  });

  it("and one that does not exist yet is stood for by who did its work before", () => {
    const agencies = [
      agency("old", { validTo: "2025-07-01", successor: "a" }),
      agency("a", { validFrom: "2025-07-01" }),
    ];
    expect(routed(agencies, "2025-01-01")?.reason).toContain("A chỉ có từ 1/7/2025; trước đó là OLD.");
    expect(routed([agency("a", { validFrom: "2025-07-01" })], "2025-01-01")).toBeNull();
  });

  it("that has ended gives its office to its successor, when staff choose it", () => {
    const agencies = [
      agency("a", { validTo: "2025-07-01", successor: "b" }),
      agency("b", { validFrom: "2025-07-01" }),
    ];
    const asked = { commune: null, day: TODAY };
    expect(officeOf("a", asked, { agencies, communes: [] })?.agency).toBe("b");
  });
});

describe("going to another agency", () => {
  it("is a re-route only when some other agency has the petition", () => {
    expect([isReroute(null, "a"), isReroute("a", "a"), isReroute("a", "b")]).toEqual([false, false, true]);
  });
});

describe("the office of an agency that staff chose", () => {
  it.each<[agency: string, commune: string | null, day: string, office: string | undefined]>([
    ["so-cong-thuong", "xã Tân Bình", TODAY, "Sở Công Thương TP Cần Thơ"],
    ["ubnd-xa", "xã Tân Bình (bà con ghi: ấp 3)", TODAY, "UBND xã Tân Bình"],
    ["ubnd-xa", null, TODAY, "UBND xã, phường"],
    ["khong-co", "xã Tân Bình", TODAY, undefined],
  ])("%s for %s on %s is %s", (agency, commune, day, office) => {
    expect(officeOf(agency, { commune, day }, catalog)?.office).toBe(office);
  });
});
