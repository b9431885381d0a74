import { readFile } from "node:fs/promises";
import { MoongateError } from "@moongate/errors";

/** The text of a file, or nothing where there is none. */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
    throw new MoongateError("FILE_MISSING", `cannot read ${file}`, { cause: thrown });
  }
}

/** The document in a file, or nothing where there is none. @throws MoongateError CONFIG_INVALID */
export async function jsonOf(file: string): Promise<unknown> {
  const text = await textOf(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new MoongateError("CONFIG_INVALID", `${file} is not JSON`, { cause: thrown });
  }
}
