import { posix } from "node:path";
import ts from "typescript";
import { packageOf, type Rule } from "./rules.ts";
import type { Source } from "./tree.ts";
import { WITHOUT_USER } from "./word-lists.ts";

/**
 * A package's entrance exports what somebody uses. A name has a user where a file outside its package
 * imports it: another package, a script, a test or a README's example. A type also stays that the
 * declaration of a used name mentions, since a caller needs it to name an argument or an answer.
 */
export const exportsWhatIsUsed: Rule = ({ sources, outsiders = [], manifests }) => {
  const files = new Map(sources.map((source) => [source.path, source]));
  const users = [...sources, ...outsiders];
  return manifests.flatMap(({ name, entranceFiles = {} }) =>
    Object.entries(entranceFiles).flatMap(([entrance, path]) => {
      if (FOR_PAGES.has(entrance)) return [];
      const exported = exportsOf(path, files);
      const used = new Set(
        users
          .filter((source) => packageOf(source) !== name)
          .flatMap((source) => namesTaken(source, entrance)),
      );
      if (used.has(ALL)) return [];
      const mentioned = mentionedBy(used, exported);
      return [...exported]
        .filter(([key, { isType }]) => !used.has(key) && !(isType && mentioned.has(key)))
        .filter(([key]) => !WITHOUT_USER.has(`${entrance} ${key}`))
        .map(([key]) => `${entrance} exports ${key}, which nobody outside imports`);
    }),
  );
};

/** Entrances whose users are pages in a browser, bundled by whoever teaches with them. */
const FOR_PAGES = new Set(["@moongate/transport/ports", "@moongate/data/population"]);

/** What stands for every name of a module: an import whose names cannot be told apart. */
const ALL = "*";

/** An exported name: where it is declared, if in this package, and whether it is a type alone. */
interface Exported {
  readonly statement: ts.Statement | undefined;
  readonly isType: boolean;
}

/** The names that a file exports, those it passes on from its package included. */
function exportsOf(path: string, files: ReadonlyMap<string, Source>): Map<string, Exported> {
  const found = new Map<string, Exported>();
  const source = files.get(path);
  if (source === undefined) return found;
  for (const statement of parsed(source).statements) {
    if (ts.isExportDeclaration(statement)) {
      const from = statement.moduleSpecifier;
      const target = from !== undefined && ts.isStringLiteral(from) ? from.text : path;
      const theirs = target.startsWith(".")
        ? exportsOf(posix.join(posix.dirname(path), target), files)
        : new Map<string, Exported>();
      const { exportClause } = statement;
      if (exportClause === undefined) {
        theirs.forEach((exported, name) => found.set(name, exported));
      } else if (ts.isNamespaceExport(exportClause)) {
        found.set(exportClause.name.text, { statement: undefined, isType: false });
      } else {
        for (const { name, propertyName, isTypeOnly } of exportClause.elements) {
          const isType = statement.isTypeOnly || isTypeOnly;
          const own = theirs.get((propertyName ?? name).text);
          found.set(name.text, {
            statement: own?.statement,
            isType: isType || own?.isType === true,
          });
        }
      }
    } else if (isExported(statement)) {
      const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
      for (const name of declaredBy(statement)) found.set(name, { statement, isType });
    }
  }
  return found;
}

/** The names that a source takes from a module: by import, by passing on, by import(). */
function namesTaken(source: Source, entrance: string): readonly string[] {
  if (!source.text.includes(entrance)) return [];
  const taken: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && isFrom(node.moduleSpecifier, entrance)) {
      const bindings = node.importClause?.namedBindings;
      if (bindings !== undefined && ts.isNamedImports(bindings)) {
        taken.push(
          ...bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text),
        );
      } else if (bindings !== undefined) {
        taken.push(...membersOf(bindings.name.text, source));
      }
    } else if (ts.isExportDeclaration(node) && isFrom(node.moduleSpecifier, entrance)) {
      const { exportClause } = node;
      if (exportClause === undefined || ts.isNamespaceExport(exportClause)) taken.push(ALL);
      else taken.push(...exportClause.elements.map((e) => (e.propertyName ?? e.name).text));
    } else if (ts.isImportTypeNode(node) && isTypeFrom(node, entrance)) {
      taken.push(node.qualifier?.getText(parsed(source)).split(".")[0] ?? ALL);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      if (isFrom(node.arguments[0], entrance)) taken.push(...destructured(node));
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed(source));
  return taken;
}

function isFrom(node: ts.Node | undefined, entrance: string): boolean {
  return node !== undefined && ts.isStringLiteralLike(node) && node.text === entrance;
}

function isTypeFrom({ argument }: ts.ImportTypeNode, entrance: string): boolean {
  return ts.isLiteralTypeNode(argument) && isFrom(argument.literal, entrance);
}

/** The properties read of a namespace: `space.name`, in values and in types. */
function membersOf(space: string, { text }: Source): string[] {
  return [...text.matchAll(new RegExp(`\\b${space}\\.(\\w+)`, "g"))].map(([, name = ALL]) => name);
}

/** The names in `const { a, b } = await import(…)`; every name where the module is kept whole. */
function destructured(call: ts.CallExpression): string[] {
  const awaited = ts.isAwaitExpression(call.parent) ? call.parent.parent : call.parent;
  if (ts.isExpressionStatement(awaited)) return [];
  if (ts.isParenthesizedExpression(awaited) && ts.isPropertyAccessExpression(awaited.parent)) {
    return [awaited.parent.name.text];
  }
  if (!ts.isVariableDeclaration(awaited) || !ts.isObjectBindingPattern(awaited.name)) return [ALL];
  return awaited.name.elements.map(({ name, propertyName }) =>
    (propertyName ?? name).getText(call.getSourceFile()),
  );
}

/** The names that the declarations of used names mention, and those that these mention in turn. */
function mentionedBy(used: ReadonlySet<string>, exported: ReadonlyMap<string, Exported>) {
  const mentioned = new Set<string>();
  const follow = (name: string): void => {
    const statement = exported.get(name)?.statement;
    if (statement === undefined) return;
    for (const next of identifiersOf(statement)) {
      if (mentioned.has(next)) continue;
      mentioned.add(next);
      follow(next);
    }
  };
  used.forEach(follow);
  return mentioned;
}

/** The identifiers of a declaration, the bodies of its functions left out. */
function identifiersOf(statement: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node)) return;
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

function declaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    const names = statement.declarationList.declarations.map(({ name }) => name);
    return names.filter(ts.isIdentifier).map(({ text }) => text);
  }
  const { name } = statement as { readonly name?: ts.Node };
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

/** Every entrance asks for every source; each is parsed once. */
const trees = new WeakMap<Source, ts.SourceFile>();

function parsed(source: Source): ts.SourceFile {
  const known = trees.get(source);
  if (known !== undefined) return known;
  const tree = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true);
  trees.set(source, tree);
  return tree;
}
