import { Linter } from 'eslint'

/** What Apps Script puts into every script, as far as the bundle may use it. */
export const SERVICES = [
  'CardService',
  'Charts',
  'GmailApp',
  'ScriptApp',
  'SpreadsheetApp',
  'UrlFetchApp',
  'console',
] as const

/** Problems of a script under Apps Script's rules: ES2019 syntax, and no global besides the language's and the services'. */
export function problemsOfScript(code: string): string[] {
  const problems = new Linter().verify(code, {
    languageOptions: {
      ecmaVersion: 2019,
      sourceType: 'script',
      globals: Object.fromEntries(SERVICES.map((name) => [name, 'readonly' as const])),
    },
    linterOptions: { noInlineConfig: true },
    rules: { 'no-undef': 'error' },
  })
  return problems.map(({ message, line }) => `${line}: ${message}`)
}
