import { MoongateError } from "@moongate/errors";
import open from "open";

/** Opens a file in the browser of this machine, and does not wait for it. */
export async function openPage(file: string): Promise<void> {
  try {
    const child = await open(file, { wait: false });
    child.on("error", () => undefined); // no browser here: the file's name has been said
  } catch (thrown) {
    throw new MoongateError("FILE_MISSING", `no browser could be started for ${file}`, {
      cure: "Open the file yourself.",
      cause: thrown,
    });
  }
}
