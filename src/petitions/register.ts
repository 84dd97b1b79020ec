import { withoutNote } from "./commune.ts";
import type { Status } from "./petition.ts";

/** The columns of the register, which is also the language in which figures say what they count. */
export const REGISTER_COLUMNS = [
  "ma",
  "noi_dung",
  "loai",
  "chu_de",
  "co_quan",
  "xa_phuong",
  "kenh",
  "trang_thai",
  "ngay_nhan",
  "han",
  "ngay_tra_loi",
] as const;
export type RegisterColumn = (typeof REGISTER_COLUMNS)[number];

/** A petition as the register shows it: ids and ISO days as text, "" for what is not known. */
export type RegisterRow = Record<RegisterColumn, string>;

/** A petition as the database gives it to reports; days are ISO days in Vietnam. Nothing in it says who sent it. */
export type PetitionRecord = {
  code: string;
  content: string;
  stance: string;
  topic: string;
  agency: string | null;
  commune: string | null;
  /** "giay" for what was collected on paper; null when the member had his chat erased. */
  channel: string | null;
  status: Status;
  receivedOn: string;
  dueOn: string | null;
  answeredOn: string | null;
};

export const CHANNEL_NAMES: Record<string, string> = {
  giay: "Phiếu giấy, cuộc họp",
  telegram: "Telegram",
  "zalo-bot": "Zalo Bot",
  "zalo-oa": "Zalo OA",
  web: "Trang web",
  "": "Đã xóa dữ liệu cá nhân",
};

/** `suggestAgency` names the responsible agency of a petition that nobody has sent anywhere yet. */
export function toRegister(
  records: PetitionRecord[],
  suggestAgency: (record: PetitionRecord) => string | null,
): RegisterRow[] {
  return records.map((record) => ({
    ma: record.code,
    noi_dung: printable(record.content),
    loai: record.stance,
    chu_de: record.topic,
    co_quan: record.agency ?? suggestAgency(record) ?? "",
    xa_phuong: printable(withoutNote(record.commune ?? "")),
    kenh: record.channel ?? "",
    trang_thai: record.status,
    ngay_nhan: record.receivedOn,
    han: record.dueOn ?? "",
    ngay_tra_loi: record.answeredOn ?? "",
  }));
}

/** XML, of which both kinds of document are made, has no place for other control characters. */
function printable(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken away
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g, " ")
  );
}
