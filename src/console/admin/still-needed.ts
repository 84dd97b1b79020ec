import type { Row, SectionName } from "../../knowledge/directory.ts";

/** Why a row cannot be taken away, since other rows name it; null when none does. */
export function stillNeeded(
  section: SectionName,
  row: Row,
  rowsOf: (section: SectionName) => readonly Row[],
): string | null {
  if (section !== "agencies") return null;
  const topic = rowsOf("topics").find(({ agencies }) => Array.isArray(agencies) && agencies.includes(row.id));
  if (topic)
    return `Chủ đề “${String(topic.name)}” còn giao việc cho cơ quan này. Hãy đổi cơ quan của chủ đề trước, hoặc ghi ngày hết hiệu lực cho cơ quan.`;
  const heir = rowsOf("agencies").find(({ successor }) => successor === row.id);
  return heir ? `Cơ quan “${String(heir.name)}” ghi cơ quan này là cơ quan kế thừa.` : null;
}
