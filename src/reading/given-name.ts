const LONGEST_NAME = 300;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

/**
 * Why a name is not a relative path with forward slashes inside of its folder, or null. Names are only shown and stored as
 * text, never opened; yet whoever writes the originals back to a disk may rely on this.
 */
export function nameFault(name: string): string | null {
  if (name === "" || name.length > LONGEST_NAME) return "tên tệp trống hoặc quá dài";
  if (CONTROL.test(name)) return "tên tệp có ký tự ẩn hoặc ký tự điều khiển; hãy đổi tên tệp";
  if (name.includes("\\")) return "tên tệp có dấu gạch chéo ngược; hãy đổi tên tệp";
  if (name.startsWith("/") || /^[a-z]:/i.test(name))
    return "tên tệp là đường dẫn tuyệt đối; chỉ nhận đường dẫn bên trong thư mục";
  if (name.split("/").some((step) => step === "" || step === "." || step === ".."))
    return "tên tệp chứa bước đi ra ngoài thư mục (..) hoặc bước trống; hãy đổi tên tệp";
  return null;
}
