import { at } from "@moongate/errors";
import type { TextColumn } from "../table/table.ts";
import { type IdProfile, ID_TRAITS, type IdTrait, type Note } from "./findings.ts";

/** Shapes that are told, at most. */
const SHAPES_NAMED = 5;
/** Ids whose commonest shape is that of fewer than one in so many have no shape to speak of. */
const FEW_OF_A_SHAPE = 20;
/** Different shapes that are counted, at most; ids of so many shapes have none to speak of. */
const SHAPES_COUNTED = 1000;
/** A trait of fewer ids than one in so many is not worth a word, unless it is invisible. */
const ONE_IN = 1000;

/** Looks at a party's own ids: their shapes, and what may keep them from matching the other's. */
export function profileIds({ name, values }: TextColumn): IdProfile {
  const shapes = new Map<string, number>();
  const traits = new Map<IdTrait, number>();
  const lengths = new Map<number, number>();
  let digits = 0;
  for (const id of values) {
    const shape = shapeOf(id);
    const known = shapes.get(shape);
    if (known !== undefined || shapes.size < SHAPES_COUNTED) shapes.set(shape, (known ?? 0) + 1);
    for (const trait of traitsOf(id, shape)) traits.set(trait, (traits.get(trait) ?? 0) + 1);
    if (/^9\{\d+\}$|^9+$/.test(shape)) {
      digits += 1;
      lengths.set(id.length, (lengths.get(id.length) ?? 0) + 1);
    }
  }
  if (digits > values.length / 2 && lengths.size > 1 && !traits.has("leading-zeros")) {
    traits.set("mixed-lengths", digits - Math.max(...lengths.values()));
  }
  return {
    column: name,
    shapes: [...shapes]
      .sort((a, b) => b[1] - a[1])
      .slice(0, SHAPES_NAMED)
      .map(([shape, count]) => ({ shape, count })),
    traits: ID_TRAITS.flatMap((trait) => {
      const count = traits.get(trait) ?? 0;
      return count === 0 ? [] : [{ trait, count }];
    }),
  };
}

/**
 * The shape of an id: 9 for a digit, a for a lower-case letter, A for an upper-case one, x for a
 * letter of another script, _ for a blank, ~ for a character that cannot be seen; others stand for
 * themselves. Runs of more than two are counted: "u000123" is "a9{6}". Digests, UUIDs and e-mail
 * addresses, whose letters and digits alternate by chance, have shapes of their own.
 */
export function shapeOf(id: string): string {
  return namedShape(id) ?? shapeByCharacter(id);
}

function namedShape(id: string): string | undefined {
  if (id.includes("@") && ADDRESS.test(id)) return /[A-Z]/.test(id) ? "Mail@Host" : "mail@host";
  if (id.length < 32 || !HEXADECIMAL.test(id)) return undefined;
  const digits = id.replaceAll("-", "").length;
  const name = id.includes("-") ? "uuid" : `hex{${digits}}`;
  return /[A-F]/.test(id) ? name.toUpperCase() : name;
}

const ADDRESS = /^[^\s@]+@[^\s@]+$/;
const HEXADECIMAL = /^(?=.*[a-f])[0-9a-f]{32,128}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function shapeByCharacter(id: string): string {
  let shape = "";
  let before = "";
  let run = 0;
  for (let place = 0; place <= id.length; place++) {
    const sign = place < id.length ? signOf(id.charCodeAt(place), id, place) : "";
    if (sign === before) {
      run += 1;
      continue;
    }
    shape += run > 2 ? `${before}{${run}}` : before.repeat(run);
    before = sign;
    run = 1;
  }
  return shape;
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/;

function signOf(code: number, id: string, place: number): string {
  if (code >= 48 && code <= 57) return "9";
  if (code >= 97 && code <= 122) return "a";
  if (code >= 65 && code <= 90) return "A";
  if (code < 128) return code <= 32 ? "_" : id.charAt(place);
  if (INVISIBLE.test(id.charAt(place))) return "~";
  return code === 0xa0 || code === 0x3000 || code === 0x202f ? "_" : "x";
}

/** What may keep an id from matching: see `SAYINGS`. */
function traitsOf(id: string, shape: string): IdTrait[] {
  const traits: IdTrait[] = [];
  if (shape.includes("~")) traits.push("invisible");
  if (shape.startsWith("_") || shape.endsWith("_")) traits.push("outer-blanks");
  else if (shape.includes("_")) traits.push("inner-blanks");
  if (shape.startsWith("HEX") || shape === "UUID") return [...traits, "upper-case"];
  if (shape.startsWith("hex") || shape === "uuid") return traits;
  const letters = shape.includes("a");
  const capitals = shape.includes("A");
  if (shape === "Mail@Host") return [...traits, "email-case"];
  if (shape === "mail@host") return traits;
  if (shape.includes("@")) {
    if (capitals) traits.push("email-case");
  } else if (capitals) {
    if (/^\d(\.\d+)?E\+?\d+$/.test(id)) traits.push("exponent");
    else traits.push(letters ? "mixed-case" : "upper-case");
  } else if (!letters) {
    if (/^\d+\.0+$/.test(id)) traits.push("point-zero");
    if (/^0\d+$/.test(id)) traits.push("leading-zeros");
  } else if (/^\d(\.\d+)?e\+?\d+$/.test(id)) traits.push("exponent");
  return traits;
}

interface Saying {
  readonly sentence: string;
  readonly cure: string;
}

const SAYINGS: Readonly<Record<IdTrait, Saying | undefined>> = {
  "point-zero": {
    sentence: "end in .0, as whole numbers do that a program took for decimal ones",
    cure: 'Compare them with the id rule "digits", or write the column as text.',
  },
  exponent: {
    sentence: "are in exponent notation, as spreadsheets show long numbers: digits may be lost",
    cure: "Export the column again as text.",
  },
  "leading-zeros": {
    sentence: "begin with zeros, which other programs drop",
    cure: 'If the other side\'s have none, compare with the id rule "digits".',
  },
  "mixed-lengths": undefined, // numbers counted up have them too: asked about only where few match
  "upper-case": {
    sentence: "have capital letters",
    cure: 'If the other side writes small ones, compare with the id rule "lowercase".',
  },
  "mixed-case": undefined, // names and codes of many systems; nothing to wonder about
  invisible: {
    sentence: "hold characters that cannot be seen",
    cure: 'Any id rule but "exact" drops them.',
  },
  "outer-blanks": {
    sentence: "have blanks around them",
    cure: 'Any id rule but "exact" drops them.',
  },
  "inner-blanks": undefined,
  "email-case": {
    sentence: "are e-mail addresses with capital letters",
    cure: 'Compare them with the id rule "email".',
  },
};

/** Notes of traits that may keep ids from matching. */
export function idNotes({ column, traits }: IdProfile, rows: number): Note[] {
  return traits.flatMap(({ trait, count }): Note[] => {
    const saying = SAYINGS[trait];
    const partial = count < rows;
    if (saying === undefined) return [];
    if (trait !== "invisible" && count * ONE_IN < rows) return [];
    // all of them alike is a way to write ids; some of them is more likely a slip
    const look = partial || trait === "point-zero" || trait === "exponent" || trait === "invisible";
    const usual = trait === "leading-zeros" || trait === "upper-case";
    return [
      {
        ...{ code: "ID_SHAPE", weight: look && !usual ? "look" : "told", column, count },
        sentence: `${count} of ${rows} ids ${saying.sentence}.`,
        cure: saying.cure,
      },
    ];
  });
}

/** The commonest shapes in one clause: "9{5}.9 (60%), 9{5} (40%)". */
export function shapesText({ shapes }: IdProfile, rows: number): string {
  const commonest = shapes.at(0);
  if (commonest !== undefined && commonest.count * FEW_OF_A_SHAPE < rows) {
    return `${commonest.shape.slice(0, 40)} and many other shapes`;
  }
  const parts = shapes.slice(0, 3).map(({ shape, count }, index) => {
    const named = at(shapes, index).shape;
    const shown = named.length > 40 ? `${shape.slice(0, 40)}...` : shape;
    return `${shown === "" ? "(empty)" : shown} (${Math.round((100 * count) / rows)}%)`;
  });
  return parts.join(", ");
}
