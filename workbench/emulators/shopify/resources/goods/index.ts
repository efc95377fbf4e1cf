import { findingGoods } from './finding.ts'
import { imagesResource } from './images.ts'
import { inventoryResource } from './inventory.ts'
import { locationsResource } from './locations.ts'
import { productsResource } from './products.ts'
import { variantsResource } from './variants.ts'

export const goodsResources = [
  findingGoods,
  productsResource,
  variantsResource,
  imagesResource,
  inventoryResource,
  locationsResource,
]
