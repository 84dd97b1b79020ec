import type { ImportState, OpinionImport } from "../../petitions/opinion-import.ts";
import { written } from "../dates.ts";

/** How an import stands, in words for a list. */
export const IMPORT_STATES: Record<ImportState, string> = {
  waiting: "chờ tới lượt",
  reading: "đang đọc tệp",
  running: "đang nhập",
  interrupted: "bị ngắt, sẽ tự nhập tiếp",
  stuck: "bị ngắt nhiều lần",
  lost: "bị ngắt, cần nhập lại tệp",
  refused: "cả tệp bị từ chối",
  done: "đã xong",
};

const EXPLAINED: Record<Exclude<ImportState, "done" | "refused">, string> = {
  waiting: "Tệp đã được giữ lại, việc nhập sắp bắt đầu. Có thể rời trang này, việc nhập vẫn chạy.",
  reading: "Đang đọc tệp. Có thể rời trang này, việc nhập vẫn chạy.",
  running: "Đang nhập. Có thể rời trang này, việc nhập vẫn chạy.",
  interrupted:
    "Việc nhập bị ngắt giữa chừng và sẽ tự chạy tiếp trong ít phút. Không ý kiến nào bị nhập hai lần.",
  stuck:
    "Việc nhập bị ngắt nhiều lần nên đã dừng lại. Bấm “Nhập tiếp” để thử lại; không ý kiến nào bị nhập hai lần.",
  lost: "Việc nhập bằng lệnh đã bị ngắt giữa chừng. Hãy nhập lại đúng tệp đó; ý kiến đã nhận không bị nhập lần thứ hai.",
};

/** A bar of how far an import is, with its numbers so far; a whole file that was refused is told with its reason. */
export function ImportProgress({ file, state }: { file: OpinionImport; state: ImportState }) {
  const { total, done, added, refused, fault } = file;
  if (state === "refused" || state === "done")
    return fault === null ? null : (
      <p class="panel fault" role="alert">
        Tệp này không nhập được: {fault}
      </p>
    );
  return (
    <section class="panel" aria-labelledby="progress">
      <h2 id="progress">Tiến độ</h2>
      <p role="status">
        {EXPLAINED[state]}{" "}
        {total === null ? null : (
          <>
            {written(done)} trên {written(total)} ý kiến: {written(added)} mới,{" "}
            {written(Math.max(0, done - added))} đã có từ trước, {written(refused)} dòng bị từ chối.
          </>
        )}
      </p>
      <progress
        class="import"
        aria-label="Phần đã nhập"
        max={String(Math.max(1, total ?? 1))}
        value={total === null ? undefined : String(done)}
      />
    </section>
  );
}
