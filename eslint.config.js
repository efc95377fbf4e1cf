import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Only what needs types: a Prisma query that nobody awaits never runs, and no other tool sees it. Biome does the rest. */
export default defineConfig(
  { ignores: ['node_modules/', 'dist/', '.sidedesk/', 'backend/generated/'] },
  {
    files: [
      'backend/**/*.ts',
      'shared/**/*.ts',
      'workbench/**/*.ts',
      'tests/**/*.ts',
      'toolchain/**/*.ts',
      'prisma.config.ts',
    ],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    plugins: { '@typescript-eslint': tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
    },
  },
)
