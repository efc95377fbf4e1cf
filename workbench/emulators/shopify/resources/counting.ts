/** How many there are; the answer stops counting at the limit. */
export const countOf = (all: number, limit: number | null | undefined) =>
  typeof limit === 'number' && all > limit
    ? { count: limit, precision: 'AT_LEAST' }
    : { count: all, precision: 'EXACT' }
