import { gidOf, legacyId } from '../../graphql/gid.ts'
import type { Resource } from '../../graphql/resource.ts'
import type { Gid } from '../../store/records/ids.ts'

interface ImageSource {
  id: Gid
  url: string
  altText: string | null
}

/** A picture of a product or a variant, or none. */
export const imageOf = (owner: Gid, url: string | null, altText: string | null): ImageSource | null =>
  url === null ? null : { id: gidOf('ProductImage', legacyId(owner)), url, altText }

/** A picture as media list it. */
export const mediaOf = (image: ImageSource | null) => (image ? [{ ...image, __typename: 'MediaImage' }] : [])

/** Pictures keep their size: an address without Shopify's image server has none to choose. */
export const imagesResource: Resource = {
  types: {
    Image: {
      url: ({ url }: ImageSource) => url,
      src: ({ url }: ImageSource) => url,
      originalSrc: ({ url }: ImageSource) => url,
      transformedSrc: ({ url }: ImageSource) => url,
      width: () => null,
      height: () => null,
      thumbhash: () => null,
    },
    MediaImage: {
      alt: ({ altText }: ImageSource) => altText,
      image: (image: ImageSource) => image,
      mediaContentType: () => 'IMAGE',
      status: () => 'READY',
      preview: (image: ImageSource) => ({ image, status: 'READY' }),
    },
  },
}
