import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPartyData } from "@moongate/party-data";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BothIds, matchedUsers, matchNotes } from "./match.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-match-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const USERS = Array.from({ length: 60 }, (_, user) => 1000 + user);
let files = 0;

async function table(ids: readonly string[]) {
  const file = join(folder, `${++files}.csv`);
  await writeFile(file, `id,x\n${ids.map((id, row) => `"${id}",${row}\n`).join("")}`);
  return loadPartyData({ file, id: "id", exclude: [], numbers: "ranks" });
}

const both = async (media: readonly string[], commerce: readonly string[]): Promise<BothIds> => ({
  media: await table(media),
  commerce: await table(commerce),
  idRule: "trimmed",
});

const hashed = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("ids that do not match as they are written", () => {
  it.each<readonly [string, (user: number) => string, (user: number) => string, string]>([
    ["end in .0 on one side", (user) => `${user}.0`, String, "digits"],
    ["lost their zeros on one side", (user) => `000${user}`, String, "digits"],
    [
      "are digests in capitals on one side",
      (u) => hashed(`${u}`),
      (u) => hashed(`${u}`).toUpperCase(),
      "lowercase",
    ],
    [
      "are addresses in capitals",
      (user) => `U${user}@Mail.org`,
      (user) => `u${user}@mail.org`,
      "lowercase",
    ],
    ["are digests on one side alone", (user) => hashed(`u${user}`), (user) => `u${user}`, "sha256"],
    [
      "are telephone numbers",
      (user) => `+86 138-0013-${user}`,
      (user) => `0086 (138) 0013 ${user}`,
      "phone",
    ],
  ])("%s: both shapes are shown, and the rule that matches", async (_, media, commerce, rule) => {
    const ids = await both(USERS.map(media), USERS.map(commerce));
    expect(matchedUsers(ids)).toBe(0);
    expect(() => matchNotes(ids, 0, 0.7)).toThrow(
      expect.objectContaining({
        code: "ALIGNMENT_EMPTY",
        message: expect.stringMatching(/media look like .+; of commerce like .+/) as string,
        cure: `Use --id-rule ${rule}: 60 users would match.`,
      }),
    );
    expect(matchedUsers({ ...ids, idRule: rule })).toBe(60);
  });

  it("in part are questioned", async () => {
    const ids = await both(
      USERS.map((user, at) => (at % 5 < 2 ? `${user}.0` : String(user))),
      USERS.map(String),
    );
    const [note, few] = matchNotes(ids, matchedUsers(ids), 0.7);
    expect(note).toBe(
      "36 users are in both tables, 60% of the smaller one. Ids of media look like 9{4} (60%), 9{4}.9 (40%); of commerce like 9{4} (100%). With --id-rule digits, 60 would match.",
    );
    expect(few).toContain("25 rows to train on are few");
  });

  it("because nobody is in both tables have no rule to offer", async () => {
    const ids = await both(
      USERS.map(String),
      USERS.map((user) => String(user + 500)),
    );
    expect(() => matchNotes(ids, 0, 0.7)).toThrow(
      expect.objectContaining({ cure: "Check that both files use the same kind of id." }),
    );
  });
});
