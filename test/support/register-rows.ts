import type { RegisterRow } from "../../src/petitions/register.ts";

/** A row of the register, with what the test cares about. */
export function registerRow(given: Partial<RegisterRow> = {}): RegisterRow {
  return {
    ma: "KN-AAAAAA",
    noi_dung: "Xin nạo vét kênh trục để có nước làm lúa.",
    loai: "kien-nghi",
    chu_de: "ha-tang",
    co_quan: "so-nn-mt",
    xa_phuong: "xã Tân Bình",
    kenh: "giay",
    trang_thai: "received",
    ngay_nhan: "2026-03-01",
    han: "",
    ngay_tra_loi: "",
    ...given,
  };
}
