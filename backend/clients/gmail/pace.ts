/** Who gives the quota of one account out; without one a mailbox is asked as fast as its caller likes. */
export type Pace = {
  /**
   * Takes units for one call before it is made.
   * @throws GmailPaced when there are none for now; the call is not made
   */
  take(units: number): Promise<void>
  /** A call was answered, so that Google has us again. Never fails: what Gmail did is done. */
  went(): Promise<void>
  /** Google asked us to slow down. @param retryAfter seconds, where Google named them */
  slowDown(retryAfter: number | undefined): Promise<void>
}
