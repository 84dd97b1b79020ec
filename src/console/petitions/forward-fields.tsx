import type { PetitionFile } from "../../petitions/petition-file.ts";
import { officeOf } from "../../petitions/routing.ts";
import type { Catalog } from "../office.ts";
import type { PetitionSaid } from "./petition-said.ts";
import { suggestionFor } from "./verbs.ts";

type ForwardProps = { petition: PetitionFile; catalog: Catalog; said: PetitionSaid; days: { today: string } };

/** Where a petition goes: the agency that the data name stands first, with the reason. */
export function ForwardFields({ petition, catalog, said, days: { today } }: ForwardProps) {
  const suggested = suggestionFor({ petition, catalog, today });
  const typed = said.verb === "forward" ? said.typed : undefined;
  return (
    <>
      {suggested ? (
        <p id="routing">
          Gợi ý: <strong>{suggested.office}</strong>. <span class="quiet">{suggested.reason}</span>
        </p>
      ) : (
        <p id="routing" class="quiet">
          Danh mục chưa có cơ quan cho chủ đề này. Hãy chọn cơ quan và ghi lý do.
        </p>
      )}
      <AgencySelect
        catalog={catalog}
        today={today}
        commune={petition.commune}
        chosen={typed?.agency ?? suggested?.agency ?? ""}
      />
      <label>
        Lý do (bắt buộc khi chọn cơ quan khác gợi ý hoặc chuyển sang cơ quan khác)
        <input name="reason" maxlength={500} value={typed?.reason ?? ""} />
      </label>
    </>
  );
}

type SelectProps = { catalog: Catalog; today: string; commune: string | null; chosen: string };

/** The agencies at work on a day, each as the office of the petition's place. */
export function AgencySelect({ catalog, today, commune, chosen }: SelectProps) {
  const offices = catalog.agencies
    .map(({ id }) => officeOf(id, { commune, day: today }, catalog))
    .filter((office) => office !== null);
  const once = [...new Map(offices.map((office) => [office.agency, office])).values()];
  return (
    <label>
      Cơ quan
      <select name="agency" required>
        <option value="">Chọn cơ quan</option>
        {once.map(({ agency, office }) => (
          <option key={agency} value={agency} selected={agency === chosen}>
            {office}
          </option>
        ))}
      </select>
    </label>
  );
}
