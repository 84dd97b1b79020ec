import { type Api, GrammyError } from "grammy";
import type { FetchedFile } from "../conversation/channel.ts";
import { download, MOST_BYTES, refused, retry, TOO_LARGE } from "./file-download.ts";
import { rootOf } from "./root.ts";
import { forGrammy } from "./telegram-api.ts";

type Where = { api: Api; apiRoot: string; token: string };

/** Asks Telegram where a file lies, which holds for an hour, and fetches it from there. */
export function createFetchFile({ api, apiRoot, token }: Where) {
  const root = new URL(`${rootOf(apiRoot)}/file/bot${token}/`).href;
  return async (fileId: string, signal: AbortSignal): Promise<FetchedFile> => {
    try {
      const { file_path: path, file_size: size } = await api.getFile(fileId, forGrammy(signal));
      if (size !== undefined && size > MOST_BYTES) return TOO_LARGE;
      if (!path) return refused("Telegram không cho biết tệp ở đâu");
      return await download(`${root}${path}`, ({ href }) => href.startsWith(root), signal);
    } catch (error) {
      return outcomeOf(error, signal);
    }
  };
}

function outcomeOf(error: unknown, signal: AbortSignal): FetchedFile {
  if (!(error instanceof GrammyError))
    return retry(signal.aborted ? "tải tệp quá lâu" : "chưa kết nối được với Telegram");
  const { error_code: code, description, parameters } = error;
  if (/too big/i.test(description)) return TOO_LARGE;
  if (code === 429) return retry("Telegram yêu cầu chờ", parameters.retry_after);
  if (code === 401 || code === 404) return retry("token sai");
  if (code >= 500) return retry(`Telegram đang lỗi (${code})`);
  if (/temporarily/i.test(description)) return retry("Telegram chưa đưa được tệp này");
  return refused("Telegram không còn giữ tệp này");
}
