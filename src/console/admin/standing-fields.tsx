import { ROLE_IDS } from "../../staff/account.ts";
import { ROLES } from "../labels.ts";
import type { Catalog } from "../office.ts";
import { communeNames } from "../petitions/names.ts";

const ABOUT: Record<string, string> = {
  viewer: "xem, không thấy dữ liệu cá nhân",
  agency: "chỉ kiến nghị của một cơ quan",
  staff: "xử lý mọi kiến nghị",
  admin: "thêm kiến thức, tài khoản, cài đặt",
};

type Chosen = { role?: unknown; agency?: unknown; commune?: unknown };

/** What an account may do, and for the people of an agency where. */
export function StandingFields({ catalog, chosen }: { catalog: Catalog; chosen: Chosen }) {
  return (
    <>
      <Select
        name="role"
        label="Vai trò"
        choices={ROLE_IDS.map((role) => [role, `${ROLES[role]}: ${ABOUT[role]}`])}
        chosen={chosen.role ?? "staff"}
      />
      <Select
        name="agency"
        label="Cơ quan (chỉ cho cán bộ cơ quan)"
        choices={[["", "–"], ...catalog.agencies.map(({ id, name }) => [id, name] as const)]}
        chosen={chosen.agency}
      />
      <Select
        name="commune"
        label="Xã, phường (khi cơ quan có ở mỗi xã)"
        choices={[["", "–"], ...communeNames(catalog).map((name) => [name, name] as const)]}
        chosen={chosen.commune}
      />
    </>
  );
}

type SelectProps = {
  name: string;
  label: string;
  choices: readonly (readonly [value: string, text: string])[];
  chosen: unknown;
};

function Select({ name, label, choices, chosen }: SelectProps) {
  return (
    <label>
      {label}
      <select name={name}>
        {choices.map(([value, text]) => (
          <option key={value} value={value} selected={value === (chosen ?? "")}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
