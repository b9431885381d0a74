import ts from "typescript";
import type { Source } from "./tree.ts";

/** What stands where import() has no string literal. */
export const COMPUTED = "(computed)";

/** One mention of a module. */
export interface Import {
  readonly specifier: string;
  /** Gone after compiling: `import type`, `export type`, import() of a type. */
  readonly erased: boolean;
}

/**
 * Every module a source names: import and export-from statements, type-only ones included,
 * import() of code and of types, require().
 */
export function importsOf(source: Source): readonly Import[] {
  const found = known.get(source) ?? parse(source);
  known.set(source, found);
  return found;
}

/** Every rule asks for every source's imports; each is parsed once. */
const known = new WeakMap<Source, readonly Import[]>();

/** The plain names a source uses as values: neither properties nor types. */
export function namesOf(source: Source): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isPropertyAccessExpression(node)) {
      visit(node.expression);
      return;
    }
    if (ts.isPropertyAssignment(node)) {
      visit(node.initializer);
      return;
    }
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest));
  return names;
}

function parse(source: Source): Import[] {
  const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const named = importAt(node);
    if (named !== undefined) found.push(named);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function importAt(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) {
    const erased = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return { specifier: literal(node.moduleSpecifier), erased };
  }
  if (ts.isExportDeclaration(node)) {
    if (node.moduleSpecifier === undefined) return undefined;
    return { specifier: literal(node.moduleSpecifier), erased: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node)) {
    const { argument } = node;
    const specifier = ts.isLiteralTypeNode(argument) ? literal(argument.literal) : COMPUTED;
    return { specifier, erased: true };
  }
  return ts.isCallExpression(node) ? importedBy(node) : undefined;
}

/** import() of any name, and require() of a literal: a function of ours may have that name. */
function importedBy({ expression, arguments: [name] }: ts.CallExpression): Import | undefined {
  const specifier = literal(name);
  const requires = ts.isIdentifier(expression) && expression.text === "require";
  const loads = expression.kind === ts.SyntaxKind.ImportKeyword;
  return loads || (requires && specifier !== COMPUTED) ? { specifier, erased: false } : undefined;
}

function literal(node: ts.Node | undefined): string {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : COMPUTED;
}
