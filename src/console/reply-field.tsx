/** Leaves room for the words around it within one message of any channel. */
export const MAX_REPLY_LENGTH = 3500;

type ReplyFieldProps = { label: string; fault?: string | undefined; text?: string | undefined };

/** Where staff write to a member; a text that could not be sent stays in it, with the reason. */
export function ReplyField({ label, fault, text }: ReplyFieldProps) {
  return (
    <>
      {fault ? (
        <p id="reply-fault" class="fault" role="alert">
          {fault}
        </p>
      ) : null}
      <label>
        {label}
        <textarea
          name="text"
          rows={7}
          required
          maxlength={MAX_REPLY_LENGTH}
          {...(fault ? { "aria-describedby": "reply-fault", "aria-invalid": "true" as const } : {})}
        >
          {text ?? ""}
        </textarea>
      </label>
    </>
  );
}
