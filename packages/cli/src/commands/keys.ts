import { resolve } from "node:path";
import { Command } from "commander";
import { coloursFor, type Io } from "../terminal/io.ts";

interface KeysOptions {
  readonly name: string;
  readonly out: string;
  readonly json?: true;
}

/** `moongate keys`: a certificate and its private key, made here and never sent anywhere. */
export function keysCommand(io: Io): Command {
  return new Command("keys")
    .summary("make a certificate and its private key")
    .description(
      "Make a certificate and its private key, and print the fingerprint the others pin. " +
        "The key file is readable by you alone; existing files are never overwritten.",
    )
    .requiredOption("--name <name>", "whose: coordinator, media or commerce, or any plain name")
    .option("--out <folder>", "where to write NAME.cert.pem and NAME.key.pem", "keys")
    .option("--json", "print the result as JSON")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      `
Examples:
  $ moongate keys --name media
  $ moongate keys --name coordinator --out /etc/moongate`,
    )
    .action(async (options: KeysOptions) => {
      const { createIdentity, saveIdentity } = await import("@moongate/transport");
      const identity = await createIdentity({ commonName: options.name });
      const { certFile, keyFile } = await saveIdentity(
        resolve(options.out),
        options.name,
        identity,
      );
      const { fingerprint } = identity;
      if (options.json === true) {
        io.stdout.write(
          `${JSON.stringify({ name: options.name, certFile, keyFile, fingerprint })}\n`,
        );
        return;
      }
      const { bold, dim } = coloursFor(io.stdout, io.env);
      io.stdout.write(
        [
          `certificate  ${certFile}`,
          `private key  ${keyFile}  ${dim("(keep it here: nobody else needs it)")}`,
          `fingerprint  ${bold(fingerprint)}`,
          "",
          "Give the fingerprint to the other two over a channel you trust.",
          "",
        ].join("\n"),
      );
    });
}
