/** What a person cannot be told; Google keeps it in Cloud Logging for the operator. Never text of a mail. */
export function logged(what: string): void {
  // biome-ignore lint/suspicious/noConsole: Apps Script writes to Cloud Logging through console
  console.error(what)
}
