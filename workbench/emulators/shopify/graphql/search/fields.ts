/** How one search field of a resource is compared. */
export interface SearchField<T> {
  kind: 'text' | 'word' | 'number' | 'date' | 'id'
  of(record: T): Value | readonly Value[]
}

export type Value = string | number | boolean | null

/** Fields by the names of Shopify's documentation; `default` is what a term without a field searches. */
export type SearchFields<T> = { readonly default: SearchField<T>; readonly [name: string]: SearchField<T> }

type Of<T> = SearchField<T>['of']

/** Words in any order; quotes ask for them one after the other. An e-mail address is several words. */
export const text = <T>(of: Of<T>): SearchField<T> => ({ kind: 'text', of })
/** The whole value without regard to case; commas separate several. */
export const word = <T>(of: Of<T>): SearchField<T> => ({ kind: 'word', of })
export const number = <T>(of: Of<T>): SearchField<T> => ({ kind: 'number', of })
/** ISO instants, compared by whole seconds. */
export const date = <T>(of: Of<T>): SearchField<T> => ({ kind: 'date', of })
/** The number at the end of a gid; a whole gid is taken as well. */
export const id = <T>(of: Of<T>): SearchField<T> => ({ kind: 'id', of })
