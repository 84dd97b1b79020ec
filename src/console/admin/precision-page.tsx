import type { Context } from "hono";
import { z } from "zod";
import { CALIBRATION_FILE as FILE, readCalibration } from "../../knowledge/calibration-file.ts";
import { editRows } from "../../knowledge/edit-rows.ts";
import { NotPossible } from "../../knowledge/edition.ts";
import { highestPrecision, pointFor } from "../../knowledge/precision.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import { authorOf } from "../knowledge/author.ts";
import { percent } from "../knowledge/words.ts";
import type { Said } from "../tabbed.tsx";
import type { View } from "../view.tsx";
import { fileOf, saveInDraft, shownTo } from "./draft.ts";
import { PRECISION_PATH, PrecisionView } from "./precision-view.tsx";

const TITLE = "Độ chính xác";
const LOWEST = 50;
/** No sample of questions vouches for a hundred in a hundred. */
const HIGHEST = 99;
const NOTICES: Record<string, string> = {
  saved: "Đã lưu vào bản soạn. Bước tiếp theo: mở bản soạn để kiểm tra và công bố.",
};

/** "95", "95,5" or "95 %". */
const Form = z.object({
  wanted: z
    .string()
    .transform((text) => Number(text.replace("%", "").replace(",", ".").trim()) / 100)
    .pipe(
      z
        .number()
        .min(LOWEST / 100)
        .max(HIGHEST / 100),
    ),
  version: z.string(),
});

/** How often an answer must be right; the threshold follows from it, along the curve that the golden set gave. */
export function precisionPages({ knowledge }: Pick<ConsoleOptions, "knowledge">, view: View) {
  const show: Handler = (c) => draw(c, { notice: NOTICES[c.req.query("notice") ?? ""] });

  const set: Handler = async (c) => {
    const form = Form.safeParse(await c.req.parseBody());
    if (!form.success) return draw(c, { fault: `Xin ghi một số từ ${LOWEST} đến ${HIGHEST}.` }, 400);
    const { wanted, version } = form.data;
    const file = fileOf(await shownTo(knowledge, c.var.session.staff.id), FILE);
    if (file.version !== version)
      return draw(c, { fault: "Mức này đã đổi từ lúc mở trang. Xin xem lại rồi đặt lại." }, 409);
    const calibration = readCalibration(FILE, file.text);
    const point = pointFor(calibration?.curve ?? [], wanted);
    if (!calibration || !point) return draw(c, { fault: outOfReach(wanted, calibration?.curve ?? []) }, 400);
    try {
      const row = { wantedPrecision: wanted, threshold: point.threshold };
      const text = editRows(file.text, [], { kind: "change", at: 0, row }, true);
      await saveInDraft(knowledge, authorOf(c), FILE, text);
      return c.redirect(`${PRECISION_PATH}?notice=saved`, 303);
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
      return draw(c, { fault: error.reason }, 409);
    }
  };

  async function draw(c: Context<Signed>, said: Said, status: 200 | 400 | 409 = 200) {
    const shown = await shownTo(knowledge, c.var.session.staff.id);
    const { text, version } = fileOf(shown, FILE);
    const calibration = readCalibration(FILE, text);
    const props = { calibration, version, draft: shown.draft, session: c.var.session, said };
    return view.page(c, TITLE, <PrecisionView {...props} />, status);
  }

  return { show, set };
}

function outOfReach(wanted: number, curve: Parameters<typeof highestPrecision>[0]): string {
  const highest = highestPrecision(curve);
  return highest === null
    ? "Chưa có đường cong để tính; cần chạy lại việc căn chỉnh (npm run calibrate)."
    : `Với bộ câu hỏi mẫu hiện có chưa ngưỡng nào giữ được ${percent(wanted)}; cao nhất đặt được là ${percent(highest)}.`;
}
