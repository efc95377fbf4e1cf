import { copyOf, integer, memberOf, number, text } from '../realm/parameter.ts'
import { chain, serviceClass, set } from '../realm/service-class.ts'
import { clickMethods } from './action.ts'
import { color } from './color.ts'
import { BorderType, GridItemLayout, HorizontalAlignment, ImageCropType } from './enums.ts'
import type { BorderStyle, Grid, GridItem, ImageComponent, ImageCropStyle } from './json.ts'

export const borderStyle = serviceClass<BorderStyle>('CardService.BorderStyle', {
  setType: set('type', memberOf(BorderType)),
  setCornerRadius: set('cornerRadius', integer),
  setStrokeColor: chain([text], (state, hex) => {
    state.strokeColor = color(hex)
  }),
})

export const imageCropStyle = serviceClass<ImageCropStyle>('CardService.ImageCropStyle', {
  setImageCropType: set('type', memberOf(ImageCropType)),
  setAspectRatio: set('aspectRatio', number),
})

export const imageComponent = serviceClass<ImageComponent>('CardService.ImageComponent', {
  setImageUrl: set('imageUri', text),
  setAltText: set('altText', text),
  setCropStyle: set('cropStyle', copyOf(imageCropStyle)),
  setBorderStyle: set('borderStyle', copyOf(borderStyle)),
})

/** The public card schema has no alignment of an item's text; the name is ours. */
type AlignedItem = GridItem & { textAlignment?: string }

export const gridItem = serviceClass<AlignedItem>('CardService.GridItem', {
  setIdentifier: set('id', text),
  setTitle: set('title', text),
  setSubtitle: set('subtitle', text),
  setImage: set('image', copyOf(imageComponent)),
  setLayout: set('layout', memberOf(GridItemLayout)),
  setTextAlignment: set('textAlignment', memberOf(HorizontalAlignment)),
})

export const grid = serviceClass<Grid>('CardService.Grid', {
  ...clickMethods<Grid>(),
  addItem: chain([copyOf(gridItem)], (state, item) => {
    state.items = [...(state.items ?? []), item]
  }),
  setTitle: set('title', text),
  setNumColumns: set('columnCount', integer),
  setBorderStyle: set('borderStyle', copyOf(borderStyle)),
})
