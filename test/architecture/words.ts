import ts from "typescript";
import { isShipped, packageOf, type Rule } from "./rules.ts";
import type { Source } from "./tree.ts";
import { HOT_LOOPS } from "./word-lists.ts";

/** `array[index] ?? 0` hides a wrong index: outside hot loops, `at` of the package errors takes its place. */
export const hidesNoIndex: Rule = ({ sources }) =>
  sources
    .filter(isShipped)
    .filter(({ path }) => !HOT_LOOPS.has(path.replace("packages/", "")))
    .flatMap((source) =>
      linesOf(source, /^(?!\s*(?:\/\/|\/?\*)).*\] \?\? (?:0n?\b|"")/gm).map(
        (line) => `${source.path}:${line} turns a wrong index into a value: use at(array, index)`,
      ),
    );

/** Words that begin no sentence with a subject, as a doc comment must be one. */
const NO_SUBJECT =
  /\/\*\*\s+(?:\*\s+)?(?:Of|For|In|On|With|Without|At|By|From|To|Under|Over|After|Before|Between|Among|Beside|Below|Above|Against|Through|Until|Within|Inside|During|Per|As|If|Instead|Where|Whether|Which|Whose|Whom|Nothing|Told|Kept|Called|Raised|Shown|Written|Changed|Absent|Undefined)\b(?!-)/g;

/** A doc comment names its subject first. */
export const namesSubjects: Rule = ({ sources }) =>
  sources.flatMap((source) =>
    linesOf(source, NO_SUBJECT).map(
      (line) => `${source.path}:${line}: the comment does not begin with its subject`,
    ),
  );

/** An exported type, class, schema or constant has one home: no two packages export its name. */
export const hasOneHome: Rule = ({ sources }) => {
  const homes = new Map<string, Set<string>>();
  for (const source of sources.filter(isShipped)) {
    for (const name of exportedNames(source)) {
      homes.set(name, (homes.get(name) ?? new Set()).add(packageOf(source)));
    }
  }
  return [...homes]
    .filter(([, packages]) => packages.size > 1)
    .map(([name, packages]) => `${name} is exported by ${[...packages].sort().join(" and ")}`);
};

/** Names that say what a thing is: types, classes, constants and schemas; not functions. */
const NAMES_A_THING = /^[A-Z]|Schema$/;

function exportedNames({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  return file.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    const exported = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    return exported ? namesOf(statement).filter((name) => NAMES_A_THING.test(name)) : [];
  });
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    const names = statement.declarationList.declarations.map(({ name }) => name);
    return names.filter(ts.isIdentifier).map(({ text }) => text);
  }
  const declares =
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isClassDeclaration(statement);
  return declares && statement.name !== undefined ? [statement.name.text] : [];
}

/** The lines, from 1, on which the pattern begins. */
function linesOf({ text }: Source, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map(({ index }) => text.slice(0, index).split("\n").length);
}
