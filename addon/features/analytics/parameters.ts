/** `sure`: what was asked for, as JSON, from a card that asked once more; empty from the form. `onTop`: how many cards lie on the reports. */
type Insert = { sure: string; onTop: string }

export type AnalyticsActions = {
  showReports: { onTop: string }
  insertReport: Insert
  /** `pack`: ids of its reports. */
  insertPack: Insert & { pack: string }
  /** `layout`: one report of the spreadsheet; empty for all. */
  refreshReports: { layout: string; onTop: string }
  openPlaced: { layout: string }
  goToPlaced: { layout: string }
  forgetPlaced: { layout: string; onTop: string }
}
