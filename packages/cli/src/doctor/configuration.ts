import { access, constants } from "node:fs/promises";
import { createServer } from "node:net";
import { commerceConfigSchema, commercePredictionSchema } from "@moongate/commerce-party";
import { coordinatorConfigSchema } from "@moongate/coordinator";
import { EXIT, systemFault } from "@moongate/errors";
import { mediaConfigSchema, mediaPredictionSchema } from "@moongate/media-party";
import { checked } from "@moongate/messages";
import { dial, type Identity, loadIdentity } from "@moongate/transport";
import { z } from "zod";
import { resolveFiles } from "../config/paths.ts";
import { readToml } from "../config/toml-file.ts";
import { bad, type Check, good } from "./diagnosis.ts";

/** What the configurations of all processes have. */
const common = z.looseObject({
  task: z.string().optional(),
  identity: z.looseObject({ certificate: z.string(), key: z.string() }),
  coordinator: z.looseObject({ url: z.string(), fingerprint: z.string() }).optional(),
  data: z.looseObject({ file: z.string() }).optional(),
  listen: z.looseObject({
    host: z.string().default("127.0.0.1"),
    port: z.int().min(0).max(65_535).default(7443),
  }),
});
const anyProcess = common.extend({ listen: common.shape.listen.prefault({}) });
type AnyProcess = z.output<typeof anyProcess>;

/** The coordinator is given so long to answer. */
const ANSWER_MS = 5000;

/** What a process needs beside the machine: its keys, its table, and who it talks to. */
export async function configurationChecks(file: string): Promise<readonly Check[]> {
  return checksOf(file).catch((thrown: unknown) => {
    const refuse = (): never => {
      throw thrown;
    };
    return [{ what: "configuration", look: refuse }];
  });
}

async function checksOf(file: string): Promise<readonly Check[]> {
  const raw = resolveFiles(await readToml(file), file);
  const role = roleOf(raw);
  const config = checked(anyProcess, raw, "CONFIG_INVALID", file);
  const { data, coordinator } = config;
  const identity = (): Promise<Identity> =>
    loadIdentity(config.identity.certificate, config.identity.key);
  return [
    { what: "configuration", look: () => good(`${checkedAs(raw, role, file)}: ${file}`) },
    {
      what: "keys",
      look: async () => good(`this process's fingerprint is ${(await identity()).fingerprint}`),
    },
    ...(data === undefined ? [] : [{ what: "table", look: () => readable(data.file) }]),
    ...(role === "coordinator" ? [{ what: "port", look: () => free(config.listen) }] : []),
    ...(coordinator === undefined
      ? []
      : [
          {
            what: "coordinator",
            look: async () => reachable(coordinator, await identity()),
          },
        ]),
  ];
}

type Kind = "coordinator" | "media" | "commerce" | "party";

/** Tells whose configuration it is; those of a prediction may look alike at both parties. */
function roleOf(raw: Readonly<Record<string, unknown>>): Kind {
  if ("trusted" in raw) return "coordinator";
  if (raw["task"] === "predict") return "party";
  return "labels" in raw || "plan" in raw ? "commerce" : "media";
}

/** @throws MoongateError CONFIG_INVALID as the process itself would. */
function checkedAs(raw: object, role: Kind, file: string): string {
  const schemas = {
    coordinator: coordinatorConfigSchema,
    media: mediaConfigSchema,
    commerce: commerceConfigSchema,
    party: z.union([mediaPredictionSchema, commercePredictionSchema]),
  };
  checked(schemas[role], raw, "CONFIG_INVALID", file);
  return role === "party" ? "of a party's prediction" : `of ${role}`;
}

async function readable(file: string): Promise<ReturnType<typeof good>> {
  await access(file, constants.R_OK).catch((thrown: unknown) => {
    throw systemFault(thrown, file);
  });
  return good(`${file} can be read; \`moongate inspect\` tells what it is read as`);
}

/** Opens the coordinator's own port for a moment. */
function free({ host, port }: AnyProcess["listen"]): Promise<ReturnType<typeof good>> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", ({ code }: NodeJS.ErrnoException) => {
      const found = `${host}:${port} cannot be opened (${code ?? "no reason given"})`;
      resolve(bad(found, "Choose another port, or end the program that has it.", EXIT.unavailable));
    });
    server.listen(port, host, () => {
      server.close(() => {
        resolve(good(`${host}:${port} is free`));
      });
    });
  });
}

async function reachable(
  { url, fingerprint: pinned }: { readonly url: string; readonly fingerprint: string },
  identity: Identity,
): Promise<ReturnType<typeof good>> {
  const link = await dial({ url, identity, pinned, peer: "the coordinator", timeoutMs: ANSWER_MS });
  await link.close();
  return good(`${url} answers with the pinned certificate, and takes this process's`);
}
