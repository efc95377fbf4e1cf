/** A subject without its reply and forward marks, as Gmail compares them. */
export const baseSubject = (subject: string) => {
  const rest = subject.trim().replace(/^((re|fwd?|aw|wg|sv|vs|tr|rif)(\[\d+\])?\s*:\s*)+/i, '')
  return rest.replace(/\s+/g, ' ').toLowerCase()
}
