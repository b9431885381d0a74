import { readFile } from "node:fs/promises";
import { MoongateError } from "@moongate/errors";
import { parse, TomlError } from "smol-toml";

/**
 * A TOML file as plain data.
 * @throws MoongateError FILE_MISSING; CONFIG_INVALID naming line and column.
 */
export async function readToml(file: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new MoongateError("FILE_MISSING", `the configuration file ${file} cannot be read`, {
      cause,
    });
  }
  try {
    return parse(text);
  } catch (cause) {
    if (cause instanceof RangeError) {
      const deep = `${file} has values inside values, thousands deep`;
      throw new MoongateError("CONFIG_INVALID", deep, { cause });
    }
    if (!(cause instanceof TomlError)) throw cause;
    const reason = cause.message.split("\n")[0]?.replace(/^Invalid TOML document: /, "") ?? "";
    throw new MoongateError(
      "CONFIG_INVALID",
      `${file}, line ${cause.line}, column ${cause.column}: ${reason}`,
      { cure: "Mend the TOML syntax there (https://toml.io).", cause },
    );
  }
}
