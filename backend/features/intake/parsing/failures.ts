/** `killed`: the mail took too much time or memory; `starved`: its time was over and the machine had given it little of a processor; `threw`: the parser gave up on it; `died`: its process ended, maybe for another reason. */
export class ParserFailed extends Error {
  override name = 'ParserFailed'
  readonly how: 'killed' | 'starved' | 'threw' | 'died'

  constructor(how: ParserFailed['how'], why: string) {
    super(`The mail could not be parsed: ${why}`)
    this.how = how
  }
}

/** No parser process can be started: that is no mail's fault. */
export class ParserUnavailable extends Error {
  override name = 'ParserUnavailable'
}
