/** Something on this machine is in the way: the message says what, and what to do about it. */
export class Unfit extends Error {
  override name = 'Unfit'
}
