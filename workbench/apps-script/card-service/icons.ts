import { copyOf, flag, integer, memberOf, text } from '../realm/parameter.ts'
import { ScriptError } from '../realm/script-error.ts'
import { chain, serviceClass, set } from '../realm/service-class.ts'
import { Icon, ImageCropType } from './enums.ts'
import type { Icon as IconJson, MaterialIcon } from './json.ts'

const GRADES = [-25, 0, 200]

export const materialIcon = serviceClass<MaterialIcon>('CardService.MaterialIcon', {
  setName: set('name', text),
  setFill: set('fill', flag),
  setWeight: chain([integer], (state, weight) => {
    if (weight % 100 !== 0 || weight < 100 || weight > 700) throw new ScriptError(`Invalid argument: ${weight}`)
    state.weight = weight
  }),
  setGrade: chain([integer], (state, grade) => {
    if (!GRADES.includes(grade)) throw new ScriptError(`Invalid argument: ${grade}`)
    state.grade = grade
  }),
})

export const iconImage = serviceClass<IconJson>('CardService.IconImage', {
  setIcon: set('knownIcon', memberOf(Icon)),
  setIconUrl: set('iconUrl', text),
  setMaterialIcon: set('materialIcon', copyOf(materialIcon)),
  setImageCropType: set('imageType', memberOf(ImageCropType)),
  setAltText: set('altText', text),
})
