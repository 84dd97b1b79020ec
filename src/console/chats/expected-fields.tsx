/** Fields for what the right answer is; their page holds one DocumentNumbers. */
export function ExpectedFields({ isRequired = false }: { isRequired?: boolean }) {
  return (
    <>
      <label>
        Văn bản có câu trả lời đúng{isRequired ? "" : " (nếu biết)"}
        <input
          name="document"
          list="document-numbers"
          maxlength={100}
          required={isRequired}
          autocomplete="off"
          placeholder="Số hiệu, ví dụ 113/2024/NĐ-CP"
        />
      </label>
      <label>
        Câu trả lời đúng phải có (con số hoặc cụm từ trong văn bản, nếu biết)
        <input name="fact" maxlength={200} autocomplete="off" placeholder="Ví dụ: 1,5 lần" />
      </label>
    </>
  );
}

/** The documents in force, offered while a number is typed. */
export function DocumentNumbers({ numbers }: { numbers: string[] }) {
  return (
    <datalist id="document-numbers">
      {numbers.map((number) => (
        <option key={number} value={number} />
      ))}
    </datalist>
  );
}
