/** What a widget needs of the panel it is drawn in. */
export type Drawing = {
  /** The texts the user has entered and the panel keeps; undefined when the card's own value counts. */
  enteredIn: (field: string) => string[] | undefined
  /** The same for date and time inputs, in milliseconds. */
  millisecondsOf: (field: string) => number | undefined
  problemOf: (field: string) => string | undefined
  /** Minutes the user's clock is ahead of UTC. */
  offsetMinutes: number
}
