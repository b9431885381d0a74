import tseslint from "typescript-eslint";

/** Nothing but a command's own output goes to the console. */
const OURS = {
  "no-console": "error",
  "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
};

export default tseslint.config(
  {
    ignores: [
      ...["**/dist/**", "**/generated/**", "packages/ring/assembly/**"],
      ...["lib/**", "runs/**", "data/**"],
    ],
  },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ["./tsconfig.check.json", "./packages/workshop/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      ...OURS,
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    // What runs before anything is built, and cannot be TypeScript.
    files: ["**/*.js", "**/*.mjs"],
    extends: [tseslint.configs.strict],
    rules: OURS,
  },
);
