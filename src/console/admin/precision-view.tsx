import type { Calibration } from "../../knowledge/catalog.ts";
import type { EditionSummary } from "../../knowledge/edition.ts";
import { type CurvePoint, pointAt } from "../../knowledge/precision.ts";
import type { Session } from "../../staff/account.ts";
import { mayPublish } from "../access.ts";
import { inHundred, percent, share } from "../knowledge/words.ts";
import { Csrf } from "../layout.tsx";
import type { Said } from "../tabbed.tsx";
import { type Column, Table } from "../table.tsx";
import { DraftNote } from "./directory-view.tsx";
import { Frame } from "./frame.tsx";
import { PrecisionChart } from "./precision-chart.tsx";

export const PRECISION_PATH = "/console/precision";

type PrecisionProps = {
  calibration: Calibration | null;
  version: string;
  draft: EditionSummary | null;
  session: Session;
  said: Said;
};

/** The wanted precision, what it costs in answers, and the curve that says so. */
export function PrecisionView({ calibration, version, draft, session, said }: PrecisionProps) {
  return (
    <Frame at={PRECISION_PATH} said={said} role={session.staff.role}>
      <h1>Độ chính xác</h1>
      {draft ? <DraftNote draft={draft} /> : null}
      {calibration ? (
        <>
          <Meaning calibration={calibration} />
          {mayPublish(session.staff.role) ? (
            <WantedForm wanted={calibration.wantedPrecision} version={version} session={session} />
          ) : null}
          <Curve calibration={calibration} />
        </>
      ) : (
        <p class="panel">
          Bản kiến thức này chưa có số liệu căn chỉnh. Người vận hành chạy “npm run calibrate” rồi nạp lại thư
          mục kiến thức.
        </p>
      )}
    </Frame>
  );
}

function Meaning({ calibration: { wantedPrecision, threshold, curve } }: { calibration: Calibration }) {
  const point = pointAt(curve, threshold);
  return (
    <section class="panel" aria-labelledby="meaning">
      <h2 id="meaning">Mức mong muốn: {percent(wantedPrecision)}</h2>
      <p>
        Trong 100 câu trả lời, ít nhất {inHundred(wantedPrecision)} câu đúng; khi đó trả lời được{" "}
        {point ? percent(point.answered) : "một phần"} số câu hỏi mẫu dùng để căn chỉnh. Câu nào chưa đủ chắc
        thì trợ lý nói là chưa có thông tin và giúp bà con gửi kiến nghị.
      </p>
      <p class="quiet">
        Ngưỡng tin cậy suy ra từ mức này: {share(threshold)}.{" "}
        {point ? `Trên bộ câu hỏi mẫu, ngưỡng đó đúng ${percent(point.precision)}.` : ""} Muốn đúng nhiều hơn
        thì trả lời ít đi, và ngược lại.
      </p>
    </section>
  );
}

function WantedForm({ wanted, version, session }: { wanted: number; version: string; session: Session }) {
  return (
    <section class="panel" aria-labelledby="set">
      <h2 id="set">Đặt mức khác</h2>
      <form method="post" action={PRECISION_PATH} class="stack">
        <Csrf session={session} />
        <input type="hidden" name="version" value={version} />
        <label>
          Mức mong muốn (%)
          <input
            name="wanted"
            value={inHundred(wanted)}
            inputmode="decimal"
            required
            aria-describedby="set-help"
          />
        </label>
        <p id="set-help" class="quiet">
          Một số từ 50 đến 99, ví dụ 95. Mức mới vào bản soạn và chỉ có hiệu lực sau khi kiểm tra, công bố.
        </p>
        <button type="submit" class="main">
          Lưu vào bản soạn
        </button>
      </form>
    </section>
  );
}

const POINTS: Column<CurvePoint>[] = [
  { title: "Ngưỡng tin cậy", cell: ({ threshold }) => share(threshold) },
  { title: "Trả lời được", cell: ({ answered }) => percent(answered) },
  { title: "Đúng khi trả lời", cell: ({ precision }) => percent(precision) },
];
const EVERY = 5;

function Curve({ calibration: { curve, threshold } }: { calibration: Calibration }) {
  const chosen = pointAt(curve, threshold);
  const rows = curve.filter((point, i) => curve.length <= 20 || i % EVERY === 0 || point === chosen);
  return (
    <section aria-labelledby="curve">
      <h2 id="curve">Trả lời được bao nhiêu, đúng bao nhiêu</h2>
      {curve.length > 0 ? (
        <>
          <PrecisionChart curve={curve} chosen={chosen} />
          <Table
            caption="Đường cong: mỗi ngưỡng trả lời được bao nhiêu và đúng bao nhiêu"
            columns={POINTS}
            rows={rows}
          />
        </>
      ) : (
        <p class="panel">Chưa có điểm nào của đường cong.</p>
      )}
    </section>
  );
}
