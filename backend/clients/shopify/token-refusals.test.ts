import { expect, test } from '@jest/globals'
import { bodyOf, refusedGrant } from './token-refusals.ts'

test.each([
  [400, '{"error":"app_not_installed","error_description":"…"}', { problem: 'uninstalled' }],
  [400, '{"error":"shop_not_permitted"}', { problem: 'other_organisation' }],
  [
    400,
    '<html><h1>Oauth error invalid_request: The authorization code was not found</h1>',
    { problem: 'token_revoked' },
  ],
  [401, 'no', { problem: 'unknown_client' }],
  [402, '{"errors":"Unavailable Shop"}', { problem: 'frozen' }],
  [404, '', { problem: 'unknown_shop' }],
  [400, '{"error":"invalid_scope"}', { name: 'ShopifyRefused', message: expect.stringContaining('invalid_scope') }],
  [429, '', { code: 'shopify_unavailable', retryAfter: 3 }],
  [503, '<html>', { code: 'shopify_unavailable', retryAfter: 3 }],
])('a grant that is answered with %d %s is sorted', (status, text, failure) => {
  expect(refusedGrant(status, bodyOf(text), 3)).toMatchObject(failure)
})
