/**
 * One term of Shopify's search language with a value that a person typed: `email:"ada@example.com"`. Quotes and
 * backslashes cannot break out: https://shopify.dev/docs/api/usage/search-syntax
 */
export const searchTerm = (field: string, value: string) => `${field}:"${value.replace(/["\\]/g, '\\$&')}"`
